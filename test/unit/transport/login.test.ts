import { logIn } from '../../../nodes/Odin/transport/session/login';

let logins = 0;

/** Logs in at an Odin that gives this token. */
const tokenFor = async (token: unknown): Promise<string> => {
	// Another user each time: a session that is a moment old is shared.
	logins += 1;
	const credentials = {
		baseUrl: 'https://odin.example.com',
		username: `u${logins}`,
		password: 'p',
	};
	const body = JSON.stringify({ token });
	const helpers = { httpRequest: async () => ({ statusCode: 200, headers: {}, body }) };
	return (await logIn({ helpers }, credentials)).token;
};

test.each([
	['abc.DEF-123_~+/=', 'abc.DEF-123_~+/='],
	[' token\r\n', 'token'],
	['\uFEFFtoken\u00A0', 'token'],
	['with a space', 'with a space'],
	['x'.repeat(8192), 'x'.repeat(8192)],
])('a token is trimmed: case %#', async (given, token) => {
	expect(await tokenFor(given)).toBe(token);
});

test.each([
	'',
	'   ',
	'\u00A0\n',
	'to\nken',
	'to\tken',
	'tok\u0000en',
	'tok\u00E9n',
	'tok\u200Ben',
	'\u{1F511}',
	'x'.repeat(8193),
	5,
	true,
	null,
	['token'],
	{ toString: 1 },
])('is no token: case %#', async (given) => {
	await expect(tokenFor(given)).rejects.toThrow('answered the login without a token');
});
