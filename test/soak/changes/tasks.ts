import type { IDataObject } from 'n8n-workflow';

import type { Network, RecordedRequest } from '../../../simulator';
import { Dice } from '../dice';
import { arrangeRows, itemOf, planRows, TURN_UP, type Row } from '../sipTrunks/rows';
import { stepsOf } from '../sipTrunks/state';
import type { Json } from './state';

const GROUP = { serviceProviderId: 'acme-ent', groupId: 'changes' };

export type Action =
	| 'trunkGroup.create'
	| 'trunkGroup.upsert'
	| 'trunkGroup.update'
	| 'trunkGroup.delete'
	| 'device.upsert'
	| 'user.upsert'
	| 'sipTrunk.turnUp';

/** Something in Odin that an item changes: a record, or what one step of a turn-up is about. */
export interface Part {
	/** Of a turn-up the step */
	name: string;
	/** Whose step it is, where several have one of that name */
	userId?: string;
	/** Whether other items change the same */
	isShared: boolean;
	find(network: Network): unknown;
}

/** One input item, and what of Odin it is about. */
export interface Task {
	index: number;
	action: Action;
	item: IDataObject;
	parts: Part[];
	/** Of one record: what it has in the end by this item; undefined: it is gone */
	wanted: Json | undefined;
	/** Of a turn-up */
	row: Row | undefined;
	/** Whether it is written, and undone, with the plan ID of its preview alone */
	isPlanned: boolean;
	/** Texts that nobody may see */
	secrets: string[];
	isAbout(request: Pick<RecordedRequest, 'method' | 'path' | 'query' | 'body'>): boolean;
	/** Changes something as somebody else would; undefined where that can't be done. */
	meddle(network: Network, how: Meddling): Change | undefined;
}

export type Meddling = 'written' | 'other' | 'gone' | 'there' | 'done' | 'used';

/** What somebody else changed. */
export interface Change {
	part: Part;
	/** Undefined: all of it */
	fields?: string[];
}

/** What a record may have, each in three values: that of before, that of the item, that of somebody else. */
type Values = Readonly<Record<string, (index: number) => [unknown, unknown, unknown]>>;

const same =
	(...values: [unknown, unknown, unknown]) =>
	() =>
		values;

const device = (deviceName: string): Json => ({ deviceName, deviceLevel: 'Group' });

interface Kind {
	path: string;
	id: string;
	values: Values;
	/** Of every record of the kind */
	always: (index: number) => Json;
	store: 'trunkGroups' | 'devices' | 'users';
	add(network: Network, record: never): void;
}

const KINDS: Readonly<Record<'trunkGroup' | 'device' | 'user', Kind>> = {
	trunkGroup: {
		path: '/groups/trunk-groups',
		id: 'name',
		store: 'trunkGroups',
		values: {
			maxActiveCalls: same(5, 9, 13),
			prefix: same('00', '01', '77'),
			peeringDomain: same('a.example.com', 'b.example.com', 'c.example.com'),
			allowUnscreenedCalls: same(false, true, false),
			otgDtgIdentity: same('one', 'two', 'three'),
			accessDevice: same(device('pbx-a'), device('pbx-b'), device('pbx-c')),
		},
		always: () => ({}),
		add: (network, record) => void network.addTrunkGroup(record),
	},
	device: {
		path: '/groups/devices',
		id: 'deviceName',
		store: 'devices',
		values: {
			port: same(5060, 5070, 5080),
			description: same('One', 'Two', 'Three'),
			netAddress: same('192.0.2.1', '192.0.2.2', '192.0.2.3'),
		},
		always: () => ({ deviceType: 'Generic SIP IP-PBX' }),
		add: (network, record) => void network.addDevice(record),
	},
	user: {
		path: '/users',
		id: 'userId',
		store: 'users',
		values: {
			title: same('One', 'Two', 'Three'),
			emailAddress: same('a@example.com', 'b@example.com', 'c@example.com'),
			extension: (index) => [0, 1, 2].map((at) => String(20_000 + index * 10 + at)) as never,
		},
		always: (index) => ({ lastName: 'Line', firstName: `No ${index}` }),
		add: (network, record) => void network.addUser(record),
	},
};

/** How the items of a campaign are divided. */
const ACTIONS: Array<{ action: Action; weight: number }> = [
	{ action: 'sipTrunk.turnUp', weight: 7 },
	{ action: 'trunkGroup.upsert', weight: 5 },
	{ action: 'device.upsert', weight: 2 },
	{ action: 'user.upsert', weight: 2 },
	{ action: 'trunkGroup.update', weight: 2 },
	{ action: 'trunkGroup.create', weight: 1 },
	{ action: 'trunkGroup.delete', weight: 1 },
];

export const isUndoable = ({ action }: Task): boolean => /upsert|turnUp/.test(action);

/** Plans the items, and puts into the network what is there before. */
export function arrangeTasks(network: Network, seed: number, count: number): Task[] {
	network.addGroup({
		...GROUP,
		userLimit: 100_000,
		callCapacity: { maxActiveCalls: 100_000, burstingMaxActiveCalls: -1 },
	});
	for (const deviceName of ['pbx-a', 'pbx-b', 'pbx-c']) network.addDevice({ ...GROUP, deviceName });
	const rows = planRows(seed, count);
	return Array.from({ length: count }, (_, index) => {
		const dice = new Dice(seed, 'change', index);
		const { action } = dice.weighted(ACTIONS);
		if (action !== 'sipTrunk.turnUp') return recordTask(network, { action, index, dice });
		const isPlanned = dice.chance(0.5);
		// What other rows raise is no change of this one's plan, and what it takes back at once is no part of it.
		const apart = isPlanned && { providerCalls: undefined, undoes: false };
		const row = { ...rows[index]!, ...apart };
		arrangeRows(network, [row]);
		return turnUpTask(row, isPlanned);
	});
}

function recordTask(
	network: Network,
	{ action, index, dice }: { action: Action; index: number; dice: Dice },
): Task {
	const [noun = '', operation] = action.split('.');
	const kind = KINDS[noun as 'trunkGroup'];
	const id = noun === 'user' ? `change-${index}@example.com` : `change-${index}`;
	const key = { ...GROUP, [kind.id]: id };
	const names = Object.keys(kind.values);
	const chosen = names.filter(() => dice.chance(0.5));
	const fields = chosen.length > 0 ? chosen : names.slice(0, 1);
	const valuesAt = (at: 0 | 1 | 2, of = fields): Json =>
		structuredClone(Object.fromEntries(of.map((name) => [name, kind.values[name]!(index)[at]])));
	const always = kind.always(index);
	const add = (record: Json): void => kind.add(network, { ...key, ...always, ...record } as never);
	const find = (): Json | undefined => network.stores[kind.store].find(key) as Json | undefined;
	const isNew = operation === 'create' || (operation === 'upsert' && dice.chance(0.4));
	const hasSecret = isNew && action === 'trunkGroup.upsert' && dice.chance(0.4);
	if (!isNew)
		add({
			...valuesAt(
				0,
				names.filter(() => dice.chance(0.7)),
			),
			...MUST_HAVE[noun],
		});
	const secret = `Zq7-Secret-${index}`;
	const payload = {
		...valuesAt(1),
		...(hasSecret && {
			requireAuthentication: true,
			sipAuthenticationUserName: id,
			sipAuthenticationPassword: secret,
		}),
	};
	const part: Part = { name: noun, isShared: false, find };
	return {
		index,
		action,
		item: { ...GROUP, index, id, ...(always as IDataObject), payload: payload as IDataObject },
		parts: [part],
		wanted: operation === 'delete' ? undefined : { ...always, ...valuesAt(1) },
		row: undefined,
		isPlanned: operation !== 'upsert' || dice.chance(0.6),
		secrets: hasSecret ? [secret] : [],
		isAbout: ({ path, query, body }) =>
			path === kind.path && [query[kind.id], (body as Json | null)?.[kind.id]].includes(id),
		meddle(_, how) {
			const record = find();
			const others = names.filter((name) => !fields.includes(name));
			switch (how) {
				case 'written':
				case 'other': {
					const names = (how === 'other' ? others : fields).slice(0, 1);
					if (!record || names.length === 0) return undefined;
					Object.assign(record, valuesAt(2, names));
					return { part, fields: names };
				}
				case 'done':
					if (hasSecret) return undefined;
					if (record) Object.assign(record, valuesAt(1));
					else add(valuesAt(1));
					return { part };
				case 'there':
					if (record || hasSecret || operation !== 'upsert') return undefined;
					add(valuesAt(2));
					return { part };
				case 'gone':
					if (!record || operation === 'update') return undefined;
					network.stores[kind.store].remove(record as never);
					return { part };
				default:
					if (!record || noun !== 'trunkGroup') return undefined;
					// Odin refuses to give it another device then, as often as it is asked.
					if (!isNew && fields.includes('accessDevice')) return undefined;
					return useTrunk(network, { ...GROUP, trunkGroup: id }, index);
			}
		},
	};
}

/** Odin keeps Max Active Calls of every trunk group. */
const MUST_HAVE: Readonly<Record<string, Json>> = { trunkGroup: { maxActiveCalls: 5 } };

/** Somebody puts a user on a trunk group. */
function useTrunk(
	network: Network,
	place: { serviceProviderId: string; groupId: string; trunkGroup: string },
	index: number,
): Change {
	const userId = `stranger-${index}@example.com`;
	network.addUser({ ...place, userId });
	return {
		part: { name: 'stranger', isShared: false, find: (now) => now.user(userId) },
	};
}

function turnUpTask(row: Row, isPlanned: boolean): Task {
	const { place, name, deviceName, users, isAlone, index } = row;
	const parts = stepsOf(row).map(
		({ step, state, isShared, userId }): Part => ({
			...{ name: step, isShared, find: state },
			...(userId !== undefined && { userId }),
		}),
	);
	const partNamed = (wanted: string): Part => parts.find((part) => part.name === wanted)!;
	const ids = new Set<unknown>([name, deviceName, ...users.map(({ userId }) => userId)]);
	return {
		index,
		action: 'sipTrunk.turnUp',
		item: itemOf(row),
		parts,
		wanted: undefined,
		row,
		isPlanned,
		secrets: [],
		isAbout: ({ query, body }) => {
			const keys = { ...query, ...(body as Json | null) };
			const isOwn = [keys.name, keys.deviceName, keys.userId].some(
				(id) => id !== undefined && ids.has(id),
			);
			return isOwn || (isAlone && keys.groupId === place.groupId);
		},
		meddle(network, how) {
			const trunkGroup = network.trunkGroup(place.serviceProviderId, place.groupId, name);
			if (!trunkGroup) return undefined;
			// Odin refuses to take its device away while a user is on it.
			const keepsUsers = row.there.trunkGroup && deviceName !== undefined;
			if (how === 'used') {
				if (keepsUsers) return undefined;
				return useTrunk(network, { ...place, trunkGroup: name }, index);
			}
			if (how === 'other') {
				trunkGroup.prefix = '77';
				return { part: partNamed('trunkGroup'), fields: ['prefix'] };
			}
			if (how !== 'written') return undefined;
			const user = network.user(users[0]?.userId ?? '');
			if (!user || keepsUsers || index % 2 === 0) {
				trunkGroup.maxActiveCalls += 7;
				return { part: partNamed('trunkGroup'), fields: ['maxActiveCalls'] };
			}
			user.extension = `7${index}`;
			return { part: partNamed('user'), fields: ['extension'] };
		},
	};
}

const OPTIONS: IDataObject = { concurrency: 8, timeout: 700, maxRetries: 2 };

const group: IDataObject = {
	serviceProviderId: '={{ $json.serviceProviderId }}',
	groupId: '={{ $json.groupId }}',
};
const payload = '={{ $json.payload }}';
const existing: IDataObject = { ...group, trunkGroup: '={{ $json.id }}' };

const PARAMETERS: Readonly<Record<Action, IDataObject>> = {
	'trunkGroup.create': { ...group, name: '={{ $json.id }}', payload },
	'trunkGroup.upsert': { ...group, name: '={{ $json.id }}', payload },
	'trunkGroup.update': { ...existing, payload },
	'trunkGroup.delete': existing,
	'device.upsert': {
		...group,
		deviceName: '={{ $json.id }}',
		deviceType: '={{ $json.deviceType }}',
		payload,
	},
	'user.upsert': {
		...group,
		newUserId: '={{ $json.id }}',
		lastName: '={{ $json.lastName }}',
		firstName: '={{ $json.firstName }}',
		payload,
	},
	'sipTrunk.turnUp': TURN_UP,
};

/** What stands in the node for the items of one action, or for their undo. */
export function parametersOf(action: Action | 'change.undo', options: IDataObject): IDataObject {
	const [resource, operation] = action.split('.');
	const own: IDataObject =
		action === 'change.undo' ? { before: '={{ $json.before }}' } : PARAMETERS[action];
	return {
		...{ resource, operation },
		...own,
		options: {
			...OPTIONS,
			...(action === 'trunkGroup.delete' && { ifNotFound: 'returnEmpty' }),
			...(own.options as IDataObject | undefined),
			...options,
		},
	};
}
