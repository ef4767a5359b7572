/* eslint-disable @n8n/community-nodes/no-restricted-globals */

/** How often a property is tried. FC_RUNS tries more: FC_RUNS=500 FC_SEED=7 npm run test:jest -- anyInput */
export const propertyRuns = (numRuns: number): { numRuns: number } => ({
	numRuns: Number(process.env.FC_RUNS ?? numRuns),
});
