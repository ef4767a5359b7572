import { isSameName } from '../../model/equivalence';
import type { Key } from '../../model/key';
import type { Completion } from '../../model/resourceModel';
import { isObject, type JsonObject } from '../../values/json';
import { isAbsent } from '../../values/text';
import { wireText } from '../../values/wireValues';

/** Follow from other fields while nobody names them. */
const NAMES = [
	['callingLineIdLastName', 'lastName'],
	['callingLineIdFirstName', 'firstName'],
] as const;

/** By the field that names the endpoint. */
const ENDPOINTS = ['trunkAddressing', 'accessDeviceEndpoint'] as const;

/**
 * What belongs to what was named of a user: the CLID names of a new one, the type of the endpoint, the line port of a trunk,
 * and the rest of an address or trunk of which a part changes, since Odin takes these whole.
 */
export const completion: Completion = {
	dependsOnStored: ['address', 'department', 'endpointType', 'trunkAddressing'],
	complete(body, key, current) {
		const completed = { ...body };
		if (!current) {
			for (const [name, source] of NAMES) {
				if (completed[source] !== undefined) completed[name] ??= completed[source];
			}
		}
		if (isObject(body.address)) completed.address = { ...storedAddress(current), ...body.address };
		if (isObject(body.department) && current) {
			completed.department = withGroup(body.department, current);
		}
		if (isObject(body.trunkAddressing)) {
			completed.trunkAddressing = wholeTrunk(body.trunkAddressing, key, current);
		}
		// Off the trunk means without any endpoint.
		if (current && body.endpointType === 'none') completed.trunkAddressing ??= null;
		const named = ENDPOINTS.find((name) => body[name] !== undefined);
		if (named) completed.endpointType ??= body[named] === null ? 'none' : named;
		return completed;
	},
};

function storedAddress(current: Record<string, unknown> | undefined): JsonObject {
	const stored = current?.address;
	return isObject(stored) ? withoutEmpty(stored) : {};
}

const withoutEmpty = (object: Record<string, unknown>): JsonObject =>
	Object.fromEntries(Object.entries(object as JsonObject).filter(([, value]) => !isAbsent(value)));

/** A department by its name alone is one of the user's own group. */
const withGroup = (department: JsonObject, current: Record<string, unknown>): JsonObject =>
	department.serviceProviderId === undefined && department.groupId === undefined
		? {
				serviceProviderId: wireText(current.serviceProviderId),
				groupId: wireText(current.groupId),
				...department,
			}
		: department;

const ENDPOINT = 'trunkGroupDeviceEndpoint';

/** On the same trunk group what was not named stays as it is stored; on another one nothing of it is taken along. */
function wholeTrunk(
	trunk: JsonObject,
	{ id }: Key,
	current: Record<string, unknown> | undefined,
): JsonObject {
	const asked = objectIn(trunk[ENDPOINT]);
	const stored = objectIn(current?.trunkAddressing);
	const storedEndpoint = objectIn(stored[ENDPOINT]);
	const stays = isSameName(wireText(asked.name), storedEndpoint.name);
	const linePort = asked.linePort ?? (stays ? storedEndpoint.linePort : undefined) ?? id;
	return {
		...(stays && withoutEmpty(stored)),
		...trunk,
		[ENDPOINT]: { ...asked, linePort },
	};
}

const objectIn = (value: unknown): JsonObject => (isObject(value) ? (value as JsonObject) : {});
