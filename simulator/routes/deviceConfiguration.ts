import type { FastifyInstance } from 'fastify';

import { bodyContract } from '../contract/bodyContract';
import { checkBody } from '../contract/checkBody';
import { type Body, isObject } from '../contract/convertBody';
import type { FieldRule } from '../contract/field';
import { configuredDevice, tagsOf } from '../devices/configuration';
import { deviceContract } from '../devices/collection';
import { findGroup, findServiceProvider, groupKeyIn } from '../network/lookUp';
import type { ConfiguredDevices, Device, DeviceLevel } from '../network/records';
import { missingKey, notFound } from '../odinErrors';
import type { Simulation } from '../simulation';
import type { CollectionRoutes } from './collection';

/** Where the tags and files of a device, or of the devices of a type, are set. */
interface Configuration {
	tagsPath: string;
	filesPath?: string;
	/** Of many tags at once */
	profilePath?: string;
	key: readonly string[];
	/** Throws where that is not there which a body names. */
	configured(fields: Body): ConfiguredDevices;
}

const text = (name: string, more: Partial<FieldRule> = {}): FieldRule => ({
	name,
	type: 'string',
	minLength: 1,
	...more,
});
const TAG = [text('tagName'), text('tagValue', { minLength: 0 })];
const FILE: FieldRule[] = [
	text('fileFormat'),
	{ name: 'fileSource', type: 'enum', enumValues: ['Default', 'Manual', 'Custom'] },
	text('fileContent', { minLength: 0 }),
];

/** Tags and files of the devices of a level. Only how they are set is known. */
export function addDeviceConfigurationRoutes(
	app: FastifyInstance,
	simulation: Simulation,
	level: DeviceLevel,
	{ find }: Pick<CollectionRoutes<Device>, 'find'>,
): void {
	const { path, key } = deviceContract(level);
	addConfiguration(app, simulation, {
		tagsPath: `${path}/tags`,
		filesPath: `${path}/files`,
		profilePath: level === 'Group' ? `${path}/profile` : undefined,
		key,
		configured: (fields) => configuredDevice(find(fields)),
	});
}

/** Tags and files of all devices of a type, in a group or a service provider. */
export function addDeviceTypeConfigurationRoutes(
	app: FastifyInstance,
	simulation: Simulation,
): void {
	const { network } = simulation;
	const typeIn = ({ deviceType }: Body): string => {
		const type = network.stores.deviceTypes.find({ deviceType });
		if (!type) throw notFound('Access Device Type', String(deviceType));
		return type.deviceType;
	};
	addConfiguration(app, simulation, {
		tagsPath: '/groups/system/device-types/tags',
		filesPath: '/groups/device-types/files',
		key: ['serviceProviderId', 'groupId', 'deviceType'],
		configured: (fields) => {
			const { serviceProviderId, groupId } = findGroup(network, groupKeyIn(fields));
			return { serviceProviderId, groupId, deviceName: null, deviceType: typeIn(fields) };
		},
	});
	addConfiguration(app, simulation, {
		tagsPath: '/service-providers/device-types/tags',
		key: ['serviceProviderId', 'deviceType'],
		configured: (fields) => {
			const { serviceProviderId } = findServiceProvider(network, groupKeyIn(fields));
			return { serviceProviderId, groupId: null, deviceName: null, deviceType: typeIn(fields) };
		},
	});
}

function addConfiguration(
	app: FastifyInstance,
	{ network, switches }: Simulation,
	{ tagsPath, filesPath, profilePath, key, configured }: Configuration,
): void {
	const { deviceTags, deviceFiles } = network.stores;
	const body = (fields: FieldRule[], required: string[]) =>
		bodyContract({
			operation: 'update',
			fields: [...key.map((name) => text(name)), ...fields],
			required: [...key, ...required],
			open: true,
		});
	const tagBody = body(TAG, ['tagName', 'tagValue']);
	const fileBody = body(FILE, ['fileFormat', 'fileSource']);
	const profileBody = body([{ name: 'tags', type: 'array' }], ['tags']);

	const setTags = (fields: Body, tags: Body[]): Body => {
		const place = configured(fields);
		for (const tag of tags) {
			const [tagName, tagValue] = TAG.map(({ name }) => {
				if (tag[name] === undefined) throw missingKey(`tags.elements.${name}`);
				return String(tag[name]);
			}) as [string, string];
			deviceTags.add({ ...place, tagName, tagValue });
		}
		const named = Object.fromEntries(key.map((name) => [name, fields[name]]));
		return { ...named, tags: tagsOf(network, place) };
	};

	app.put(tagsPath, async (request) => {
		const fields = checkBody(request, tagBody, request.body, switches);
		return setTags(fields, [fields]);
	});
	if (profilePath) {
		app.put(profilePath, async (request) => {
			const fields = checkBody(request, profileBody, request.body, switches);
			const lists = (fields.tags as unknown[]).map((list) => (isObject(list) ? list.elements : []));
			return setTags(fields, lists.flat().filter(isObject));
		});
	}
	if (filesPath) {
		app.put(filesPath, async (request) => {
			const fields = checkBody(request, fileBody, request.body, switches);
			const { fileFormat, fileSource, fileContent } = fields;
			deviceFiles.add({
				...configured(fields),
				fileFormat: String(fileFormat),
				fileSource: String(fileSource),
				...(fileContent === undefined ? {} : { fileContent: String(fileContent) }),
			});
			return '';
		});
	}
}
