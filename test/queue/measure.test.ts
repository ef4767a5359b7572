import { execute } from '../gates/checkout';

test('the work of a ticket in every part of the cluster is measured, and the logins', async () => {
	const printed = await execute('bash', ['-c', 'npm run measure:queue -- --tickets 5']);
	const rows = printed.split('\n').filter((line) => /^│ +\d/.test(line));
	expect(rows).toHaveLength(7);
	for (const part of ['main', 'workers', 'PostgreSQL', 'Redis'])
		expect(printed).toContain(`${part}: ms a ticket`);
	// The column of the trunk groups that were created.
	for (const row of rows) expect(row.split('│').map((cell) => cell.trim())[4]).toBe('5');
	expect(printed).not.toMatch(/NaN|undefined/);
});
