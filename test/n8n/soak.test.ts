/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { resolve } from 'node:path';

import { startProcess } from '../../scripts/processes/childProcess';
import { Session } from '../../scripts/processes/session';
import type { CampaignOptions, CampaignResult } from '../soak/campaign';
import { soak } from '../soak/soak';

const CHECKOUT = resolve(__dirname, '../..');

async function runSoak(...options: string[]): Promise<{ status: number | string; output: string }> {
	const session = new Session();
	let output = '';
	try {
		const { ended } = startProcess(session, {
			file: process.execPath,
			args: ['--import', 'tsx', 'test/soak/index.ts', ...options],
			cwd: CHECKOUT,
			env: process.env,
			onOutput: (text) => (output += text),
		});
		return { status: await ended, output };
	} finally {
		await session.end();
	}
}

test('some of each campaign end as they must', async () => {
	const { status, output } = await runSoak(
		...['--seed', '5', '--sip-trunks', '4', '--changes', '6', '--reads', '3'],
		...['--trunk-groups', '20'],
	);
	expect({ status, output }).toMatchObject({ status: 0 });
	const lines = output.split('\n').map((line) => line.replace(/, .* faults of .*: /, ' … '));
	expect(lines).toEqual([
		expect.stringMatching(/^Seed 5: 4 SIP trunks turned up and \d taken down … as it must be$/),
		expect.stringMatching(/^Seed 5: \d changes written and \d undone … as it must be$/),
		expect.stringMatching(/^Seed 5: \d+ audits and searches for references … as it must be$/),
		'Seed 5: 20 trunk groups … as it must be',
		expect.stringMatching(/^Done: 20 trunk/),
		'',
	]);
}, 120_000);

test('an option that is not one is answered with the usage', async () => {
	const { status, output } = await runSoak('--trunk-groups', 'many');
	expect(status).toBe(1);
	expect(output).toContain("--trunk-groups takes a whole number, not 'many'");
}, 60_000);

describe('the campaigns', () => {
	const asItMustBe: Omit<CampaignResult, 'trunkGroups'> = {
		violations: [],
		met: new Map([['hang', 3]]),
		unmet: [],
		executions: 1,
		errorItems: 1,
		requests: 1,
		logins: 1,
	};

	async function run(args: string[], violationsOf: (seed: number) => string[] = () => []) {
		const campaigns: CampaignOptions[] = [];
		const lines: string[] = [];
		const nobodyAsked = async () => await Promise.reject(new Error('Nobody asked for it'));
		const none = ['--sip-trunks', '0', '--changes', '0', '--reads', '0'];
		const isGood = await soak([...args, ...none], {
			runSipTrunkCampaign: nobodyAsked,
			runChangeCampaign: nobodyAsked,
			runReadingCampaign: nobodyAsked,
			runCampaign: async (options) => {
				campaigns.push(options);
				const { seed, trunkGroups } = options;
				return { ...asItMustBe, trunkGroups, violations: violationsOf(seed) };
			},
			print: (line) => lines.push(line),
		});
		return { campaigns, isGood, text: lines.join('\n') };
	}

	test('count the seed up until all trunk groups are done', async () => {
		const { campaigns, isGood, text } = await run(['--seed', '7', '--trunk-groups', '4500']);
		expect(campaigns).toEqual([
			{ seed: 7, trunkGroups: 2000 },
			{ seed: 8, trunkGroups: 2000 },
			{ seed: 9, trunkGroups: 500 },
		]);
		expect(isGood).toBe(true);
		expect(text).toContain('Done: 4500 trunk groups through 9 faults');
	});

	test('end when the time is up, after one at least', async () => {
		const { campaigns, isGood } = await run(['--seed', '7', '--minutes', '0']);
		expect(campaigns).toHaveLength(1);
		expect(isGood).toBe(true);
	});

	test('end where something is wrong, with what and how to see it again', async () => {
		const wrong = Array.from({ length: 22 }, (_, index) => `x-${index} was created 2 times`);
		const { campaigns, isGood, text } = await run(['--seed', '7'], (seed) =>
			seed === 8 ? wrong : [],
		);
		expect(campaigns).toHaveLength(2);
		expect(isGood).toBe(false);
		expect(text).toContain(
			'npm run soak -- --seed 8 --sip-trunks 0 --changes 0 --reads 0 --trunk-groups 2000',
		);
		expect(text).toContain('x-0 was created 2 times');
		expect(text).toMatch(/and 2 more$/);
	});
});
