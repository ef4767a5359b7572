/* eslint-disable no-console, @n8n/community-nodes/no-restricted-globals */
import fc from 'fast-check';

import { cases, ExpressionReads } from './expressionReads';

/** The comparison of expressions.test.ts in n8n's production engine, which jest's Node can't load. */
async function main(): Promise<void> {
	const reads = await ExpressionReads.start({ expressionEngine: 'vm' });
	try {
		await fc.assert(
			fc.asyncProperty(cases, async (data) => {
				const differences = await reads.compare(data);
				if (differences.length > 0) throw new Error(JSON.stringify(differences, null, '\t'));
			}),
			{ numRuns: 100 },
		);
		console.log(`equal, ${reads.joinedValues} values joined`);
	} finally {
		await reads.stop();
	}
}

void main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
