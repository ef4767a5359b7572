import fc from 'fast-check';
import { folded } from '../../../nodes/Odin/secrets/needle';
import { Secret } from '../../../nodes/Odin/secrets/secret';
import { codesOf, ESCAPES } from '../../../nodes/Odin/secrets/spellings';
import { propertyRuns } from '../../propertyRuns';

const askedFor = (secret: Secret, text: string): string[] =>
	secret.spellingsIn(folded(text)).map(({ needle }) => needle.text);

describe('the spellings of a secret that may be in a text', () => {
	it('have each way of writing it, whichever texts were asked about before', () => {
		const escapes = ESCAPES.flatMap(({ writes }) => writes);
		fc.assert(
			fc.property(
				fc.string({
					unit: fc.constantFrom(...'aB7 &<>"\'/\\%+~*é漢\n'),
					minLength: 4,
					maxLength: 9,
				}),
				fc.constantFrom('100 % of it', 'Miller & Sons', '\\', '1 + 1', ''),
				(text, before) => {
					const secret = new Secret(text);
					secret.spellingsIn(`${'.'.repeat(9)}${before}`);
					const all = [text, ...codesOf(text), ...escapes.map((write) => write(text))];
					for (const written of all) {
						expect(askedFor(secret, written)).toContain(folded(written));
					}
				},
			),
			{
				...propertyRuns(25),
				examples: [
					['plain secret', '100 % of it'],
					['a"bcdefgh', 'Miller & Sons'],
				],
			},
		);
	});

	it('are of no kind whose mark the text lacks, and begin in the text', () => {
		const secret = new Secret('Secret 1"&%');
		const plain = 'secret 1"&%';
		expect(askedFor(secret, 'see Secret 1')).toEqual([plain]);
		expect(askedFor(secret, 'SEE \\ SECRET 1')).toEqual([
			plain,
			'secret 1\\"&%',
			'secret 1\\\\\\"&%',
			'secret 1\\x22&%',
		]);
		expect(askedFor(secret, 'see Secret+1')).toEqual([plain, 'secret+1%22%26%25']);
		expect(askedFor(secret, 'nothing of it \\%+&')).toEqual([]);
		expect(askedFor(secret, 'see Secret')).toEqual([]);
	});

	it('are looked for once where nothing is to be escaped', () => {
		expect(askedFor(new Secret('S3cret_1'), 'see \\ %+& S3cret_1')).toEqual(['s3cret_1']);
	});
});
