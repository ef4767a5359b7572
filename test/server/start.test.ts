/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findFreePorts } from '../../scripts/processes/ports';
import { startSimulator, type Simulator } from '../../simulator';
import { builtPackage } from '../engine/harness/builtPackage';
import { DemoCheckout } from '../n8n/demoCheckout';
import { CERTIFICATE, KEY } from '../simulator/certificate';

const CHECKOUT = resolve(__dirname, '../..');
const EXAMPLES = readdirSync(join(CHECKOUT, 'examples'))
	.sort()
	.map((file) => join(CHECKOUT, 'examples', file));
const FIRST_TRUNK_GROUP = /^First trunk group (\d+\.\d s|\d+ min \d+ s) after the start/m;

let checkout: DemoCheckout;
let typed: ChildProcess;

beforeAll(async () => {
	checkout = await DemoCheckout.make({ build: `cp -R '${builtPackage()}/dist' .` });
});

afterEach(async () => {
	if (typed.exitCode !== null || typed.signalCode !== null) return;
	process.kill(-typed.pid!, 'SIGTERM');
	await once(typed, 'close');
});

afterAll(async () => await checkout.remove());

/** A command as a person types it into a terminal. */
function type(command: string, settings: NodeJS.ProcessEnv = {}) {
	const terminal = spawn('bash', ['-c', command], {
		cwd: checkout.folder,
		// A group of its own: what a terminal sends Ctrl-C to.
		detached: true,
		env: { ...process.env, ...settings },
	});
	typed = terminal;
	let output = '';
	for (const stream of [terminal.stdout, terminal.stderr]) {
		stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
	}
	const ended = once(terminal, 'close').then(([status]) => ({ status: status as number, output }));
	const prints = async (words: string) => {
		while (!output.includes(words)) {
			await Promise.race([
				once(terminal.stdout, 'data'),
				ended.then(() => Promise.reject(new Error(output))),
			]);
		}
		return output;
	};
	return { ended, prints, pressCtrlC: () => process.kill(-terminal.pid!, 'SIGINT') };
}

test('the demo shows a trunk group and the time it took, takes another ticket, and ends with Ctrl-C', async () => {
	const [port = 0] = await findFreePorts(1);
	const demo = type(`npm start -- --port ${port} --keep`, { ODIN_BASE_URL: '' });
	const printed = await demo.prints('Ctrl-C ends everything');
	expect(printed).toMatch(FIRST_TRUNK_GROUP);
	expect(printed).toContain(`Editor    http://127.0.0.1:${port}/workflow/`);

	const examples = [...printed.matchAll(/^ {2}(.+?) +(http:\S+\/workflow\/\w+)$/gm)];
	expect(examples.map(([, name]) => name)).toEqual([
		'Editor',
		...EXAMPLES.map((file) => (JSON.parse(readFileSync(file, 'utf8')) as { name: string }).name),
	]);
	expect(printed).toMatch(/^ {2}acme-ent\n {4}acme-hq +call capacity 100 /m);
	expect(printed).toMatch(/^ {4}globex-north .*north-trunk-1$/m);
	const [form = ''] = /http:\S+\/form\/\S+/.exec(printed) ?? [];
	expect(await (await fetch(form)).text()).toContain('Trunk groups from a spreadsheet');

	const [, anotherTicket = ''] = printed.split('from a second terminal:');
	const [curl = ''] = anotherTicket.trim().split('\n\n');
	const answer = execFileSync('bash', ['-c', `${curl.replace('curl', 'curl -s')}`]);
	expect(JSON.parse(answer.toString())).toMatchObject({
		profile: { name: 'acme-hq-trunk-1-b', maxActiveCalls: 10 },
	});

	demo.pressCtrlC();
	const { output } = await demo.ended;
	const kept = /user folder is kept: (.*)/.exec(output)?.[1] ?? '';
	expect(existsSync(kept)).toBe(true);
	rmSync(kept, { recursive: true });
});

describe('with an Odin of its own, as in a lab', () => {
	let simulator: Simulator;
	let settings: NodeJS.ProcessEnv;

	beforeEach(async () => {
		simulator = await startSimulator({ https: { key: KEY, cert: CERTIFICATE } });
		settings = {
			ODIN_BASE_URL: simulator.baseUrl,
			ODIN_USERNAME: simulator.username,
			ODIN_PASSWORD: simulator.password,
			ODIN_ALLOW_UNAUTHORIZED_CERTS: 'true',
		};
	});

	afterEach(async () => await simulator.close());

	test('the demo asks for the session and creates nothing', async () => {
		const { status, output } = await type('npm start -- --once', settings).ended;
		expect(output).toContain('Nothing was created there');
		expect(status).toBe(0);
		const writes = simulator.requests.filter(({ method }) => method !== 'GET');
		expect(new Set(writes.map(({ path }) => path))).toEqual(new Set(['/auth/token']));
	});

	test('the demo creates the trunk group that is named, and no other', async () => {
		const target = {
			ODIN_SERVICE_PROVIDER: 'acme-ent',
			ODIN_GROUP: 'acme-hq',
			ODIN_TRUNK_GROUP: 'named-here',
		};
		const { status, output } = await type('npm start -- --once', { ...settings, ...target }).ended;
		expect(output).toMatch(FIRST_TRUNK_GROUP);
		expect(status).toBe(0);
		const created = simulator.requests.filter(
			({ method, path }) => method === 'POST' && path.endsWith('/trunk-groups'),
		);
		expect(created.map(({ body }) => body)).toEqual([
			expect.objectContaining({ groupId: 'acme-hq', name: 'named-here' }),
		]);
	});
});
