/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import fc from 'fast-check';
import { propertyRuns } from './propertyRuns';

/** All properties see the same values in every run, so that a red test stays red. FC_SEED tries others. */
fc.configureGlobal({
	seed: Number(process.env.FC_SEED ?? 20_260_701),
	...propertyRuns(100),
	// That it fails is enough for npm run mutation.
	endOnFailure: process.env.FC_SHRINK === 'false',
});
