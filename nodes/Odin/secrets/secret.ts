import { folded, Needle } from './needle';
import { codesOf, ESCAPES } from './spellings';

/** One way in which a program may have written a secret into a text. */
export interface Spelling {
	needle: Needle;
	/** Where it is a code of its own: what stands around it belongs to it, and no word is mistaken for it */
	isCode: boolean;
}

const FAMILIES: Array<{ mark: string; isCode: boolean; write(secret: string): string[] }> = [
	{ mark: '', isCode: false, write: (secret) => [secret] },
	{ mark: '', isCode: true, write: codesOf },
	...ESCAPES.map(({ mark, writes }) => ({
		mark,
		isCode: false,
		write: (secret: string) => writes.map((write) => write(secret)),
	})),
];

/** One secret with the ways in which it is looked for, each prepared once, when a text asks for it. */
export class Secret {
	/** By family */
	private readonly spellings: Array<Spelling[] | undefined> = [];

	constructor(readonly text: string) {}

	/** Its spellings that may be in a text, whichever texts were asked about before. */
	spellingsIn(foldedText: string): Spelling[] {
		const possible: Spelling[] = [];
		// None is shorter than the secret.
		if (foldedText.length < this.text.length) return possible;
		for (const [at, family] of FAMILIES.entries()) {
			if (!foldedText.includes(family.mark)) continue;
			for (const spelling of (this.spellings[at] ??= this.prepare(family))) {
				if (spelling.needle.mayBeIn(foldedText)) possible.push(spelling);
			}
		}
		return possible;
	}

	/** What has not the mark of its family has that of another one. */
	private prepare({ mark, isCode, write }: (typeof FAMILIES)[number]): Spelling[] {
		return [...new Set(write(this.text).map(folded))]
			.filter((text) => text.includes(mark))
			.map((text) => ({ needle: new Needle(text), isCode }));
	}
}
