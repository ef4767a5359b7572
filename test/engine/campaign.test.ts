/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { FaultCandidate } from '../../simulator';
import { runCampaign } from '../soak/campaign';
import { FaultSchedule } from '../soak/faultSchedule';
import { runChangeCampaign } from '../soak/changes/campaign';
import { runReadingCampaign } from '../soak/readings/campaign';
import { complaint } from '../soak/report';
import { runSipTrunkCampaign } from '../soak/sipTrunks/campaign';

/** `CAMPAIGN_SEED` tries another one. */
const SEED = Number(process.env.CAMPAIGN_SEED ?? 2026);
/** `npm run soak` runs larger campaigns. */
const TRUNK_GROUPS = 600;
const SIP_TRUNKS = 48;
const CHANGES = 32;
const READS = 90;

describe('a campaign of faults', () => {
	it('ends with each wanted trunk group exactly once, one item out for each item in, and no message untrue', async () => {
		const options = { seed: SEED, trunkGroups: TRUNK_GROUPS };
		const result = await runCampaign(options);
		expect(complaint({ seed: SEED, 'trunk-groups': TRUNK_GROUPS }, result)).toBe('');
		expect(result.trunkGroups).toBe(TRUNK_GROUPS);
		// A campaign that meets little shows little.
		expect(result.unmet).toEqual([]);
		expect(result.errorItems).toBeGreaterThan(TRUNK_GROUPS / 20);
		expect(result.logins).toBeGreaterThan(10);
	}, 300_000);

	it('turns SIP trunks up and down, killed and stopped anywhere, to each trunk once and no message untrue', async () => {
		const result = await runSipTrunkCampaign({ seed: SEED, sipTrunks: SIP_TRUNKS });
		expect(complaint({ seed: SEED, 'sip-trunks': SIP_TRUNKS }, result)).toBe('');
		expect(result.killed + result.stopped).toBeGreaterThan(0);
		expect(result.met.size).toBeGreaterThan(20);
	}, 300_000);

	it('writes what was approved or nothing, and undoes it to what was there before or tells what is left', async () => {
		const result = await runChangeCampaign({ seed: SEED, changes: CHANGES });
		expect(complaint({ seed: SEED, changes: CHANGES }, result)).toBe('');
		const { written, undone, approved, refused, retried, killed, stopped } = result;
		expect(Math.min(written, undone, approved)).toBeGreaterThan(CHANGES / 2);
		expect(Math.min(refused, retried, killed + stopped)).toBeGreaterThan(0);
		expect(result.met.size).toBeGreaterThan(20);
	}, 300_000);

	it('finds nothing untrue, and tells what could not be looked at', async () => {
		const result = await runReadingCampaign({ seed: SEED, reads: READS });
		expect(complaint({ seed: SEED, reads: READS }, result)).toBe('');
		expect(Math.min(result.told, result.missing)).toBeGreaterThan(0);
		expect(result.met.size).toBeGreaterThan(15);
	}, 300_000);

	it('meets the same faults in whatever order requests arrive', () => {
		const path = '/groups/trunk-groups';
		const requests = Array.from({ length: 300 }, (_, index): FaultCandidate => {
			const name = `create-${index % 60}`;
			const more = { path, sequence: index, hasSession: () => true };
			return index % 3 === 0
				? { ...more, method: 'GET', query: { name }, body: undefined }
				: { ...more, method: 'POST', query: {}, body: { name } };
		});
		const met = (order: FaultCandidate[]): string[] => {
			const schedule = new FaultSchedule(SEED, 'http://127.0.0.1:9', {
				created: ['create-1', 'create-2'],
				updated: [],
			});
			return order
				.map((request) => {
					const name = request.query.name ?? (request.body as { name: string }).name;
					return `${request.method} ${name} ${JSON.stringify(schedule.decide(request) ?? {})}`;
				})
				.sort();
		};
		const faults = met(requests);
		expect(met([...requests].reverse())).toEqual(faults);
		expect(faults.filter((line) => line.includes('kind')).length).toBeGreaterThan(20);
	});
});
