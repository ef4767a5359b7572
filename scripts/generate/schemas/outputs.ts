import type { ResourceModel } from '../../../nodes/Odin/model/resourceModel';
import { UNDOABLE } from '../../../nodes/Odin/resources/change/left';
import { RULES } from '../../../nodes/Odin/resources/trunkGroup/audit/rules';
import { trunkGroupModel } from '../../../nodes/Odin/resources/trunkGroup/model';
import { userModel } from '../../../nodes/Odin/resources/user/model';
import { EVENTS } from '../../../nodes/Odin/trigger/parameters';
import { DECLARED, operationsOf } from '../declared';
import { exportedOf, keyOf, profileOf, USER_PROPERTIES } from './profile';
import {
	anything,
	boolean,
	choice,
	complete,
	integer,
	list,
	object,
	orNull,
	ownText,
	text,
	type Schema,
} from './schema';

/** A row of a list, in the one shape that the node gives it: all properties there, null where Odin has nothing. */
const row = (texts: readonly string[], others: Record<string, Schema> = {}): Schema =>
	complete({ ...Object.fromEntries(texts.map((name) => [name, orNull(ownText)])), ...others });

/** As Odin returns it; -1 is unlimited. A service provider has fewer of them than a group. */
const callCapacity = object(
	{
		serviceProviderId: text,
		groupId: text,
		maxActiveCalls: integer,
		maxAvailableActiveCalls: integer,
		burstingMaxActiveCalls: integer,
		burstingMaxAvailableActiveCalls: integer,
		numberOfBurstingBTLUs: integer,
		maxAvailableNumberOfBurstingBTLUs: integer,
	},
	['serviceProviderId'],
);

const count = orNull(integer);

/** The call capacity of a group and, where Odin lists them, of its trunk groups. */
const capacityReportRow = row(['serviceProviderId', 'groupId', 'groupName'], {
	serviceProviderMaxActiveCalls: count,
	serviceProviderBurstingMaxActiveCalls: count,
	userLimit: count,
	maxActiveCalls: count,
	maxAvailableActiveCalls: count,
	burstingMaxActiveCalls: count,
	burstingMaxAvailableActiveCalls: count,
	trunkGroupsMaxActiveCalls: count,
	trunkGroups: orNull(
		list(
			row(['name'], {
				maxActiveCalls: count,
				maxIncomingCalls: count,
				maxOutgoingCalls: count,
				enableBursting: orNull(boolean),
				burstingMaxAvailableActiveCalls: count,
			}),
		),
	),
});

const difference = (before: string, after: string): Schema =>
	complete({ field: ownText, [before]: anything, [after]: anything });

const NUMBER_USER = ['userId', 'lastName', 'firstName', 'extension', 'department'];

/** As Odin takes it; a single number has no max. */
const numberRange = object({ min: ownText, max: ownText }, ['min']);

const numbersChanged = complete({
	serviceProviderId: ownText,
	groupId: ownText,
	requested: integer,
	changed: list(numberRange),
	unchanged: list(numberRange),
});

const serviceType = choice('group', 'user', 'pack');

/** The outputs that the operations of every declared resource have in common, of those that it has. */
function recordOutputs(model: ResourceModel): Record<string, Schema> {
	const { value, fields, summary } = model;
	const key = Object.fromEntries(keyOf(model).map((name) => [name, text]));
	const profile = profileOf(model);
	const simplified = complete({
		...key,
		...Object.fromEntries(
			summary.map(({ name, field = name, part }) => {
				const { type } = fields.get(field);
				if (part !== undefined || type === 'text') return [name, orNull(text)];
				return [
					name,
					orNull(type === 'boolean' ? boolean : type === 'integer' ? integer : ownText),
				];
			}),
		),
	});
	const outputs = {
		create: profile,
		upsert: complete({
			...key,
			outcome: choice('created', 'updated', 'unchanged'),
			changes: list(difference('from', 'to')),
			[value]: profile,
		}),
		update: profile,
		get: simplified,
		delete: complete({ ...key, deleted: boolean }),
		compare: complete({
			...key,
			inSync: boolean,
			differences: list(difference('expected', 'actual')),
			[value]: orNull(profile),
		}),
		export: exportedOf(model),
		...(model.row && { getAll: row([...keyOf(model), ...model.row]) }),
	};
	const operations = operationsOf(model);
	return Object.fromEntries(
		Object.entries(outputs)
			.filter(([operation]) => operations.includes(operation))
			.map(([operation, schema]) => [`${value}/${operation}`, schema]),
	);
}

const userKey = Object.fromEntries(keyOf(userModel).map((name) => [name, text]));

const userChange = (more: Record<string, Schema>): Schema =>
	complete({
		...userKey,
		outcome: choice('updated', 'unchanged'),
		changes: list(difference('from', 'to')),
		...more,
	});

const registration = object({
	linePort: text,
	deviceLevel: text,
	deviceName: text,
	endpointType: text,
	uRI: text,
	expiration: text,
	userAgent: text,
	publicNetAddress: text,
	publicPort: text,
	privateNetAddress: text,
	privatePort: text,
	lockoutStarted: text,
	lockoutExpires: text,
	lockoutCount: text,
});

const trunkKey = Object.fromEntries(keyOf(trunkGroupModel).map((name) => [name, text]));

const trunk = complete({
	...trunkKey,
	trunkGroup: profileOf(trunkGroupModel),
	device: anything,
	numbers: orNull(
		list(object({ min: ownText, max: ownText, userId: ownText, activated: boolean }, ['min'])),
	),
	users: list(row([...USER_PROPERTIES, 'linePort'])),
	pilotUserId: orNull(ownText),
	registrations: orNull(list(registration)),
	capacity: orNull(callCapacity),
});

const trunkSteps = list(
	object(
		{
			step: ownText,
			subject: ownText,
			outcome: ownText,
			changes: list(anything),
			reason: ownText,
			request: anything,
		},
		['step', 'subject', 'outcome'],
	),
);

/** As upsert gives it, of whatever the item was about; of a turn-up with its steps. */
const undone = object(
	{
		...Object.fromEntries(UNDOABLE.flatMap(keyOf).map((name) => [name, text])),
		outcome: choice('updated', 'unchanged', 'deleted'),
		changes: list(
			object({ subject: ownText, field: ownText, from: anything, to: anything }, ['field']),
		),
		...Object.fromEntries(UNDOABLE.map((model) => [model.value, orNull(profileOf(model))])),
		stays: list(
			object({ step: ownText, subject: ownText, field: ownText, reason: ownText }, ['reason']),
		),
		steps: list(
			object(
				{
					step: ownText,
					subject: ownText,
					outcome: choice('updated', 'unchanged', 'deleted'),
					changes: list(anything),
					request: anything,
				},
				['step', 'subject', 'outcome'],
			),
		),
	},
	['serviceProviderId', 'groupId', 'outcome', 'changes', 'stays'],
);

/**
 * The json of an output item of every operation, by `<resource>/<operation>`: with the form as it is opened, so
 * without Preview Only and the like. An operation of the node that is missing here fails a test.
 */
const OUTPUTS: Record<string, Schema> = {
	...Object.assign({}, ...DECLARED.map(({ model }) => recordOutputs(model))),
	'user/getAll': row(['serviceProviderId', 'groupId', ...USER_PROPERTIES], {
		phoneNumberActivated: orNull(boolean),
		inTrunkGroup: orNull(boolean),
	}),
	'user/assignTrunkGroup': userChange({ user: profileOf(userModel) }),
	'user/removeTrunkGroup': userChange({ user: profileOf(userModel) }),
	'user/updateServices': complete({
		...userKey,
		outcome: choice('updated', 'unchanged'),
		changes: list(complete({ field: ownText, serviceName: ownText, from: boolean, to: boolean })),
		userServices: list(ownText),
		servicePackServices: list(ownText),
	}),
	'user/setSipAuthentication': complete({ ...userKey, sipAuthenticationUserName: ownText }),
	'user/getRegistration': complete({
		...userKey,
		registered: boolean,
		registrations: list(registration),
	}),
	'trunkGroup/getAll': row([
		'serviceProviderId',
		'groupId',
		'name',
		'department',
		'deviceName',
		'deviceLevel',
	]),
	'trunkGroup/audit': complete({
		severity: choice('high', 'medium', 'low'),
		rule: choice(...RULES.map(({ name }) => name)),
		serviceProviderId: ownText,
		groupId: orNull(ownText),
		name: orNull(ownText),
		message: ownText,
		fields: list(ownText),
		fix: orNull(object({})),
	}),
	'trunkGroup/getReferences': row(['groupId'], {
		serviceProviderId: ownText,
		name: ownText,
		field: ownText,
	}),
	'trunkGroup/getUsers': row(USER_PROPERTIES),
	'trunkGroup/getAvailableUsers': row(USER_PROPERTIES),
	'callCapacity/get': callCapacity,
	'callCapacity/update': callCapacity,
	'callCapacity/getReport': capacityReportRow,
	'change/undo': undone,
	'groupService/getAll': complete({
		serviceProviderId: ownText,
		groupId: ownText,
		serviceName: ownText,
		type: serviceType,
		authorized: boolean,
		assigned: boolean,
		quantity: count,
		usage: count,
		allowed: count,
		licensed: orNull(boolean),
	}),
	'groupService/update': complete({
		serviceProviderId: ownText,
		groupId: ownText,
		outcome: choice('updated', 'unchanged'),
		changes: list(
			complete({
				serviceName: ownText,
				type: serviceType,
				field: choice('authorized', 'assigned'),
				from: boolean,
				to: boolean,
			}),
		),
		unchanged: list(ownText),
	}),
	'number/activate': numbersChanged,
	'number/assign': numbersChanged,
	'number/deactivate': numbersChanged,
	'number/unassign': numbersChanged,
	'number/find': row(['serviceProviderId', 'groupId', ...NUMBER_USER], {
		number: ownText,
		found: boolean,
		activated: orNull(boolean),
	}),
	'number/getAll': row(['serviceProviderId', 'groupId', 'max', ...NUMBER_USER], {
		min: ownText,
		count: integer,
		usage: choice('free', 'used'),
		activated: boolean,
	}),
	'sipTrunk/takeDown': complete({
		...trunkKey,
		outcome: choice('removed', 'unchanged'),
		steps: trunkSteps,
		trunk: orNull(trunk),
	}),
	'sipTrunk/turnUp': complete({
		...trunkKey,
		outcome: choice('created', 'updated', 'unchanged'),
		steps: trunkSteps,
		trunk,
	}),
	'sipTrunk/get': trunk,
	'sipPassword/generate': complete({ password: ownText }),
	'serviceProvider/getAll': row(['serviceProviderId', 'serviceProviderName'], {
		isEnterprise: orNull(boolean),
	}),
	'group/getAll': row(['serviceProviderId', 'groupId', 'groupName'], { userLimit: count }),
	'device/getUsers': row([...USER_PROPERTIES, 'linePort', 'endpointType']),
	'department/getAll': row(['serviceProviderId', 'groupId', 'name']),
};

/** n8n's own schemas carry the version of their content at the end. */
export type OutputSchema = Schema & { version: number };

/** The output schema of each operation, by `<resource>/<operation>`. */
export function outputSchemas(): Record<string, OutputSchema> {
	return Object.fromEntries(
		Object.entries(OUTPUTS).map(([operation, schema]) => [operation, { ...schema, version: 1 }]),
	);
}

/** What starts a workflow, whatever the event. */
export const triggerSchema = (): OutputSchema => ({
	...object(
		{
			event: choice(...EVENTS),
			...Object.fromEntries(keyOf(trunkGroupModel).map((name) => [name, ownText])),
			change: choice('created', 'changed', 'deleted'),
			changes: list(difference('from', 'to')),
			trunkGroup: orNull(profileOf(trunkGroupModel)),
			detectedAt: ownText,
			userId: ownText,
			example: boolean,
		},
		['event', ...keyOf(trunkGroupModel), 'change', 'changes', 'trunkGroup', 'detectedAt'],
	),
	version: 1,
});
