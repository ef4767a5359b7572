/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console */
import { redactErrorText } from '../nodes/Odin/secrets/errorText';
import { KnownSecrets } from '../nodes/Odin/secrets/known';
import { redactOutput } from '../nodes/Odin/secrets/output';

/** What an answer may be made of to make the search for secrets slow. */
const TOKEN = `${'a'.repeat(5000)}b`;
const secrets = [
	'S3cret!#1',
	TOKEN,
	'4930123456',
	'abababababababab',
	'+#"S/&9é',
	'Odin-Pass-4711',
];

const PIECES = [
	...[
		'a',
		'A',
		'ab',
		'4',
		'0123456789',
		'493012345',
		'\\',
		'\\x',
		'\\u00e9',
		'%',
		'%2',
		'%41',
		'+',
	],
	...[
		'&',
		'&#',
		'&#39;',
		'&amp;',
		'"',
		'"password',
		'"password":"x",',
		'\\"token\\":\\"',
		'/',
		'=',
		' ',
	],
	...['YWFh', '61', 'Σ', 'ς', 'İ', '漢', '😀', '{', '[', '<a>', ' – ', 'S3cret!#', 'S3cret!#1 '],
	...[
		TOKEN,
		`${TOKEN.slice(0, -1)}c`,
		Buffer.from(TOKEN).toString('base64'),
		Buffer.from(TOKEN).toString('hex'),
	],
];

/** The shortest of some runs, in milliseconds of this process: what else the machine does is not counted. */
function shortest(run: () => unknown): number {
	const times = [0, 1, 2].map(() => {
		const start = process.cpuUsage();
		run();
		const { user, system } = process.cpuUsage(start);
		return (user + system) / 1000;
	});
	return Math.min(...times);
}

const known = KnownSecrets.of(...secrets);

const SEARCHES: Array<[string, (text: string) => unknown]> = [
	['as output', (text) => redactOutput({ note: text }, known)],
	[
		'as rows of output',
		(text) =>
			redactOutput(
				text.match(/[^]{1,300}/g)?.map((note) => ({ note })),
				known,
			),
	],
	['as error text', (text) => redactErrorText(text, known)],
];

const SIZES = [100_000, 1_000_000, 2_000_000];

console.log(
	'Milliseconds for 100,000, 1,000,000 and 2,000,000 characters, and the last by the one before',
);
for (const [name, search] of SEARCHES) {
	console.log(`\n${name}`);
	for (const piece of PIECES) {
		const [small, one, two] = SIZES.map((size) => {
			const text = piece.repeat(Math.ceil(size / piece.length)).slice(0, size);
			return shortest(() => search(text));
		}) as [number, number, number];
		const shown = JSON.stringify(piece.length > 20 ? `${piece.slice(0, 20)}…` : piece);
		const times = [small, one, two].map((time) => time.toFixed(1).padStart(8)).join('');
		// Of a few milliseconds the ratio says nothing.
		console.log(`${shown.padEnd(26)}${times}${one < 3 ? '' : (two / one).toFixed(2).padStart(8)}`);
	}
}
