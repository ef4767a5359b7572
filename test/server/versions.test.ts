import { describeOutcomes } from '../../scripts/compatibility/table';
import { N8N_VERSION, prepareInstallation } from '../../scripts/n8n/installation';
import { Session } from '../../scripts/processes/session';
import { execute } from '../gates/checkout';

const session = new Session();

afterAll(async () => await session.end());

test('the n8n of the demo is tried as every other one, and has everything', async () => {
	const printed = await execute('bash', ['-c', `npm run test:versions -- ${N8N_VERSION}`]);
	expect(printed).toContain(describeOutcomes(new Map([[N8N_VERSION, new Map()]])));
});

test('the engine tests run on the engine of an n8n that was tried', async () => {
	const { folder } = await prepareInstallation(session, () => {});
	const command = `ENGINE_FOLDER=${folder} npx jest test/engine`;
	await execute('bash', ['-c', `${command}/lookups.test.ts`]);
	const elsewhere = command.replace(folder, `${folder}/n8n-of-nobody`);
	await expect(execute('bash', ['-c', `${elsewhere}/lookups.test.ts`])).rejects.toThrow();
});
