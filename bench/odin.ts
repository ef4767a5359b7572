/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import type { Account, FromSimulator, ToSimulator, Traffic } from './simulatorMessages';

/** The simulated Odin that everybody creates trunk groups in. It ends with this process. */
export class Odin {
	private constructor(
		private readonly child: ChildProcess,
		readonly account: Account,
	) {}

	static async start(): Promise<Odin> {
		const child = fork(join(__dirname, 'simulatorProcess.ts'), {
			execArgv: ['--import', 'tsx'],
		});
		const message = await nextMessage(child);
		if (message.kind !== 'started') throw new Error('The simulator did not start.');
		return new Odin(child, message.account);
	}

	/** Removes what was created and forgets all requests. */
	async clear(): Promise<void> {
		await this.ask('clear');
	}

	async traffic(): Promise<Traffic> {
		const message = await this.ask('traffic');
		if (message.kind !== 'traffic') throw new Error('The simulator does not tell its traffic.');
		return message;
	}

	async stop(): Promise<void> {
		this.child.disconnect();
		await once(this.child, 'exit');
	}

	private async ask(message: ToSimulator): Promise<FromSimulator> {
		const answer = nextMessage(this.child);
		this.child.send(message);
		return await answer;
	}
}

async function nextMessage(child: ChildProcess): Promise<FromSimulator> {
	const [message] = (await once(child, 'message')) as [FromSimulator];
	return message;
}
