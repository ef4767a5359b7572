/* eslint-disable @n8n/community-nodes/no-restricted-globals */

/**
 * The same runs every time, so that a red test stays red; fast-check prints seed and path of a failure. FC_SEED and
 * FC_RUNS try others: FC_RUNS=500 FC_SEED=7 npx jest test/engine/badInput.test.ts
 */
export const propertyRuns = (numRuns: number): { seed: number; numRuns: number } => ({
	seed: Number(process.env.FC_SEED ?? 20_260_701),
	numRuns: Number(process.env.FC_RUNS ?? numRuns),
});
