/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RealN8n } from '../support/realN8n';
import { readCsv } from './support/csv';
import { importExample } from './support/exampleWorkflow';
import { runByHand } from './support/manualRun';
import { writes } from './support/writes';

const DESIRED = 'desired-trunk-groups.json';
const SOUTH = { serviceProviderId: 'globex-ent', groupId: 'globex-south' };
/** One that the simulator has from the start. */
const FIRST = { ...SOUTH, name: 'south-trunk-1', fields: {} };
const IN_SYNC = { ...SOUTH, name: 'audit-1', fields: { maxActiveCalls: 3 } };
const DRIFTED = {
	...SOUTH,
	name: 'audit-2',
	fields: { maxActiveCalls: 5, invitationTimeout: 8, allowUnscreenedCalls: false },
};
const MISSING = { ...SOUTH, name: 'audit-3', fields: { maxActiveCalls: 5 } };
const AS_IT_IS = { ...SOUTH, name: 'audit-2', fields: { maxActiveCalls: 4 } };
const UNREADABLE = { serviceProviderId: 'acme-ent', groupId: 'acme-lab', name: 'a', fields: {} };

export function nightlyAudit(server: () => RealN8n): void {
	let workflowId: string;

	beforeAll(async () => {
		const { network } = server().simulator;
		network.addTrunkGroup({ ...SOUTH, name: 'audit-1', maxActiveCalls: 3 });
		network.addTrunkGroup({
			...SOUTH,
			name: 'audit-2',
			maxActiveCalls: 4,
			allowUnscreenedCalls: true,
			invitationTimeout: 8,
		});
		workflowId = await importExample(server(), 'nightly-audit.json', {
			settings: { folder: server().filesFolder },
		});
	});

	/** Runs the audit with a file of desired states. Returns the lines of the report, if there is one. */
	async function audit(desired: object[]): Promise<Array<Record<string, string>> | undefined> {
		const folder = server().filesFolder;
		await writeFile(join(folder, DESIRED), JSON.stringify([FIRST, ...desired]));
		await runByHand(server().api, workflowId, 'Try It');
		return await takeReport();
	}

	/** The lines of the report, if there is one, which is then removed. */
	async function takeReport(): Promise<Array<Record<string, string>> | undefined> {
		const folder = server().filesFolder;
		const report = (await readdir(folder)).find((name) => name.startsWith('drift-'));
		if (report === undefined) return undefined;
		const lines = readCsv(await readFile(join(folder, report), 'utf8'));
		await rm(join(folder, report));
		return lines;
	}

	it('reports a line for each difference, and writes nothing to Odin', async () => {
		const audited = { serviceProviderId: 'globex-ent', groupId: 'globex-south' };
		const drifted = { ...audited, trunkGroup: 'audit-2', note: '' };
		expect(await audit([IN_SYNC, DRIFTED, MISSING])).toEqual([
			{ ...drifted, field: 'maxActiveCalls', expected: '5', actual: '4' },
			{ ...drifted, field: 'allowUnscreenedCalls', expected: 'false', actual: 'true' },
			{
				...audited,
				trunkGroup: 'audit-3',
				field: '',
				expected: 'exists',
				actual: 'missing',
				note: '',
			},
		]);
		expect(writes(server().simulator)).toEqual([]);
	});

	it('reports what could not be compared', async () => {
		const note = expect.stringContaining('acme-lab') as string;
		expect(await audit([IN_SYNC, AS_IT_IS, UNREADABLE])).toMatchObject([
			{ groupId: 'acme-lab', trunkGroup: 'a', field: '', note },
			{ groupId: 'acme-lab', trunkGroup: '', field: '', note },
		]);
	});

	it('reports a trunk group that the file does not know', async () => {
		expect(await audit([IN_SYNC])).toEqual([
			{
				serviceProviderId: 'globex-ent',
				groupId: 'globex-south',
				trunkGroup: 'audit-2',
				field: '',
				expected: 'missing',
				actual: 'exists',
				note: 'not in the file',
			},
		]);
	});

	it.each([
		['is missing', undefined, /desired-trunk-groups\.json is missing$/],
		['is empty', '', /lists no trunk groups$/],
		['is no JSON', '[{', /is no JSON$/],
		['lists nothing', '[]', /lists no trunk groups$/],
		['is no list', '{"name":"x"}', /lists no trunk groups$/],
		['has an entry of null', '[null]', /entry 1 needs/],
		[
			'says nothing of the fields',
			JSON.stringify([FIRST, { ...SOUTH, name: 'x' }]),
			/entry 2 needs/,
		],
		['has an empty name', JSON.stringify([{ ...FIRST, name: ' ' }]), /entry 1 needs/],
	])('fails when its file %s', async (_, content, reason) => {
		const file = join(server().filesFolder, DESIRED);
		await rm(file, { force: true });
		if (content !== undefined) await writeFile(file, content);
		await expect(runByHand(server().api, workflowId, 'Try It')).rejects.toThrow(reason);
		expect(await takeReport()).toBeUndefined();
	});

	it('fails when nothing could be compared, and its report says why', async () => {
		const { simulator } = server();
		simulator.addFault({ kind: 'status', status: 400, method: 'GET', times: 99 });
		await expect(audit([IN_SYNC])).rejects.toThrow(/^The workflow ended at Nothing Compared/);
		simulator.clearFaults();
		const report = await takeReport();
		expect(report?.map(({ trunkGroup }) => trunkGroup)).toEqual(['south-trunk-1', 'audit-1', '']);
	});

	it('writes no report when nothing drifted', async () => {
		expect(await audit([IN_SYNC, AS_IT_IS])).toBeUndefined();
	});
}
