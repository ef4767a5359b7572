import { isFatal, sentences, type OdinError } from '../transport/odinError';

/** What could not be read in a poll. */
export class Failures {
	private readonly all: OdinError[] = [];

	private isHopeless = false;

	add(failure: OdinError): void {
		// The time was over, which is nobody's fault: the next poll goes on there.
		if (failure.kind === 'stopped') return;
		this.all.push(failure);
		this.isHopeless ||= isFatal(failure);
	}

	/** Whether another request may be of use. */
	readonly mayGoOn = (): boolean => !this.isHopeless;

	/** All as one; undefined where nothing failed. */
	get whole(): OdinError | undefined {
		const [first, ...others] = this.all;
		if (!first || others.length === 0) return first;
		const further = [...new Set(others.map(({ message }) => message))].slice(0, MAX_NAMED);
		return first.with({
			message: sentences(first.message, `${moreText(others.length)} without a usable answer`),
			description: [first.description, `Further: ${further.join('; ')}`].filter(Boolean).join('. '),
		});
	}
}

const MAX_NAMED = 10;

const moreText = (count: number): string =>
	count === 1 ? 'Another request was' : `${count} more requests were`;
