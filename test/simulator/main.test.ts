/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { type Simulator, startSimulator } from '../../simulator';
import { clientOf } from './odinClient';

const ROOT = join(__dirname, '..', '..');

function run(...flags: string[]) {
	// Without tsx's own process in between, which passes a signal on only while the machine is quick.
	const child = spawn(process.execPath, ['--import', 'tsx', 'simulator/main.ts', ...flags], {
		cwd: ROOT,
	});
	const output = { out: '', err: '' };
	child.stdout.setEncoding('utf8').on('data', (text: string) => (output.out += text));
	child.stderr.setEncoding('utf8').on('data', (text: string) => (output.err += text));
	const ended = once(child, 'close').then(([code]) => ({ code: code as number, ...output }));
	const says = async (pattern: RegExp) => {
		for (;;) {
			const match = pattern.exec(output.out);
			if (match) return match;
			await Promise.race([
				once(child.stdout, 'data'),
				ended.then(() => Promise.reject(output.err)),
			]);
		}
	};
	return { child, ended, says };
}

test('it tells address and login, answers there, and ends on SIGTERM', async () => {
	const { child, ended, says } = run('--port', '0', '--strict', '--empty');
	const [, baseUrl = ''] = await says(/Base URL\s+(\S+)/);
	const [, username] = await says(/Username\s+(\S+)/);
	const [, password] = await says(/Password\s+(\S+)/);
	await says(/curl .*\n.*curl /);
	expect(baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v2$/);
	const { status } = await clientOf({ baseUrl } as Simulator).post('/auth/token', {
		username,
		password,
	});
	expect(status).toBe(200);
	child.kill('SIGTERM');
	expect((await ended).code).toBe(0);
});

test('a taken port is said plainly', async () => {
	const other = await startSimulator();
	const { port } = new URL(other.url);
	const { code, err } = await run('--port', port).ended;
	expect([code, err]).toEqual([1, expect.stringContaining(`Port ${port} is taken`)]);
	expect(err).not.toContain('at ');
	await other.close();
});

test.each([
	[['--port', 'x'], '--port wants a number, not x'],
	[['--nonsense'], '--nonsense'],
])('%j is refused with the usage', async (flags, words) => {
	const { code, err } = await run(...flags).ended;
	expect(code).toBe(1);
	expect(err).toContain(words);
	expect(err).toContain('--rate-limit N');
});
