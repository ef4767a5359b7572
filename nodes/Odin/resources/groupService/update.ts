import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../execution/operation';
import type { ItemParameters } from '../../execution/parameters';
import { groupText } from '../../model/key';
import { readApproval } from '../../provisioning/approval';
import { groupLocator, serviceProviderLocator } from '../../provisioning/locators';
import { optionsCollection, planOptions } from '../../provisioning/options';
import { readGroupKey } from '../../provisioning/scope';
import { readList } from '../../values/list';
import { listed, withoutSpelling } from '../../values/text';
import { assignGroupServices, planOf, readPlan, secondStep, type ServicesAttempt } from './assign';
import type { ServicesAsked } from './plan';

const list = (
	property: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'placeholder'>,
): INodeProperties => ({ ...property, type: 'string', default: '' });

const properties: INodeProperties[] = [
	serviceProviderLocator,
	groupLocator,
	list({
		displayName: 'Services',
		name: 'services',
		placeholder: 'e.g. Trunk Group, Music On Hold',
		description:
			'Names of services, separated by commas, or a list. Group services are authorized and then assigned; user services are authorized.',
	}),
	list({
		displayName: 'Service Packs',
		name: 'servicePacks',
		placeholder: 'e.g. SIP-DID',
		description: 'Names of service packs to authorize, separated by commas, or a list',
	}),
	list({
		displayName: 'Remove Services',
		name: 'removeServices',
		placeholder: 'e.g. Auto Attendant',
		description:
			'Names of services to remove from the group: group services are unassigned, user services are no longer authorized. A service in use is refused.',
	}),
	list({
		displayName: 'Remove Service Packs',
		name: 'removeServicePacks',
		placeholder: 'e.g. SIP-PREMIUM',
		description: 'Names of service packs to authorize no longer. A service pack in use is refused.',
	}),
	optionsCollection(...planOptions),
];

const LABELS: Record<keyof ServicesAsked, string> = {
	services: 'Services',
	servicePacks: 'Service Packs',
	removeServices: 'Remove Services',
	removeServicePacks: 'Remove Service Packs',
};

/** BroadWorks' limit for a name. */
const MAX_LENGTH = 80;

function readNames(parameters: ItemParameters, name: keyof ServicesAsked): string[] {
	const label = LABELS[name];
	const read = readList(parameters.read(name));
	if ('refused' in read) {
		parameters.issues.push({ label, reason: read.refused });
		return [];
	}
	return read.list.map((element) =>
		parameters.needed({ name, label, type: 'text', maxLength: MAX_LENGTH, isName: true }, element),
	);
}

function readAsked(parameters: ItemParameters): ServicesAsked {
	const asked: ServicesAsked = {
		services: readNames(parameters, 'services'),
		servicePacks: readNames(parameters, 'servicePacks'),
		removeServices: readNames(parameters, 'removeServices'),
		removeServicePacks: readNames(parameters, 'removeServicePacks'),
	};
	const isEmpty = Object.values(asked).every(({ length }) => length === 0);
	if (isEmpty && parameters.issues.length === 0) {
		parameters.refuse('There is nothing to update: no service was named');
	}
	for (const [given, taken] of [
		[asked.services, asked.removeServices],
		[asked.servicePacks, asked.removeServicePacks],
	] as const) {
		const removed = new Set(taken.map(withoutSpelling));
		const both = given.filter((name) => removed.has(withoutSpelling(name)));
		if (both.length > 0) parameters.refuse(`Named both to add and to remove: ${listed(both)}`);
	}
	return asked;
}

export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update group services',
	description:
		'Authorize and assign services to a group, or take them from it; all others are left as they are',
	builderHint:
		'A group needs the service "Trunk Group" before it can have trunk groups or a call capacity. Safe to repeat.',
	properties,
	prepare(parameters) {
		const group = readGroupKey(parameters);
		const asked = readAsked(parameters);
		const approval = readApproval(parameters, { group, ...asked });
		const attempt: ServicesAttempt = {};
		const subject = `the services of ${groupText(group)}`;
		return {
			subject,
			orderKey: JSON.stringify(['services', group.serviceProviderId, group.groupId]),
			async run(odin, hint) {
				if (approval.previewOnly) {
					const { changes } = await readPlan(odin, group, asked);
					secondStep(changes).forEach(hint);
					return [await approval.preview(odin, { ...group }, planOf(group, changes))];
				}
				const { changes, unchanged } = await assignGroupServices(
					odin,
					group,
					asked,
					attempt,
					async (plan) => await approval.admit(odin, subject, plan),
				);
				return [
					{
						...group,
						outcome: changes.length > 0 ? 'updated' : 'unchanged',
						changes: changes.map((change): IDataObject => ({ ...change })),
						unchanged,
					},
				];
			},
		};
	},
};
