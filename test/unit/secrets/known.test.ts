import { KnownSecrets } from '../../../nodes/Odin/secrets/known';

const textsOf = (known: KnownSecrets): string[] => Array.from(known, ({ text }) => text);

describe('the secrets of an item', () => {
	it('are texts and numbers, each once, and nothing that is empty', () => {
		const given = [
			'S3cret!#1',
			'',
			4711,
			'4711',
			0,
			null,
			undefined,
			true,
			{},
			['x'],
			'S3cret!#1',
			' ',
		];
		expect(textsOf(KnownSecrets.of(...given))).toEqual(['S3cret!#1', '4711', '0', ' ']);
	});

	it('are not prepared again when they are met again', () => {
		const known = KnownSecrets.of('S3cret!#1');
		const [before] = known;
		known.keep('S3cret!#1');
		expect([...known][0]).toBe(before);
	});

	it('are the password and tokens of the credential, whenever they turn up, and its own', () => {
		const credential = new KnownSecrets();
		credential.keepPassword('odin-password');
		const [one, other] = [credential.forItem(), credential.forItem()];
		one.keep('sip-password-1');
		other.keep('sip-password-2');
		other.keepToken('token-1');
		const shared = ['odin-password', 'token-1'];
		expect([credential, one, other].map(textsOf)).toEqual([
			shared,
			[...shared, 'sip-password-1'],
			[...shared, 'sip-password-2'],
		]);
	});

	it.each<[unknown, string[]]>([
		['new', ['new']],
		[4711, ['4711']],
		['', []],
		[undefined, []],
		[false, []],
	])(
		'have the present password of the credential, %j, in place of the one before',
		(password, texts) => {
			const known = new KnownSecrets();
			known.keepPassword('old');
			known.keepPassword(password);
			expect(textsOf(known)).toEqual(texts);
		},
	);

	it('have the last eight different tokens', () => {
		const known = new KnownSecrets();
		const tokens = Array.from({ length: 9 }, (_, at) => `token-${at}`);
		for (const token of ['', undefined]) known.keepToken(token);
		expect(textsOf(known)).toEqual([]);
		for (const token of tokens.slice(0, 8)) known.keepToken(token);
		for (const token of ['token-0', 'token-7']) known.keepToken(token);
		expect(textsOf(known)).toEqual(tokens.slice(0, 8));
		known.keepToken(tokens[8]);
		expect(textsOf(known)).toEqual(tokens.slice(1));
	});
});
