import fc from 'fast-check';

import type { Fault } from '../../../simulator';
import { addClonePlaces, EAST } from '../support/clonePlaces';
import { asParameters, fieldSet } from '../support/fieldSets';
import { jsonOf, useOdin, type Json } from '../support/odinRuns';
import { expectPlainWords } from '../support/plainWords';
import { propertyRuns } from '../../propertyRuns';

const KEY = { ...EAST, name: 'sbc' };
const TARGET = { ...EAST, trunkGroup: 'sbc' };
const PATH = '/groups/trunk-groups';
const TEXT = "trunk group 'sbc' in group 'initech-east' of service provider 'initech-ent'";

const odin = useOdin({ arrange: ({ network }) => addClonePlaces(network), loggedIn: true });

/** One write of each kind that asks for 9 calls. */
const WRITES = {
	create: { action: 'trunkGroup.create', parameters: { ...KEY, maxActiveCalls: 9 } },
	'upsert of a new one': { action: 'trunkGroup.upsert', parameters: { ...KEY, maxActiveCalls: 9 } },
	'upsert of an existing one': {
		action: 'trunkGroup.upsert',
		parameters: { ...KEY, maxActiveCalls: 9 },
	},
	update: {
		action: 'trunkGroup.update',
		parameters: { ...TARGET, callCapacity: { maxActiveCalls: 9 } },
	},
	rename: { action: 'trunkGroup.update', parameters: { ...TARGET, newName: 'sbc-2' } },
} as const;

type Name = keyof typeof WRITES;
const NAMES = Object.keys(WRITES) as Name[];
const isNew = (name: Name) => name === 'create' || name === 'upsert of a new one';
const methodOf = (name: Name) => (isNew(name) ? 'POST' : 'PUT');

function arrange(name: Name): void {
	if (!isNew(name)) odin.network.addTrunkGroup({ ...KEY, maxActiveCalls: 5 });
	odin.forget();
}

const RETRY_ON_FAIL = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

const run = async (name: Name, { options = {}, node = {} }: { options?: Json; node?: Json } = {}) =>
	await odin.run(
		WRITES[name].action,
		{ ...WRITES[name].parameters, options },
		{ node: { onError: 'continueRegularOutput', ...node } },
	);

const profileAfter = (name: Name) =>
	odin.stored(name === 'rename' ? { ...KEY, name: 'sbc-2' } : KEY);

function expectDone(name: Name, json: Json | undefined): void {
	expect(profileAfter(name)).toMatchObject(name === 'rename' ? {} : { maxActiveCalls: 9 });
	expect(name.startsWith('upsert') ? json?.trunkGroup : json).toEqual(profileAfter(name));
}

it('a change that a profile of an older release does not show is not taken for done: unknown, or sent again', async () => {
	for (const maxRetries of [0, 2]) {
		await odin.restart();
		arrange('update');
		odin.answerProfilesAs((profile) => ({ ...profile, maxActiveCalls: undefined }));
		odin.simulator.addFault({ kind: 'reset', method: 'PUT' });
		const { output } = await run('update', { options: { maxRetries } });
		const [json] = jsonOf(output[0]);
		expect(json?.error === undefined).toBe(profileAfter('update')?.maxActiveCalls === 9);
		expect(odin.writes()).toHaveLength(maxRetries === 0 ? 1 : 2);
	}
});

describe('a yes without the change', () => {
	const asked = { field: 'maxActiveCalls', asked: 9, shown: 5 };

	it.each<[Name, Fault]>([
		['upsert of an existing one', { kind: 'ignored' }],
		['update', { kind: 'ignored' }],
		['update', { kind: 'empty', status: 204 }],
	])('%s is told with the fields and the profile: %j', async (name, fault) => {
		arrange(name);
		if (fault.kind === 'empty') {
			odin.simulator.injectFault(({ method }) =>
				method === 'PUT' ? { kind: 'status', status: 204, body: '' } : undefined,
			);
		} else odin.simulator.addFault({ ...fault, method: 'PUT' });
		const { output } = await run(name);
		const [json] = jsonOf(output[0]);
		expect(json).toEqual({
			error: `Odin confirmed updating ${TEXT}, but shows other values: 'Max Active Calls' is 5, not 9`,
			details: {
				itemIndex: 0,
				kind: 'notApplied',
				description:
					'Check its state in Odin before you run this again. Odin may have ignored or corrected these values',
				...KEY,
				fields: [asked],
				trunkGroup: odin.stored(KEY),
			},
		});
		expect(odin.writes()).toHaveLength(1);
		expectPlainWords(String(json?.error));
	});

	/** Odin creates it with 5 calls, whatever is asked. */
	function createWithOtherCalls(): void {
		odin.simulator.injectFault(({ method, path, body }) => {
			if (method !== 'POST' || path !== PATH) return undefined;
			const wrong = { ...(body as Json), maxActiveCalls: 5 };
			odin.network.addTrunkGroup(wrong as unknown as typeof KEY);
			return { kind: 'status', status: 200, body: '' };
		});
	}

	it.each<Name>(['create', 'upsert of a new one'])(
		'%s, where Odin stores something else',
		async (name) => {
			createWithOtherCalls();
			const { output } = await run(name);
			expect(jsonOf(output[0])[0]).toMatchObject({
				error: `Odin confirmed creating ${TEXT}, but shows other values: 'Max Active Calls' is 5, not 9`,
				details: { kind: 'notApplied', ...KEY, fields: [asked], trunkGroup: odin.stored(KEY) },
			});
			expect(odin.posts()).toHaveLength(1);
		},
	);

	it('a create stays that in every try of Retry On Fail, and is not sent again', async () => {
		createWithOtherCalls();
		const { error } = await run('create', { node: { ...RETRY_ON_FAIL, onError: 'stopWorkflow' } });
		expect(error?.message).toContain("'Max Active Calls' is 5, not 9");
		expect(error?.message).not.toContain('unknown');
		expect(odin.posts()).toHaveLength(1);
	});

	it('a create says that the password generated for it is lost, unless a next try puts it out', async () => {
		createWithOtherCalls();
		const authentication = {
			requireAuthentication: true,
			sipAuthenticationUserName: 'pbx',
			sipPasswordSource: 'generate',
		};
		const options = { includeSipPassword: true };
		const parameters = { ...KEY, maxActiveCalls: 9, authentication, options };
		const first = await odin.run('trunkGroup.upsert', parameters);
		expect(first.error?.description).toContain('set a new password');
		expect(odin.sipPassword(KEY)).toMatch(/^.{8,}$/);
		const again = { ...parameters, name: 'sbc-2' };
		const { output, hints } = await odin.run('trunkGroup.upsert', again, { node: RETRY_ON_FAIL });
		expect(jsonOf(output[0])[0]).toMatchObject({
			outcome: 'updated',
			trunkGroup: {
				maxActiveCalls: 9,
				sipAuthenticationPassword: odin.sipPassword({ ...KEY, name: 'sbc-2' }),
			},
		});
		expect(hints).toEqual([]);
	});

	it.each(NAMES)('%s with a success that says it failed is none', async (name) => {
		for (const body of [
			{ success: false, message: 'Could not do it' },
			{ status: 'failed', message: 'Could not do it' },
			{ error: 'Could not do it' },
		]) {
			await odin.restart();
			arrange(name);
			odin.simulator.addFault({
				...{ kind: 'status', status: 200, body, times: 9 },
				method: methodOf(name),
			} as Fault);
			const { output } = await run(name, { options: { maxRetries: 0 } });
			const [json] = jsonOf(output[0]);
			expect(String(json?.error)).toContain('Could not do it');
			expect(JSON.stringify(json)).not.toMatch(/Nothing was (created|changed|written|done)/);
		}
	});
});

describe('a rename whose outcome is open', () => {
	it.each<[string, Fault[], Json]>([
		['lost, then found', [{ kind: 'lostAnswer' }], {}],
		['lost twice', [{ kind: 'reset' }, { kind: 'lostAnswer' }], { maxRetries: 2 }],
		['503 behind a proxy', [{ kind: 'gatewayAfterWrite', status: 503 }], { maxRetries: 1 }],
		['500, done', [{ kind: 'answerAfterWrite', status: 500, body: '' }], { maxRetries: 0 }],
		['500, not done', [{ kind: 'status', status: 500, body: '' }], { maxRetries: 1 }],
	])('is looked for under both names: %s', async (_, faults, options) => {
		arrange('rename');
		for (const fault of faults) {
			odin.simulator.addFault({
				...fault,
				method: 'PUT',
				...({ headers: { 'retry-after': '0' } } as object),
			});
		}
		const { output } = await run('rename', { options });
		expectDone('rename', jsonOf(output[0])[0]);
		expect(odin.stored(KEY)).toBeUndefined();
	});

	it('in the next try as well: nothing is claimed while it cannot be looked for, and it is sent once', async () => {
		arrange('rename');
		odin.simulator.addFault({ kind: 'lostAnswer', method: 'PUT' });
		odin.simulator.addFault({ kind: 'reset', method: 'GET', times: 1 });
		const { output, error } = await run('rename', {
			options: { maxRetries: 0 },
			node: { ...RETRY_ON_FAIL, onError: 'stopWorkflow' },
		});
		expect(error).toBeUndefined();
		expectDone('rename', jsonOf(output[0])[0]);
		expect(odin.writes()).toHaveLength(1);
	});

	it.each([201, 204])(
		'answered with an empty %i and read too late goes on in the next try',
		async (status) => {
			arrange('rename');
			odin.simulator.addFault({ kind: 'empty', status, method: 'PUT' });
			const gone: Fault = { kind: 'status', status: 404, body: { error: 'Trunk Group not found' } };
			odin.simulator.addFault({ ...gone, method: 'GET', path: PATH, times: 7 });
			const { output, error } = await run('rename', {
				node: { ...RETRY_ON_FAIL, onError: 'stopWorkflow' },
			});
			expect(error).toBeUndefined();
			expectDone('rename', jsonOf(output[0])[0]);
			expect(odin.writes()).toHaveLength(1);
		},
	);

	it('in upper and lower case alone is one, too', async () => {
		for (const storesNames of ['asSent', 'lowerCase', 'upperCase'] as const) {
			await odin.restart({ storesNames });
			arrange('rename');
			odin.simulator.addFault({ kind: 'lostAnswer', method: 'PUT' });
			const renamed = await odin.one('trunkGroup.update', { ...TARGET, newName: 'SBC' });
			expect(String(renamed.name).toLowerCase()).toBe('sbc');
		}
	});

	it('that a proxy in front of Odin sent twice is no name that is taken', async () => {
		for (const readLagMs of [0, 300]) {
			await odin.restart({ readLagMs });
			arrange('rename');
			const body = { error: 'Trunk group sbc-2 already exists' };
			odin.simulator.addFault({ kind: 'answerAfterWrite', status: 409, body, method: 'PUT' });
			const { output } = await run('rename');
			expectDone('rename', jsonOf(output[0])[0]);
			expect(odin.writes()).toHaveLength(1);
		}
	});

	it('answered with a yes that changed nothing says under which name it is', async () => {
		arrange('rename');
		odin.simulator.injectFault(({ method }) =>
			method === 'PUT' ? { kind: 'status', status: 204, body: '' } : undefined,
		);
		const { output } = await run('rename');
		const { error, details } = jsonOf(output[0])[0] as { error: string; details: Json };
		expect(error).toBe(
			`Odin confirmed updating ${TEXT}, but the trunk group still has its old name`,
		);
		expect(details).toMatchObject({
			...KEY,
			kind: 'notApplied',
			fields: [{ field: 'newName', asked: 'sbc-2', shown: 'sbc' }],
			trunkGroup: { name: 'sbc' },
		});
	});
});

describe.each<Name>(['create', 'upsert of a new one', 'rename'])(
	'a conflict that is none of names: %s',
	(name) => {
		it.each<[number, string]>([
			[409, 'The line port is already in use'],
			[400, 'Access device sbc-9 already exists'],
			[400, 'Identity sbc-2@example.com is already in use'],
			[400, 'user name is already in use'],
			[409, 'Trunk group identity already exists'],
			[409, 'sbc-2 is not unique'],
			[409, ''],
		])(
			"keeps Odin's words where nobody was seen to have the name: %i %s",
			async (status, words) => {
				arrange(name);
				const body = { error: words, status };
				odin.simulator.addFault({ kind: 'status', status, body, method: methodOf(name) });
				const { output } = await run(name);
				expect(jsonOf(output[0])[0]?.error).toMatch(
					`Odin refused to ${isNew(name) ? 'create' : 'update'} ${TEXT} (HTTP ${status})${words && `: ${words}`}`,
				);
				expect(JSON.stringify(output)).not.toContain("' already exists");
				expect(odin.writes()).toHaveLength(1);
			},
		);
	},
);

describe('a name that Odin stores in another spelling', () => {
	it.each(['trimmed', 'singleSpaces', 'lowerCase', 'upperCase'] as const)(
		'is recognised: %s',
		async (storesNames) => {
			odin.simulator.configure({ storesNames });
			const key = { ...EAST, name: 'Zürich SBC' };
			for (const outcome of ['created', 'unchanged']) {
				expect(await odin.one('trunkGroup.upsert', { ...key, maxActiveCalls: 7 })).toMatchObject({
					...key,
					outcome,
				});
			}
			expect(odin.writes()).toHaveLength(1);
		},
	);
});

it('a preview shows the very request of the run, and the same again writes nothing', async () => {
	let count = 0;
	const property = fc.asyncProperty(
		fc.option(fieldSet, { nil: undefined }),
		fieldSet,
		fc.func(fc.boolean()),
		async (current, wanted, inPayload) => {
			const key = { ...EAST, name: `random-${(count += 1)}` };
			const parametersOf = (fields: Json) => ({
				...key,
				...asParameters(fields, { group: EAST, isNew: true, inPayload }),
			});
			if (current) await odin.one('trunkGroup.upsert', parametersOf(current));
			odin.forget();
			const parameters = parametersOf(wanted);
			const options = { previewOnly: true };
			const plan = await odin.one('trunkGroup.upsert', { ...parameters, options });
			expect(odin.writes()).toEqual([]);
			const { outcome, changes } = await odin.one('trunkGroup.upsert', parameters);
			expect(plan).toMatchObject({ ...key, preview: true, outcome, changes });
			expect(plan.request).toEqual(
				odin.writes().map(({ method, path, body }) => ({ method, path, body }))[0] ?? null,
			);
			odin.forget();
			expect(await odin.one('trunkGroup.upsert', parameters)).toMatchObject({
				...key,
				outcome: 'unchanged',
				changes: [],
			});
			expect(odin.writes()).toEqual([]);
		},
	);
	await fc.assert(property, propertyRuns(40));
});
