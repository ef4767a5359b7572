import { exported, profile, USER_PROPERTIES } from './profile';
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

/** What `simplify` leaves of a profile; the default of Get. */
const simplifiedProfile = complete({
	serviceProviderId: orNull(text),
	groupId: orNull(text),
	name: orNull(text),
	maxActiveCalls: orNull(integer),
	trunkGroupState: orNull(ownText),
	requireAuthentication: orNull(boolean),
	trunkGroupIdentity: orNull(text),
	deviceName: orNull(text),
	departmentName: orNull(text),
	pilotUserId: orNull(text),
});

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

/**
 * The json of an output item of every operation, by `<resource>/<operation>`: with the form as it is opened, so
 * without Preview Only and the like. An operation of the node that is missing here fails a test.
 */
const OUTPUTS: Record<string, Schema> = {
	'trunkGroup/create': profile,
	'trunkGroup/upsert': complete({
		outcome: choice('created', 'updated', 'unchanged'),
		changes: list(difference('from', 'to')),
		trunkGroup: profile,
	}),
	'trunkGroup/update': profile,
	'trunkGroup/get': simplifiedProfile,
	'trunkGroup/getAll': row([
		'serviceProviderId',
		'groupId',
		'name',
		'department',
		'deviceName',
		'deviceLevel',
	]),
	'trunkGroup/delete': complete({ deleted: boolean }),
	'trunkGroup/compare': complete({
		inSync: boolean,
		differences: list(difference('expected', 'actual')),
		trunkGroup: orNull(profile),
	}),
	'trunkGroup/export': exported,
	'trunkGroup/getUsers': row(USER_PROPERTIES),
	'trunkGroup/getAvailableUsers': row(USER_PROPERTIES),
	'callCapacity/get': callCapacity,
	'callCapacity/update': callCapacity,
	'callCapacity/getReport': capacityReportRow,
	'sipPassword/generate': complete({ password: ownText }),
	'serviceProvider/getAll': row(['serviceProviderId', 'serviceProviderName'], {
		isEnterprise: orNull(boolean),
	}),
	'group/getAll': row(['serviceProviderId', 'groupId', 'groupName'], { userLimit: count }),
	'device/getAll': row([
		'serviceProviderId',
		'groupId',
		'deviceName',
		'deviceLevel',
		'deviceType',
		'status',
		'netAddress',
		'macAddress',
	]),
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
