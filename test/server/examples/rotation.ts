/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RealN8n } from '../support/realN8n';
import { importExample, type Changes } from './support/exampleWorkflow';
import { runByHand } from './support/manualRun';
import { startStandIn, type StandIn } from './support/standIn';
import { startVault, type Vault } from './support/vault';
import { writes } from './support/writes';

const GROUP = { serviceProviderId: 'acme-ent', groupId: 'rotation' };
const PATIENCE_MS = 30_000;
/** One with a SIP user name and a secret, one with neither, one without the service. */
const OLD = 'old.rot@example.com';
const NEW = 'new.rot@example.com';
const WITHOUT = 'without.rot@example.com';

interface Report {
	text: string;
	open: string[];
	lines: Array<{ userId: string; outcome: string; note: string }>;
}

export function sipPasswordRotation(server: () => RealN8n): void {
	let chat: StandIn;
	let vault: Vault;
	let vaultToken: string;

	const network = () => server().simulator.network;
	const pathOf = (userId: string) => `sip/acme-ent/rotation/${userId}`;
	const holds = (userId: string) => vault.holds(pathOf(userId));
	const passwordOf = (userId: string) => network().user(userId)?.sipPassword;

	const credential = async (value: string) =>
		(
			await server().api.post<{ id: string }>('/credentials', {
				name: 'Vault Token',
				type: 'httpHeaderAuth',
				data: { name: 'X-Vault-Token', value },
			})
		).id;

	const load = async (settings: Record<string, unknown> = {}, changes: Changes = {}) =>
		await importExample(server(), 'sip-password-rotation.json', {
			settings: {
				...GROUP,
				vault: vault.url,
				onlyCheck: false,
				reportUrl: `${chat.url}/reports`,
				...settings,
			},
			credentials: { httpHeaderAuth: vaultToken },
			saved: true,
			...changes,
		});

	/** Runs the rotation. Returns its report, and why the execution failed, if it did. */
	async function rotate(settings: Record<string, unknown> = {}, changes: Changes = {}) {
		const id = await load(settings, changes);
		const failure = await runByHand(server().api, id, 'Try It').then(
			() => undefined,
			({ message }: Error) => message,
		);
		const report = chat.received.length > 0 ? (chat.received.at(-1)!.body as Report) : undefined;
		chat.received.length = 0;
		return { report, failure };
	}

	const outcomes = (report: Report | undefined) =>
		Object.fromEntries((report?.lines ?? []).map(({ userId, outcome }) => [userId, outcome]));

	beforeAll(async () => {
		chat = await startStandIn();
		vault = await startVault();
		vaultToken = await credential(vault.token);
		network().addGroup(GROUP);
		network().addTrunkGroup({ ...GROUP, name: 'rot-1' });
		network().addTrunkGroup({ ...GROUP, name: 'rot-2' });
		network().addTrunkGroup({ ...GROUP, name: 'rot-empty' });
		const service = { services: ['Authentication'] };
		const old = { sipUserName: 'old-sip', sipPassword: 'Before-1', ...service };
		network().addUser({ ...GROUP, userId: OLD, trunkGroup: 'rot-1', ...old });
		network().addUser({ ...GROUP, userId: NEW, trunkGroup: 'rot-2', ...service });
	});

	beforeEach(() => {
		vault.fault = undefined;
		vault.secrets.clear();
		vault.put(pathOf(OLD), { sipAuthenticationPassword: 'Before-1', site: 'HQ' });
	});

	afterAll(async () => {
		await chat?.close();
		await vault?.close();
	});

	const expectHanded = (userId: string, userName: string) => {
		expect(holds(userId)).toMatchObject({
			sipAuthenticationUserName: userName,
			sipAuthenticationPassword: passwordOf(userId),
			rotatedAt: expect.stringMatching(/Z$/) as string,
		});
		expect(holds(userId)).not.toHaveProperty('nextSipAuthenticationPassword');
	};

	it('only checks at first, and writes neither to Odin nor to Vault', async () => {
		const { report, failure } = await rotate({ onlyCheck: true });
		expect(failure).toBeUndefined();
		expect(outcomes(report)).toEqual({ [OLD]: 'would be rotated', [NEW]: 'would be rotated' });
		expect(writes(server().simulator)).toEqual([]);
		expect(vault.secrets.size).toBe(1);
	});

	it('fails in a check, too, when a user would not be rotated', async () => {
		const added = network().addUser({ ...GROUP, userId: WITHOUT, trunkGroup: 'rot-1' });
		const { report, failure } = await rotate({ onlyCheck: true });
		network().stores.users.remove(added);
		expect(outcomes(report)).toMatchObject({
			[OLD]: 'would be rotated',
			[WITHOUT]: 'would not be rotated',
		});
		expect(failure).toContain('2 of 3 would be rotated. Nothing was written. ');
		expect(failure).toMatch(/without\.rot@example\.com would not be rotated: .*Authentication/);
		expect(writes(server().simulator)).toEqual([]);
	});

	it('gives each user a new password, and Vault has the one that Odin has', async () => {
		const before = passwordOf(OLD);
		const { report, failure } = await rotate();
		expect(failure).toBeUndefined();
		expect(report).toMatchObject({
			text: 'SIP passwords of group rotation of acme-ent: 2 of 2 rotated',
			open: [],
		});
		expectHanded(OLD, 'old-sip');
		expectHanded(NEW, NEW);
		expect(holds(OLD)).toMatchObject({ site: 'HQ' });
		expect(passwordOf(OLD)).not.toBe(before);
		expect(JSON.stringify(report)).not.toContain(passwordOf(OLD));
	});

	it('of one trunk group leaves the others', async () => {
		const before = passwordOf(NEW);
		expect(outcomes((await rotate({ trunkGroup: ' rot-1 ' })).report)).toEqual({
			[OLD]: 'rotated',
		});
		expect(passwordOf(NEW)).toBe(before);
	});

	it('does not touch Odin while Vault refuses', async () => {
		const before = passwordOf(OLD);
		const refusals: Array<[Partial<Vault>, Record<string, unknown>, Changes, RegExp]> = [
			[{ fault: sealed('GET') }, {}, {}, /Vault answered 503: Vault is sealed\. Odin was not/],
			[{ fault: sealed('POST') }, {}, {}, /Vault answered 503: Vault is sealed\. Odin was not/],
			[{ fault: page() }, {}, {}, /answered 200 with something that is no secret/],
			[{}, { mount: 'other' }, {}, /Vault answered 404: no handler for route/],
			[{}, { vault: 'http://127.0.0.1:9' }, {}, /Vault did not answer: /],
			[
				{},
				{},
				{ credentials: { httpHeaderAuth: await credential('wrong') } },
				/answered 403: permission denied/,
			],
		];
		for (const [change, settings, changes, reason] of refusals) {
			Object.assign(vault, { fault: undefined }, change);
			const { report, failure } = await rotate(settings, changes);
			expect(report?.open).toEqual([
				expect.stringMatching(reason) as string,
				expect.stringMatching(reason) as string,
			]);
			expect(failure).toContain(`0 of 2 rotated. ${OLD} not rotated: Vault `);
		}
		expect(writes(server().simulator)).toEqual([]);
		expect(passwordOf(OLD)).toBe(before);
		expect(holds(OLD)).toEqual({ sipAuthenticationPassword: 'Before-1', site: 'HQ' });
	});

	it('is refused by Vault when somebody else wrote meanwhile', async () => {
		const { simulator } = server();
		const before = passwordOf(OLD);
		vault.fault = {
			method: 'POST',
			skip: 0,
			status: 400,
			body: { errors: ['check-and-set parameter did not match the current version'] },
		};
		const { report } = await rotate({ trunkGroup: 'rot-1' });
		expect(report?.open).toEqual([expect.stringContaining('check-and-set') as string]);
		expect(writes(simulator)).toEqual([]);
		expect(passwordOf(OLD)).toBe(before);
	});

	it('keeps the present password beside the next one where Odin refuses', async () => {
		const { simulator } = server();
		const path = '/users/authentication';
		const body = { error: 'Try again at night' };
		simulator.addFault({ kind: 'status', status: 400, method: 'PUT', path, body });
		const { report, failure } = await rotate({ trunkGroup: 'rot-1' });
		expect(failure).toContain('Try again at night');
		expect(report?.lines).toMatchObject([{ outcome: 'not rotated' }]);
		expect(report?.open[0]).toContain('in force is still sipAuthenticationPassword of the secret');
		expect(holds(OLD)).toMatchObject({
			sipAuthenticationPassword: 'Before-1',
			nextSipAuthenticationPassword: expect.any(String) as string,
		});
		expect(outcomes((await rotate({ trunkGroup: 'rot-1' })).report)).toEqual({ [OLD]: 'rotated' });
		expectHanded(OLD, 'old-sip');
	});

	it('has the password in Vault also when the last write to Vault is refused', async () => {
		vault.fault = { ...sealed('POST'), skip: 1 };
		const { report, failure } = await rotate({ trunkGroup: 'rot-1' });
		expect(failure).toContain('not confirmed: Odin has the new password, and the secret has it');
		expect(outcomes(report)).toEqual({ [OLD]: 'not confirmed' });
		expect(holds(OLD)).toMatchObject({ nextSipAuthenticationPassword: passwordOf(OLD) });
		vault.fault = undefined;
		await rotate({ trunkGroup: 'rot-1' });
		expectHanded(OLD, 'old-sip');
	});

	it('has the password in Vault also when the answer of Odin is lost for good', async () => {
		const { simulator } = server();
		const path = '/users/authentication';
		simulator.addFault({ kind: 'lostAnswer', method: 'PUT', path });
		simulator.addFault({ kind: 'reset', method: 'PUT', path, times: 99 });
		const { report } = await rotate({ trunkGroup: 'rot-1' });
		simulator.clearFaults();
		expect(outcomes(report)).toEqual({ [OLD]: 'unknown' });
		expect(report?.open[0]).toContain(
			'The password in force is nextSipAuthenticationPassword of the secret, or sipAuthenticationPassword',
		);
		expect(holds(OLD)).toMatchObject({ nextSipAuthenticationPassword: passwordOf(OLD) });

		simulator.addFault({ kind: 'status', status: 400, method: 'PUT', path });
		const { report: again } = await rotate({ trunkGroup: 'rot-1' });
		expect(again?.open[0]).toContain('in force is still one of those in version 2 of the secret');
		expect(vault.secrets.get(pathOf(OLD))?.[1]?.data).toMatchObject({
			nextSipAuthenticationPassword: passwordOf(OLD),
		});
	});

	it('names who can not have one, and goes on with the others', async () => {
		const added = network().addUser({ ...GROUP, userId: WITHOUT, trunkGroup: 'rot-1' });
		const { report, failure } = await rotate();
		network().stores.users.remove(added);
		expect(outcomes(report)).toEqual({
			[OLD]: 'rotated',
			[NEW]: 'rotated',
			[WITHOUT]: 'not rotated',
		});
		expect(failure).toContain(`2 of 3 rotated. ${WITHOUT} not rotated: `);
		expect(failure).toMatch(/Authentication/);
	});

	it('goes on from a secret that was deleted', async () => {
		vault.put(pathOf(OLD), null);
		expect(outcomes((await rotate({ trunkGroup: 'rot-1' })).report)).toEqual({ [OLD]: 'rotated' });
		expectHanded(OLD, 'old-sip');
	});

	it.each([
		['a trunk group that is not there', { trunkGroup: 'rot-9' }, /has no trunk group rot-9$/],
		[
			'a trunk group without users',
			{ trunkGroup: 'rot-empty' },
			/No user is on trunk group rot-empty$/,
		],
		['a group that Odin does not have', { groupId: 'nowhere' }, /nowhere/],
	])('of %s fails, and says so', async (_, settings, reason) => {
		const { failure } = await rotate(settings);
		expect(failure).toMatch(reason);
		expect(writes(server().simulator)).toEqual([]);
	});

	/** Whether the password of a user is in the database of n8n or in its logs. */
	async function isStored(userId: string): Promise<boolean> {
		const folder = join(dirname(server().filesFolder), '.n8n');
		const files = await readdir(folder, { recursive: true, withFileTypes: true });
		const stored = await Promise.all(
			files
				.filter((file) => file.isFile() && /database|\.log$/.test(file.name))
				.map(async ({ parentPath, name }) => await readFile(join(parentPath, name))),
		);
		const asJson = JSON.stringify(passwordOf(userId)).slice(1, -1);
		return Buffer.concat(stored).includes(asJson);
	}

	it('leaves no password in what n8n stores', async () => {
		await rotate();
		// Where executions are saved, they have the passwords.
		expect((await isStored(OLD)) || (await isStored(NEW))).toBe(true);

		const id = await load({}, { saved: false });
		const { executionId } = await server().api.post<{ executionId: string }>(
			`/workflows/${id}/run`,
			{ triggerToStartFrom: { name: 'Try It' } },
		);
		const deadline = Date.now() + PATIENCE_MS;
		while (chat.received.length === 0 && Date.now() < deadline) await delay(100);
		expect(outcomes(chat.received.at(-1)?.body as Report)).toEqual({
			[OLD]: 'rotated',
			[NEW]: 'rotated',
		});
		chat.received.length = 0;
		// n8n answers without data for an execution that it does not have.
		const isThere = async () =>
			(await server()
				.api.get(`/executions/${executionId}`)
				.catch(() => undefined)) !== undefined;
		while ((await isThere()) && Date.now() < deadline) await delay(100);
		expect(await isThere()).toBe(false);
		expect(await isStored(OLD)).toBe(false);
		expect(await isStored(NEW)).toBe(false);
	});
}

const sealed = (method: string) => ({
	method,
	skip: 0,
	status: 503,
	body: { errors: ['Vault is sealed'] },
});

const page = () => ({ method: 'GET', skip: 0, status: 200, body: '<html>Log in</html>' });
