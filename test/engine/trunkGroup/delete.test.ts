import type { Fault } from '../../../simulator';
import { OdinRuns, type Json } from '../support/odinRuns';
import { expectPlainWords } from '../support/plainWords';

const GROUP = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };
const KEY = { ...GROUP, name: 'sbc' };
const TARGET = { ...GROUP, trunkGroup: 'sbc' };
const DELETE = 'trunkGroup.delete';

let odin: OdinRuns;

beforeAll(async () => {
	odin = await OdinRuns.start();
});

afterAll(async () => {
	await odin.stop();
});

beforeEach(async () => await odin.restart());

interface Usage {
	pilot?: boolean;
	hosted?: boolean;
	trunkUsers?: boolean;
}

function addTrunkGroup({ pilot, hosted, trunkUsers }: Usage = {}): void {
	const hostedUsers = ['anna.adler@example.com', 'ben.baker@example.com'];
	odin.network.addTrunkGroup({
		...KEY,
		...(pilot && { pilotUserId: 'pilot@example.com' }),
		users: hosted ? hostedUsers.map((userId) => ({ userId })) : [],
	});
	if (trunkUsers) {
		for (const userId of ['4711', 'line-2@example.com']) {
			odin.network.addUser({ ...GROUP, userId, trunkGroup: 'sbc' });
		}
	}
	odin.forget();
}

const summary = () => odin.requests().map(({ method, path }) => `${method} ${path}`);

it('deletes a trunk group that nobody uses', async () => {
	addTrunkGroup();
	expect(await odin.one(DELETE, TARGET)).toEqual({ deleted: true });
	expect(odin.stored(KEY)).toBeUndefined();
	expect(odin.writes()).toMatchObject([{ method: 'DELETE', query: KEY }]);
});

describe('refuses while it is in use and names who uses it', () => {
	it.each([
		['a pilot user', { pilot: true }, ['pilot@example.com']],
		['hosted users', { hosted: true }, ['anna.adler@example.com', 'ben.baker@example.com']],
		['trunk users', { trunkUsers: true }, ['4711', 'line-2@example.com']],
		[
			'all of them',
			{ pilot: true, hosted: true, trunkUsers: true },
			['pilot@example.com', 'anna.adler@example.com', 'ben.baker@example.com', '4711'],
		],
	])('%s', async (_, usage, names) => {
		addTrunkGroup(usage);
		for (const previewOnly of [false, true]) {
			const options = { previewOnly };
			const { message, description } = await odin.failure(DELETE, { ...TARGET, options });
			for (const name of names) expect(message).toContain(name);
			expect(message).toContain("trunk group 'sbc' in group 'acme-hq'");
			expectPlainWords(`${message} ${description ?? ''}`);
			expect(odin.writes()).toEqual([]);
		}
		const { output } = await odin.run(
			DELETE,
			{ ...TARGET },
			{ node: { onError: 'continueRegularOutput' } },
		);
		const { details } = output[0]?.[0]?.json as { details: Json };
		for (const name of names) expect(JSON.stringify(details)).toContain(name);
	});
});

describe('with Force', () => {
	const options = { force: true };

	it.each([
		['the pilot user', { pilot: true }, { pilotUserId: null }],
		['hosted users', { hosted: true }, { users: [] }],
		['both', { pilot: true, hosted: true }, { pilotUserId: null, users: [] }],
	])('clears %s first, then deletes', async (_, usage, cleared) => {
		addTrunkGroup(usage);
		expect(await odin.one(DELETE, { ...TARGET, options })).toEqual({ deleted: true });
		expect(odin.stored(KEY)).toBeUndefined();
		const writes = odin.writes();
		expect(writes.at(-1)?.method).toBe('DELETE');
		const puts = writes.slice(0, -1);
		expect(puts.every(({ method }) => method === 'PUT')).toBe(true);
		expect(Object.assign({}, ...puts.map(({ body }) => body as Json))).toEqual({
			...KEY,
			...cleared,
		});
	});

	it('clears nothing where nothing is to be cleared', async () => {
		addTrunkGroup();
		await odin.all(DELETE, { ...TARGET, options });
		expect(odin.writes().map(({ method }) => method)).toEqual(['DELETE']);
	});

	it('does not take trunk users off: what Odin says is passed on, with what was cleared', async () => {
		addTrunkGroup({ pilot: true, trunkUsers: true });
		const { message, description } = await odin.failure(DELETE, { ...TARGET, options });
		expect(message).toContain('users assigned');
		expect(message).toMatch(/still there/);
		expect(message).not.toContain('..');
		expectPlainWords(
			`${message} ${description ?? ''}`,
			'[Error 5690]',
			'There has been a BroadWorks error.',
		);
		expect(odin.stored(KEY)).toBeDefined();
	});

	it.each<[Fault, RegExp]>([
		[{ kind: 'lostAnswer' }, /^It is not known .* Before that it was cleared of: pilotUserId/],
		[
			{ kind: 'status', status: 429 },
			/too busy .* It is still there, but was cleared of: pilotUserId/,
		],
	])('tells what was cleared, and not that nothing was done: $kind', async (fault, words) => {
		addTrunkGroup({ pilot: true });
		odin.simulator.addFault({ ...fault, method: 'DELETE' });
		const { message, description } = await odin.failure(DELETE, {
			...TARGET,
			options: { ...options, maxRetries: 0 },
		});
		expect(message).toMatch(words);
		expect(description).not.toContain('Nothing was');
	});

	it('previews the deletion and what would be cleared', async () => {
		addTrunkGroup({ pilot: true, hosted: true });
		const preview = await odin.one(DELETE, {
			...TARGET,
			options: { force: true, previewOnly: true },
		});
		expect(preview).toMatchObject({
			preview: true,
			outcome: 'deleted',
			request: { method: 'DELETE', path: '/groups/trunk-groups', body: null },
		});
		const changes = preview.changes as Array<{ field: string; to: unknown }>;
		expect(changes.map(({ field }) => field).sort()).toEqual(['pilotUserId', 'users']);
		expect(odin.writes()).toEqual([]);
	});
});

describe('one that is not there', () => {
	it('is named', async () => {
		const { message, description } = await odin.failure(DELETE, TARGET);
		expect(message).toContain(
			"no trunk group 'sbc' in group 'acme-hq' of service provider 'acme-ent'",
		);
		expectPlainWords(`${message} ${description ?? ''}`);
		expect(odin.writes()).toEqual([]);
	});

	it.each([404, 400, 200])(
		'with Return Empty gives deleted: false, however Odin says so (%i)',
		async (status) => {
			const options = { ifNotFound: 'returnEmpty' };
			const body = status === 200 ? '' : { error: 'The Trunk Group DOES NOT EXIST', status };
			odin.simulator.addFault({
				kind: 'status',
				status,
				body,
				path: '/groups/trunk-groups',
				times: 2,
			});
			expect(await odin.one(DELETE, { ...TARGET, options })).toEqual({ deleted: false });
			expect(
				await odin.one(DELETE, { ...TARGET, options: { ...options, previewOnly: true } }),
			).toEqual({
				preview: true,
				outcome: 'unchanged',
				changes: [],
				request: null,
			});
			expect(odin.writes()).toEqual([]);
		},
	);

	it('also when somebody else was faster', async () => {
		addTrunkGroup();
		odin.simulator.addFault({
			kind: 'status',
			method: 'DELETE',
			status: 404,
			body: { error: 'Trunk Group not found', status: 404 },
			times: 2,
		});
		expect(await odin.one(DELETE, { ...TARGET, options: { ifNotFound: 'returnEmpty' } })).toEqual({
			deleted: false,
		});
		expect(await odin.complaint(DELETE, TARGET)).toContain("no trunk group 'sbc'");
	});
});

it('the same one twice in a batch is deleted once', async () => {
	addTrunkGroup();
	const json = await odin.all(
		DELETE,
		{ ...TARGET, options: { ifNotFound: 'returnEmpty' } },
		{ items: [{}, {}] },
	);
	expect(json).toEqual([{ deleted: true }, { deleted: false }]);
	expect(summary().filter((line) => line.startsWith('DELETE'))).toHaveLength(1);
});
