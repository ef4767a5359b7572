import { N8N_VERSION } from '../../scripts/n8n/installation';
import { DemoCheckout } from './demoCheckout';

const STAND_INS = {
	check: 'echo the checks ran',
	'test:jest': 'echo the tests ran',
	start: 'echo the demo ran with',
};

async function ranIn(checkout: DemoCheckout, command: string) {
	const typed = checkout.type(command);
	const status = await typed.status();
	return { status, output: typed.output, leftovers: await checkout.leftovers() };
}

async function run(command: string, scripts: Record<string, string> = {}) {
	const checkout = await DemoCheckout.make({ ...STAND_INS, ...scripts });
	try {
		return await ranIn(checkout, command);
	} finally {
		await checkout.remove();
	}
}

test('npm test -- --no-install leaves the machine alone, and says at the end what did not run', async () => {
	const { status, output, leftovers } = await run('npm test -- --no-install');
	expect(status).toBe(0);
	expect(output).toContain('the checks ran\n');
	expect(output).toContain('the tests ran\n');
	expect(output).not.toContain('the demo ran with');
	expect(output.trimEnd()).toMatch(
		new RegExp(`Did not run:\\n- npm start -- --once: n8n ${N8N_VERSION} is not on this machine$`),
	);
	expect(leftovers).toEqual([]);
});

test('no part of it is told of a real Odin', async () => {
	const scripts = { 'test:jest': 'echo "asks ${ODIN_USERNAME:-the simulator}"' };
	const { output } = await run('ODIN_USERNAME=admin npm test -- --no-install', scripts);
	expect(output).toContain('asks the simulator\n');
});

test('what does not pass is named, and does not keep the rest from running', async () => {
	const { status, output } = await run('npm test -- --no-install', { check: 'echo no; exit 2' });
	expect(status).toBe(1);
	expect(output).toMatch(/npm run check did not pass after/);
	expect(output).toMatch(/npm run test:jest passed after/);
});

test('an option that is not one is answered with the usage', async () => {
	const { status, output } = await run('npm test -- --no-instal');
	expect(status).toBe(1);
	expect(output).toContain('npm test -- --no-install ');
	expect(output).not.toContain('ran');
});
