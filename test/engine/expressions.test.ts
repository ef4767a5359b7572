import fc from 'fast-check';

import { Engine } from './harness';
import { cases, ExpressionReads } from './support/expressionReads';

let reads: ExpressionReads;

beforeAll(async () => {
	reads = await ExpressionReads.start();
});
afterAll(async () => await reads.stop());

it('reads every parameter as n8n does, whatever expressions stand in it', async () => {
	await fc.assert(
		fc.asyncProperty(cases, async (data) => {
			expect(await reads.compare(data)).toEqual([]);
		}),
		{ numRuns: 150 },
	);
	expect(reads.joinedValues).toBeGreaterThan(100);
});

it('is spared what n8n does to values after the evaluation, which a joined value does not go through', async () => {
	const engine = await Engine.start();
	expect(JSON.stringify(engine.description())).not.toMatch(/"(validateType|extractValue)"/);
	await engine.stop();
});
