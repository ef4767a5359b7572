/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
	appendFileSync,
	existsSync,
	mkdtempSync,
	readFileSync,
	realpathSync,
	rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CHECKOUT, makeSmallCheckout } from './checkout';

let folder: string;
let gulp: ChildProcess;

afterEach(async () => {
	gulp.kill();
	if (gulp.exitCode === null) await once(gulp, 'exit');
	rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

test('npm run watch builds again after a change', async () => {
	folder = realpathSync(mkdtempSync(join(tmpdir(), 'n8n-nodes-odin-watch-')));
	const copy = join(folder, 'checkout');
	makeSmallCheckout(copy);
	gulp = spawn(process.execPath, [join(CHECKOUT, 'node_modules/gulp/bin/gulp.js'), 'watch'], {
		cwd: copy,
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	let printed = '';
	gulp.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
	while (!printed.includes("Starting 'watchSources'")) await pause(100);

	const compiled = join(copy, 'dist/nodes/Odin/Odin.node.js');
	const hasChange = (): boolean =>
		existsSync(compiled) && readFileSync(compiled, 'utf8').includes('changedWhileWatching');
	// The watcher does not say when it is ready, so the change is made until it is seen.
	for (let change = 0; !hasChange() && change < 8; change += 1) {
		const line = `export const changedWhileWatching${change} = true;\n`;
		appendFileSync(join(copy, 'nodes/Odin/Odin.node.ts'), line);
		for (let wait = 0; !hasChange() && wait < 60; wait += 1) await pause(100);
	}
	expect(hasChange()).toBe(true);
}, 120_000);
