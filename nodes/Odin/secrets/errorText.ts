import { readings, readParts, type Reading } from './encodings';
import { MASK, maskNamed } from './names';
import { folded, isWordUnit, Needle, type Range } from './needle';
import type { Secret } from './secret';
import { wholeCode } from './spellings';

/** What a message shows of a foreign text. */
const SHOWN = 500;

/** What is searched. It is more than what may be shown, so that a secret which begins in that is seen as one. */
const WINDOW = 2000;
const SHOWABLE = 1000;

/** Shorter secrets are masked as whole words only: they may be a piece of any. */
const SHORTEST_WITHIN_WORD = 4;

/** Of a secret that a text was cut off in. A shorter one may be any word. */
const SHORTEST_PIECE = 4;

/** Between the parts of an error body. */
const SEPARATOR = ' – ';

/** What follows the piece of a secret that a text was cut off in: an ellipsis, half an escaped character. */
const REST = /(?:\\{1,8}(?:[ux][0-9a-f{]{0,5})?|%[0-9a-f]?|&#?[a-z0-9]{0,8})?(?:…|\.{2,3})?$/i;

/**
 * What a message shows of a foreign text (an answer of Odin, a network message): its beginning, without the secrets that
 * are known, however a program wrote them there: as they are or in another case, escaped as in JSON, in a URL or form, in
 * HTML, in hexadecimal or base64, or one in the other; in one part of an error body or spread over two of them. At the end
 * a piece of a secret counts too, since foreign texts come cut off.
 */
export function redactErrorText(text: string, secrets: Iterable<Secret>): string {
	const window = text.slice(0, WINDOW);
	const isHidden = new Uint8Array(window.length);
	const known = [...secrets];
	if (known.length > 0) hideSecrets(window, known, isHidden);
	const isCut = text.length > WINDOW;
	let shown = '';
	for (let at = 0; at < (isCut ? SHOWABLE : window.length); at += 1) {
		if (!isHidden[at]) shown += window[at];
		else if (!isHidden[at - 1]) shown += MASK;
	}
	shown = maskNamed(shown);
	return isCut || shown.length > SHOWN
		? `${shown.slice(0, SHOWN).replace(/[\uD800-\uDBFF]$/, '')}…`
		: shown;
}

interface Wanted {
	secret: Secret;
	plain: Needle;
	/** With its + as spaces, as a form is read */
	form: Needle;
	isShort: boolean;
}

function hideSecrets(window: string, secrets: Secret[], isHidden: Uint8Array): void {
	const wanted = secrets.map((secret): Wanted => {
		const text = folded(secret.text.slice(0, WINDOW));
		const isShort = [...secret.text].length < SHORTEST_WITHIN_WORD;
		return {
			secret,
			plain: new Needle(text),
			form: new Needle(text.replaceAll('+', ' ')),
			isShort,
		};
	});
	for (const reading of readings(readParts(window, [[0, window.length]]))) {
		hideIn(reading, wanted, isHidden, true);
	}
	hideCodes(window, wanted, isHidden);
	const parts = partsOf(window);
	if (parts.length === 1) return;
	const long = wanted.filter(({ isShort }) => !isShort);
	for (const order of [parts, parts.toReversed()]) {
		for (const reading of readings(readParts(window, order))) {
			hideIn(reading, long, isHidden, false);
		}
	}
}

/** Where the parts of an error body stand. */
function partsOf(window: string): Array<[number, number]> {
	let start = 0;
	return window.split(SEPARATOR).map((part) => {
		const range: [number, number] = [start, start + part.length];
		start = range[1] + SEPARATOR.length;
		return range;
	});
}

function hideIn(reading: Reading, wanted: Wanted[], isHidden: Uint8Array, isWhole: boolean): void {
	const read = folded(reading.text);
	const rest = REST.exec(read)!.index;
	const hide = (start: number, end: number) => {
		for (let at = start; at < end; at += 1) {
			const [from, to] = [reading.from[at]!, reading.to[at]!];
			if (from < to) isHidden.fill(1, from, to);
			// A code that begins in a later part than it ends in
			else isHidden.fill(1, from).fill(1, 0, to);
		}
	};
	for (const { plain, form, isShort } of wanted) {
		const needle = reading.isForm ? form : plain;
		const counts = isShort ? (from: number, to: number) => isWord(read, from, to) : undefined;
		const { ranges, tail } = needle.search(read, counts);
		for (const { from, to } of ranges) hide(from, to);
		if (isShort || !isWhole) continue;
		if (tail >= SHORTEST_PIECE) hide(read.length - tail, read.length);
		const piece = needle.search(read.slice(0, rest)).tail;
		if (piece >= SHORTEST_PIECE) hide(rest - piece, read.length);
	}
}

/** Codes in which a secret begins anywhere, which can't be read from their beginning. */
function hideCodes(window: string, wanted: Wanted[], isHidden: Uint8Array): void {
	const read = folded(window);
	for (const { secret } of wanted) {
		for (const { needle, isCode } of secret.spellingsIn(read)) {
			if (!isCode) continue;
			let last: Range | undefined;
			for (const range of needle.search(read).ranges) {
				last = wholeCode(window, range, last);
				isHidden.fill(1, last.from, last.to);
			}
		}
	}
}

const isWord = (text: string, from: number, to: number): boolean =>
	!isWordUnit(text[from - 1]) && !isWordUnit(text[to]);
