import { redactErrorText } from '../../../nodes/Odin/secrets/errorText';
import { KnownSecrets } from '../../../nodes/Odin/secrets/known';
import { redactOutput } from '../../../nodes/Odin/secrets/output';

const SECRET = 'S3cret!#1';
const SESSION = `eyJhbGciOiJIUzI1NiJ9.${'eyJzdWIiOiJvZGluIn0'.repeat(4)}.c2lnbmF0dXJl`;

describe('an answer is searched at once, whatever 1 MB of it is', () => {
	const TOKEN = `${'a'.repeat(5000)}b`;
	const hostile = KnownSecrets.of(
		...[SECRET, SESSION, TOKEN, '4930123456', 'abababababababab', '+#"S/&9é'],
	);
	const MB = 1_000_000;
	test.each([
		...[
			'a',
			'A',
			'ab',
			'4',
			'0123456789',
			'493012345',
			'\\',
			'%',
			'%2',
			'&',
			'&#',
			'&#39;',
			'"',
			'+',
		],
		...[
			'"password":"x",',
			'"password',
			'\\"token\\":\\"',
			'\\x',
			'\\u00e9',
			'/',
			'YWFh',
			'61',
			'ς',
			'İ',
		],
		...[`${SECRET.slice(0, -1)} `, `${SESSION.slice(0, -1)}.`, `${TOKEN.slice(0, -1)}c`],
	])('repetition of %.20j', (piece) => {
		const text = piece.repeat(MB / piece.length);
		const note = `${text} ${SECRET}`;
		const shown = redactOutput({ note, notes: [{ note: text }] }, hostile);
		expect(shown.note).not.toContain(SECRET);
		expect(redactErrorText(text, hostile).length).toBeLessThanOrEqual(501);
	});

	test('20,000 rows of 300 digits', () => {
		const rows = Array.from({ length: 20_000 }, () => ({ note: '0123456789'.repeat(30) }));
		expect(redactOutput(rows, hostile)).toEqual(rows);
	});
});
