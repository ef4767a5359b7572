/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import fc from 'fast-check';

import { Engine } from './harness';
import { cases, ExpressionReads } from './support/expressionReads';
import { propertyRuns } from '../propertyRuns';

/** The one of production, isolated-vm, has builds for Node 24 and 26 only. */
const isOnNode24 = Number(process.versions.node.split('.')[0]) >= 24;

describe.each(isOnNode24 ? (['legacy', 'vm'] as const) : (['legacy'] as const))(
	'with the %s expression engine',
	(expressionEngine) => {
		let reads: ExpressionReads;

		beforeAll(async () => {
			reads = await ExpressionReads.start({ expressionEngine });
		});
		afterAll(async () => await reads.stop());

		it('reads every parameter as n8n does, whatever expressions stand in it', async () => {
			await fc.assert(
				fc.asyncProperty(cases, async (data) => {
					expect(await reads.compare(data)).toEqual([]);
				}),
				propertyRuns(125),
			);
			expect(reads.joinedValues).toBeGreaterThan(75);
		});

		it.each([
			['none', 'the item', '$json', 0],
			['one an item', 'the data of another node', "$('Data').item.json", 2],
		])('has n8n evaluate %s for paths in %s', async (_, __, root, evaluations) => {
			const before = reads.evaluations;
			const differences = await reads.compare({
				parameters: {
					name: `={{ ${root}.a }}`,
					calls: `={{ ${root}["b"].c }}`,
					section: { first: `={{ ${root}.missing }}` },
				},
				items: [{ a: 'x', b: { c: 0 } }, { a: 'y' }],
				paired: true,
			});
			expect(differences).toEqual([]);
			expect(reads.evaluations - before).toBe(evaluations);
		});
	},
);

it('is spared what n8n does to values after the evaluation, which a joined value does not go through', async () => {
	const engine = await Engine.start();
	expect(JSON.stringify(engine.description())).not.toMatch(/"(validateType|extractValue)"/);
	await engine.stop();
});
