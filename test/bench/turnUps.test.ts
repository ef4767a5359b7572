import { turnUpSection } from '../../bench/report';
import { countTurnUps } from '../../bench/turnUps';

test('the requests of a turn-up grow with rows and with users, each for itself', async () => {
	const costs = await countTurnUps();
	for (const run of ['first', 'again'] as const) {
		const [one, users, rows, both] = costs.map((cost) => cost[run]) as [
			number,
			number,
			number,
			number,
		];
		const ofUser = (users - one) / 9;
		const ofRow = (rows - one) / 9 - ofUser;
		expect(ofUser).toBeLessThanOrEqual(run === 'first' ? 9 : 3);
		expect(ofRow).toBeLessThanOrEqual(run === 'first' ? 24 : 12);
		// A row costs the same however many users the others have.
		expect(both).toBe(one + 9 * ofRow + 99 * ofUser);
	}
	expect(turnUpSection(costs)).toContain('| 10 | 10 |');
}, 120_000);
