/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { Failure } from '../../scripts/processes/failure';
import { runCampaign } from './campaign';
import { runChangeCampaign } from './changes/campaign';
import { runReadingCampaign } from './readings/campaign';
import { runSipTrunkCampaign } from './sipTrunks/campaign';
import { soak } from './soak';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

void soak(process.argv.slice(2), {
	runCampaign,
	runSipTrunkCampaign,
	runChangeCampaign,
	runReadingCampaign,
	print,
})
	.catch((reason: unknown) => {
		print(reason instanceof Failure ? reason.message : String((reason as Error).stack ?? reason));
		return false;
	})
	.then((isGood) => process.exit(isGood ? 0 : 1));
