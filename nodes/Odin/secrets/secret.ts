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

const UNESCAPED = 2;

const ESCAPED = /[\\%+&]/;

/** One secret with the ways in which it is looked for, each prepared once, when a text asks for it. */
export class Secret {
	/** By family */
	private readonly spellings: Array<Spelling[] | undefined> = [];

	private readonly known = new Set<string>();

	constructor(readonly text: string) {}

	/** Its spellings that may be in a text. */
	spellingsIn(foldedText: string): Spelling[] {
		const possible: Spelling[] = [];
		// None is shorter than the secret.
		if (foldedText.length < this.text.length) return possible;
		const isEscaped = ESCAPED.test(foldedText);
		for (let at = 0; at < (isEscaped ? FAMILIES.length : UNESCAPED); at += 1) {
			if (!foldedText.includes(FAMILIES[at]!.mark)) continue;
			const spellings = (this.spellings[at] ??= this.prepare(FAMILIES[at]!));
			for (const spelling of spellings) {
				if (spelling.needle.mayBeIn(foldedText)) possible.push(spelling);
			}
		}
		return possible;
	}

	private prepare({ isCode, write }: (typeof FAMILIES)[number]): Spelling[] {
		return write(this.text)
			.map(folded)
			.filter((text) => !this.known.has(text) && this.known.add(text))
			.map((text) => ({ needle: new Needle(text), isCode }));
	}
}
