import fc from 'fast-check';

import { mask } from '../../nodes/Odin/secrets/redact';
import type { JsonObject } from '../../nodes/Odin/values/json';
import { clone, jsonOf, useOdin, type Json } from './support/odinRuns';
import { addSites, OPERATIONS, SITES } from './support/operationTable';
import { expectPlainWords } from './support/plainWords';
import { propertyRuns } from '../propertyRuns';

const odin = useOdin({ loggedIn: true, arrange: ({ network }) => addSites(network) });

const ITEMS = SITES.map((site) => ({ ...site }));
const WRITES = Object.entries(OPERATIONS).filter(([, { writes }]) => writes);
const PLAN_ID = /^[0-9a-f]{24}(-[0-9a-f]{24}){3}$/;

/** A password is no state that Odin shows, so setting it is never found to be done. */
const NEVER_DONE = ['user.setSipAuthentication'];

const preview = async (action: string, parameters: Json, items: Json[]): Promise<Json[]> =>
	await odin.all(action, { ...parameters, options: { previewOnly: ' TRUE ' } }, { items } as never);

/** The items, each with the plan ID of its preview. */
const planned = (items: Json[], previews: Json[]): Json[] =>
	items.map((item, index) => ({ ...item, planId: previews[index]?.planId }));

const withPlan = (parameters: Json, more: Json = {}): Json => ({
	...parameters,
	options: { planId: '={{ $json.planId }}', ...more },
});

/** The requests of a preview, or of each of its steps. */
const requestsOf = ({ request, steps }: Json): unknown[] =>
	steps
		? (steps as Json[]).flatMap((step) => (step.request ? [step.request] : []))
		: [request].filter(Boolean);

const sent = (): unknown[] =>
	odin.writes().map(({ method, path, body }) => ({
		method,
		path,
		body: body ? mask(body as JsonObject) : null,
	}));

const sorted = (list: unknown[]): unknown[] =>
	clone(list).sort((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)));

describe.each(WRITES)('%s', (action, { parameters }) => {
	it('is carried out as previewed with the plan ID of its preview, and once only', async () => {
		const previews = await preview(action, parameters, ITEMS);
		expect(odin.writes()).toEqual([]);
		for (const { planId, preview: isPreview, outcome, ...shown } of previews) {
			expect({ isPreview, outcome }).toEqual({ isPreview: true, outcome: expect.any(String) });
			expect(planId).toMatch(PLAN_ID);
			// Of a whole trunk it shows steps.
			expect('steps' in shown || ('changes' in shown && 'request' in shown)).toBe(true);
		}
		expect(new Set(previews.map(({ planId }) => planId)).size).toBe(ITEMS.length);
		const items = planned(ITEMS, previews) as never;
		await odin.all(action, withPlan(parameters, { requirePlanId: true }), { items });
		expect(sorted(sent())).toEqual(sorted(previews.flatMap(requestsOf)));
		// The path of a preview has no query: what is deleted stands in the key beside it.
		if (!action.startsWith('sipTrunk.')) {
			for (const { method, query } of odin.writes()) {
				if (method === 'DELETE') expect(previews).toContainEqual(expect.objectContaining(query));
			}
		}
		if (NEVER_DONE.includes(action)) return;

		odin.forget();
		const again = await odin.all(action, withPlan(parameters), { items });
		expect(odin.writes()).toEqual([]);
		for (const json of again) {
			if ('outcome' in json) expect(json.outcome).toBe('unchanged');
			if ('deleted' in json) expect(json.deleted).toBe(false);
		}
	});

	it('is refused with the plan ID of another item, before anything is written', async () => {
		const previews = await preview(action, parameters, ITEMS);
		const [first, ...others] = previews;
		const items = planned(ITEMS, [...others, first!]) as never;
		const { output } = await odin.run(action, withPlan(parameters), {
			items,
			node: { onError: 'continueRegularOutput' },
		});
		for (const { error, details } of jsonOf(output[0]) as Array<{ error: string; details: Json }>) {
			expect(error).toContain("'Plan ID' belongs to a different request");
			expect(details).toMatchObject({ kind: 'planDiffers', differs: 'request' });
			expectPlainWords(`${error} ${String(details.description)}`);
		}
		expect(odin.writes()).toEqual([]);
	});

	it.each([
		['no plan ID where one is required', { requirePlanId: true }, 'is needed, since'],
		['an empty switch', { requirePlanId: '={{ $json.nothing }}' }, "'Require Plan ID' takes"],
		['an empty plan ID', { planId: '={{ $json.nothing }}' }, "'Plan ID' is empty"],
		['a blank plan ID', { planId: ' \u00a0', requirePlanId: true }, "'Plan ID' is empty"],
		['what is not a plan ID', { planId: 'yes' }, "'Plan ID' is not a plan ID"],
		['what is no switch', { previewOnly: 'yes' }, "'Preview Only' takes true or false"],
	])('is refused with %s, before anything is sent', async (_, options, words) => {
		const complaint = await odin.complaint(action, { ...parameters, options }, {
			items: ITEMS.slice(0, 1),
		} as never);
		expect(complaint).toContain(words);
		expectPlainWords(complaint);
		expect(odin.requests()).toEqual([]);
	});
});

const GROUP = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };
const KEY = { ...GROUP, name: 'sbc' };
const TARGET = { ...GROUP, trunkGroup: 'sbc' };

const stored = (): Record<string, unknown> =>
	odin.network.trunkGroup('acme-ent', 'acme-hq', 'sbc') as never;

const previewOne = async (action: string, parameters: Json): Promise<string> => {
	const options = { ...(parameters.options as Json | undefined), previewOnly: true };
	const { planId } = await odin.one(action, { ...parameters, options });
	odin.forget();
	return String(planId);
};

const write = async (action: string, parameters: Json, planId: string) =>
	await odin.run(action, {
		...parameters,
		options: { ...(parameters.options as Json | undefined), planId },
	});

/** What a trunk group holds, with another value each. */
const OTHER_VALUES: Json = {
	maxActiveCalls: 9,
	maxIncomingCalls: 3,
	enableBursting: true,
	prefix: '77',
	peeringDomain: 'other.example.com',
	trunkGroupIdentity: 'other@example.com',
	otgDtgIdentity: 'other',
	callingLineIdentityPolicy: undefined,
	allowUnscreenedCalls: true,
};
const FIELDS = Object.keys(OTHER_VALUES).filter((name) => OTHER_VALUES[name] !== undefined);

describe.each(['trunkGroup.update', 'trunkGroup.upsert'])('%s', (action) => {
	it('is refused when a field that it writes has changed, and done when any other has', async () => {
		const values: Json = {
			...{ maxActiveCalls: 7, maxIncomingCalls: 2, enableBursting: false, prefix: '01' },
			...{ peeringDomain: 'a.example.com', trunkGroupIdentity: 'a@example.com' },
			...{ otgDtgIdentity: 'a', allowUnscreenedCalls: false },
		};
		await fc.assert(
			fc.asyncProperty(
				fc.subarray(FIELDS, { minLength: 1 }),
				fc.constantFrom(...FIELDS),
				fc.boolean(),
				async (names, changed, isFirst) => {
					odin.clear();
					odin.network.addTrunkGroup({ ...KEY, maxActiveCalls: isFirst ? 7 : 5, prefix: '00' });
					const payload = Object.fromEntries(names.map((name) => [name, values[name]]));
					const parameters = {
						...(action.endsWith('update') ? TARGET : KEY),
						payload: JSON.stringify(payload),
					};
					const planId = await previewOne(action, parameters);
					stored()[changed] = OTHER_VALUES[changed];
					const { error } = await write(action, parameters, planId);
					if (names.includes(changed)) {
						expect(error?.message).toContain('The state in Odin has changed since the preview of');
						expect(error?.description).toContain(changed);
						expect(odin.writes()).toEqual([]);
					} else {
						expect(error).toBeUndefined();
						expect(odin.profile('sbc')).toMatchObject({ [changed]: OTHER_VALUES[changed] });
					}
				},
			),
			propertyRuns(40),
		);
	});
});

interface Case {
	action: string;
	parameters: Json;
	exists?: boolean;
	/** What happens in Odin between preview and write */
	meanwhile: () => void;
	/** Undefined: it is carried out, or found to be done */
	refused?: 'state' | 'request';
	/** How the write is asked */
	asked?: Json;
	writes?: number;
}

const add = (fields: Json = {}) =>
	odin.network.addTrunkGroup({ ...KEY, maxActiveCalls: 5, prefix: '00', ...fields });
const create = { ...KEY, maxActiveCalls: 7 };
const password = {
	authentication: {
		...{ setSipPassword: true, sipAuthenticationPassword: 'Ab-Secret-4711' },
		...{ requireAuthentication: true, sipAuthenticationUserName: 'pbx' },
	},
};
const user = { ...GROUP, userId: 'plan@example.com' };

const CASES: Record<string, Case> = {
	'a create of what is there by now with other values': {
		action: 'trunkGroup.create',
		parameters: create,
		meanwhile: () => add(),
		refused: 'state',
	},
	'the same where existing ones are returned': {
		action: 'trunkGroup.create',
		parameters: { ...create, options: { ifExists: 'returnExisting' } },
		meanwhile: () => add(),
		refused: 'state',
	},
	'a create of what somebody has created just so': {
		action: 'trunkGroup.create',
		parameters: { ...GROUP, name: 'sbc', maxActiveCalls: 5, identity: { prefix: '00' } },
		meanwhile: () => add(),
		writes: 0,
	},
	'an upsert that would create what is there by now': {
		action: 'trunkGroup.upsert',
		parameters: create,
		meanwhile: () => add(),
		refused: 'state',
	},
	'an upsert of what is gone by now': {
		action: 'trunkGroup.upsert',
		exists: true,
		parameters: create,
		meanwhile: () => odin.clear(),
		refused: 'state',
	},
	'an update to what Odin shows by now': {
		action: 'trunkGroup.update',
		exists: true,
		parameters: { ...TARGET, callCapacity: { maxActiveCalls: 6 } },
		meanwhile: () => void (stored().maxActiveCalls = 6),
		writes: 0,
	},
	'a rename that is done already': {
		action: 'trunkGroup.update',
		exists: true,
		parameters: { ...TARGET, newName: 'sbc-2', callCapacity: { maxActiveCalls: 6 } },
		meanwhile: () => {
			odin.clear();
			add({ name: 'sbc-2', maxActiveCalls: 6 });
		},
		writes: 0,
	},
	'another password': {
		action: 'trunkGroup.upsert',
		exists: true,
		parameters: { ...KEY, ...password },
		asked: {
			authentication: { ...password.authentication, sipAuthenticationPassword: 'Ab-Secret-4712' },
		},
		meanwhile: () => {},
		refused: 'request',
	},
	'another value': {
		action: 'trunkGroup.update',
		exists: true,
		parameters: { ...TARGET, callCapacity: { maxActiveCalls: 6 } },
		asked: { callCapacity: { maxActiveCalls: 8 } },
		meanwhile: () => {},
		refused: 'request',
	},
	'the same values by another way': {
		action: 'trunkGroup.update',
		exists: true,
		parameters: { ...TARGET, callCapacity: { maxActiveCalls: 6 }, identity: { prefix: '1' } },
		asked: {
			callCapacity: {},
			identity: {},
			payload: '{ "prefix": 1, "maxActiveCalls": " 6 " }',
		},
		meanwhile: () => {},
		writes: 1,
	},
	'a deletion of one with another user on it': {
		action: 'trunkGroup.delete',
		exists: true,
		parameters: { ...TARGET, options: { force: true } },
		meanwhile: () => odin.network.addUser({ ...user, trunkGroup: 'sbc' }),
		refused: 'state',
	},
	'a deletion of one whose calls have changed': {
		action: 'trunkGroup.delete',
		exists: true,
		parameters: { ...TARGET, options: { force: true } },
		meanwhile: () => void (stored().maxActiveCalls = 99),
		writes: 1,
	},
	'a raise of what is higher by now': {
		action: 'callCapacity.update',
		parameters: { ...GROUP, maxActiveCalls: 500, raiseOnly: true },
		meanwhile: () =>
			void (odin.network.stores.groups.find(GROUP)!.callCapacity.maxActiveCalls = 499),
		refused: 'state',
	},
	'a turn-up of a trunk that was begun by somebody else': {
		action: 'sipTrunk.turnUp',
		parameters: create,
		meanwhile: () => add(),
		refused: 'state',
	},
	'a turn-up of another size': {
		action: 'sipTrunk.turnUp',
		parameters: create,
		asked: { maxActiveCalls: 8 },
		meanwhile: () => {},
		refused: 'request',
	},
};

it.each(Object.entries(CASES))(
	'%s',
	async (_, { action, parameters, exists, meanwhile, refused, asked, writes }) => {
		if (exists) add();
		const planId = await previewOne(action, parameters);
		meanwhile();
		const { error, output } = await odin.run(action, {
			...parameters,
			...asked,
			options: {
				...(parameters.options as Json | undefined),
				planId: `\n ${planId.toUpperCase()} `,
			},
		});
		if (refused) {
			expect(error?.message).toContain(
				refused === 'state'
					? 'The state in Odin has changed since'
					: 'belongs to a different request',
			);
			expect(error?.description).toContain('Nothing was written');
			expectPlainWords(`${error?.message} ${error?.description ?? ''}`);
		} else {
			expect(error).toBeUndefined();
			expect(output[0]).toHaveLength(1);
		}
		expect(odin.writes()).toHaveLength(refused ? 0 : (writes ?? 1));
	},
);

it('of a plan of steps that is refused names each subject once, and no more than a few', async () => {
	const ids = ['a', 'b', 'c', 'd', 'e'].map((name) => `plan-${name}@example.com`);
	for (const userId of ids) odin.network.addUser({ ...GROUP, userId });
	const parameters = {
		...KEY,
		users: JSON.stringify(ids.map((userId) => ({ userId }))),
		userServices: 'Call Forwarding Always, Authentication',
	};
	add();
	const planId = await previewOne('sipTrunk.turnUp', parameters);
	odin.network.user(ids[0]!)!.trunkGroup = 'sbc';
	const { error } = await write('sipTrunk.turnUp', parameters, planId);
	expect(error?.message).toContain('The state in Odin has changed since the preview');
	const text = error?.description ?? '';
	for (const id of ids.slice(1, 4)) expect(text.split(`user '${id}'`).length).toBe(2);
	expect(text).toMatch(/; and \d+ more\)/);
	expectPlainWords(text);
	expect(odin.writes()).toEqual([]);
});

it.each([
	['trunkGroup.create', create, 'trunkGroup.create'],
	['trunkGroup.upsert', create, 'trunkGroup.upsert'],
	['trunkGroup.upsert', create, 'trunkGroup.create'],
	['trunkGroup.update', { ...TARGET, identity: { prefix: '1' } }, 'trunkGroup.update'],
	['trunkGroup.upsert', { ...KEY, identity: { prefix: '1' } }, 'trunkGroup.upsert'],
])(
	'of %s allows the request of the preview as Payload, once (%#)',
	async (action, parameters, by) => {
		const isNew = (parameters as Json) === create;
		if (!isNew) add();
		const options = { previewOnly: true };
		const { planId, request } = await odin.one(action, { ...parameters, options });
		const key = by.endsWith('update') ? TARGET : KEY;
		const given = { ...key, payload: (request as Json).body, options: { planId } };
		odin.forget();
		await odin.all(by, given);
		expect(sent()).toEqual([request]);
		odin.forget();
		await odin.all(by, given);
		expect(odin.writes()).toEqual([]);
		stored().prefix = '77';
		stored().maxActiveCalls = 77;
		expect(await odin.complaint(by, given)).toContain(
			'The state in Odin has changed since the preview',
		);
	},
);

it('is nobody’s without the credential', async () => {
	const parameters = { ...KEY, maxActiveCalls: 7 };
	const planId = await previewOne('trunkGroup.create', parameters);
	const own = odin.account();
	for (const other of [
		{ username: 'other' },
		{ password: 'other' },
		{ baseUrl: 'http://127.0.0.1:1' },
	]) {
		await odin.engine.setCredentials({ ...own, ...other });
		const { output } = await odin.run('trunkGroup.create', {
			...parameters,
			options: { previewOnly: true, maxRetries: 0 },
		});
		expect(JSON.stringify(output)).not.toContain(planId);
	}
});

describe('with a lost answer and Retry On Fail', () => {
	const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };

	it.each([
		['trunkGroup.create', { ...KEY, maxActiveCalls: 7 }, false],
		['trunkGroup.upsert', { ...KEY, maxActiveCalls: 7 }, false],
		['trunkGroup.upsert', { ...KEY, maxActiveCalls: 7 }, true],
		['trunkGroup.update', { ...TARGET, callCapacity: { maxActiveCalls: 7 } }, true],
		['trunkGroup.delete', TARGET, true],
		['sipTrunk.turnUp', { ...KEY, maxActiveCalls: 7 }, false],
	])('%s goes on with its own write (%#)', async (action, parameters, exists) => {
		if (exists) add();
		const planId = await previewOne(action, parameters);
		let isLost = false;
		odin.simulator.injectFault(({ method }) => {
			const isRead = method === 'GET';
			// The answer is lost, and so is the look afterwards, which ends the first try of the node.
			if (isRead) return isLost ? ((isLost = false), { kind: 'status', status: 400 }) : undefined;
			if (odin.writes().length > 1) return undefined;
			isLost = true;
			return { kind: 'lostAnswer' };
		});
		const options = { planId, maxRetries: 0 };
		const { error, status } = await odin.run(action, { ...parameters, options }, { node });
		expect([status, error?.message]).toEqual(['success', undefined]);
		expect(odin.writes()).toHaveLength(1);
	});

	it('a write that was refused is no excuse for a state that changed', async () => {
		add();
		const parameters = { ...TARGET, callCapacity: { maxActiveCalls: 7 } };
		const planId = await previewOne('trunkGroup.update', parameters);
		odin.simulator.injectFault(({ method }) => {
			if (method !== 'PUT') return undefined;
			stored().maxActiveCalls = 9;
			return { kind: 'status', status: 400, body: { error: 'Not today' } };
		});
		const options = { planId };
		const { error } = await odin.run('trunkGroup.update', { ...parameters, options }, { node });
		expect(error?.message).toContain('The state in Odin has changed since the preview');
		expect(odin.writes()).toHaveLength(1);
		expect(odin.profile('sbc')).toMatchObject({ maxActiveCalls: 9 });
	});
});
