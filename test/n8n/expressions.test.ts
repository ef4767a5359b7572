/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { resolve } from 'node:path';
import { prepareInstallation } from '../../scripts/n8n/installation';
import { runProcess } from '../../scripts/processes/childProcess';
import { Session } from '../../scripts/processes/session';

const CHECKOUT = resolve(__dirname, '../..');

/** On a new machine n8n is still on its way into the cache when the test begins. */
const MAX_MS = 1_800_000;

test(
	"the production engine gives the node the values of n8n's own reading",
	async () => {
		const session = new Session();
		try {
			const { node } = await prepareInstallation(session, () => {});
			const lines = await runProcess(
				session,
				{
					file: node,
					args: ['--import', 'tsx', 'test/engine/support/compareReads.ts'],
					cwd: CHECKOUT,
					env: { ...process.env, NODE_OPTIONS: '' },
				},
				(last) => last.join('\n'),
			);
			expect(Number(/equal, (\d+) values joined/.exec(lines.join('\n'))?.[1])).toBeGreaterThan(50);
		} finally {
			await session.end();
		}
	},
	MAX_MS,
);
