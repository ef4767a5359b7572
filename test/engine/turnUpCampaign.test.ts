/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { runSipTrunkCampaign } from '../soak/sipTrunks/campaign';

const SEED = Number(process.env.CAMPAIGN_SEED ?? 2026);
const SIP_TRUNKS = Number(process.env.SIP_TRUNKS ?? 48);

it('turn-ups through faults, killed and stopped anywhere, end with each trunk once and no message untrue', async () => {
	const result = await runSipTrunkCampaign({ seed: SEED, sipTrunks: SIP_TRUNKS });
	console.log({ ...result, violations: result.violations.length });
	expect(result.violations.slice(0, 20)).toEqual([]);
}, 900_000);
