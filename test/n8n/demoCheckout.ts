/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
	cp,
	mkdir,
	mkdtemp,
	readdir,
	readFile,
	realpath,
	rm,
	symlink,
	writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const CHECKOUT = resolve(__dirname, '../..');

/** The scripts in a folder of their own, where some are stand-ins; the cache and the temporary folder are empty. */
export class DemoCheckout {
	private constructor(readonly folder: string) {}

	get cache(): string {
		return join(this.folder, 'cache');
	}

	get temporary(): string {
		return join(this.folder, 'tmp');
	}

	/** What a start left in the cache and, besides tsx, in the temporary folder. */
	async leftovers(): Promise<string[]> {
		const temporary = await readdir(this.temporary);
		const cache = await readdir(this.cache).catch(() => []);
		return [...temporary.filter((name) => !name.startsWith('tsx-')), ...cache];
	}

	/** @param scripts stand-ins for scripts of package.json, such as the build */
	static async make(scripts: Record<string, string>): Promise<DemoCheckout> {
		const folder = await mkdtemp(join(await realpath(tmpdir()), 'odin-demo-test-'));
		for (const name of ['scripts', 'simulator', 'examples']) {
			await cp(join(CHECKOUT, name), join(folder, name), { recursive: true });
		}
		await symlink(join(CHECKOUT, 'node_modules'), join(folder, 'node_modules'));
		const manifest = JSON.parse(await readFile(join(CHECKOUT, 'package.json'), 'utf8'));
		Object.assign(manifest.scripts, scripts);
		await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
		const checkout = new DemoCheckout(folder);
		await mkdir(checkout.temporary);
		return checkout;
	}

	start(args: string[], env: NodeJS.ProcessEnv = {}): RunningDemo {
		return this.run(process.execPath, ['--import', 'tsx', 'scripts/start.ts', ...args], env);
	}

	/** A command as a person types it. */
	type(command: string): RunningDemo {
		return this.run('bash', ['-c', command]);
	}

	private run(file: string, args: string[], env: NodeJS.ProcessEnv = {}): RunningDemo {
		const own = { N8N_NODES_ODIN_CACHE: this.cache, TMPDIR: this.temporary, ODIN_BASE_URL: '' };
		// npm would leave that one behind.
		const noCache = { NODE_DISABLE_COMPILE_CACHE: '1' };
		const options = { cwd: this.folder, env: { ...process.env, ...own, ...noCache, ...env } };
		return new RunningDemo(spawn(file, args, options));
	}

	async remove(): Promise<void> {
		await rm(this.folder, { recursive: true, force: true });
	}
}

export class RunningDemo {
	output = '';

	constructor(readonly process: ChildProcess) {
		for (const stream of [process.stdout, process.stderr]) {
			stream?.on('data', (chunk: Buffer) => {
				this.output += chunk.toString();
			});
		}
	}

	/** The exit status, once the demo has ended. */
	async status(): Promise<number> {
		const [code] = (await once(this.process, 'close')) as [number];
		return code;
	}
}
