/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { resolve } from 'node:path';
import { startProcess } from '../../scripts/processes/childProcess';
import { Session } from '../../scripts/processes/session';

const CHECKOUT = resolve(__dirname, '../..');

test('the benchmark measures every contender against every target', async () => {
	const session = new Session();
	let output = '';
	try {
		const { ended } = startProcess(session, {
			file: process.execPath,
			args: ['--import', 'tsx', 'bench/index.ts', '--quick'],
			cwd: CHECKOUT,
			env: process.env,
			onOutput: (text) => (output += text),
		});
		expect({ status: await ended, output }).toMatchObject({ status: 0 });
	} finally {
		await session.end();
	}
	const rows = output.split('\n').filter((line) => line.startsWith('| '));
	expect(rows.filter((row) => /\| (yes|no) +\|$/.test(row))).toHaveLength(11);
	for (const contender of [
		'Odin node, concurrency 20',
		'axios without keep-alive',
		'Sequential',
		'Bare node',
	])
		expect(output).toContain(contender);
	// Of six columns are the measurements, of which the last is a count.
	expect(rows.filter((row) => /^(?:\|[^|]+){5}\| \d+ +\|$/.test(row))).toHaveLength(18);
	expect(output).not.toMatch(/NaN|undefined|Infinity/);
});
