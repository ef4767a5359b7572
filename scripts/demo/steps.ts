/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error */
import type { WriteStream } from 'node:tty';
import type { Session } from '../processes/session';

const TITLE_WIDTH = 46;
const TERMINAL_TICK_MS = 1_000;
const LOG_TICK_MS = 15_000;

export type Report = (note: string) => unknown;

export function seconds(milliseconds: number): string {
	return `${(milliseconds / 1_000).toFixed(1)} s`;
}

/** Prints each step with the time it took, and while it runs what it reports about itself. */
export class Steps {
	constructor(
		private readonly session: Session,
		private readonly output: WriteStream,
	) {}

	/** Prints a remark between two steps, if there is one. */
	say(remark: string | undefined): void {
		if (remark !== undefined) this.output.write(`    ${remark}\n`);
	}

	/** @param work receives a function that takes a note on the progress, shown every few seconds */
	async run<T>(title: string, work: (report: Report) => Promise<T>): Promise<T> {
		const start = performance.now();
		let note = '';
		const line = (mark: string) =>
			[`  ${mark} ${title}`.padEnd(TITLE_WIDTH), seconds(performance.now() - start), note]
				.join('  ')
				.trimEnd();
		const showProgress = () => {
			if (this.output.isTTY) this.rewrite(line('…'));
			else this.output.write(`${line('…')}\n`);
		};

		if (this.output.isTTY) showProgress();
		const ticker = setInterval(showProgress, this.output.isTTY ? TERMINAL_TICK_MS : LOG_TICK_MS);
		try {
			const result = await this.session.within(work((text) => (note = text)));
			this.finish(line('✓'));
			return result;
		} catch (error) {
			this.finish(line('✗'));
			throw error;
		} finally {
			clearInterval(ticker);
		}
	}

	private finish(line: string): void {
		if (this.output.isTTY) this.rewrite(line);
		else this.output.write(line);
		this.output.write('\n');
	}

	private rewrite(line: string): void {
		this.output.cursorTo(0);
		this.output.write(line.slice(0, (this.output.columns || 80) - 1));
		this.output.clearLine(1);
	}
}
