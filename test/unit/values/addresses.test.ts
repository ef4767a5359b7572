import {
	isCallAddress,
	isHost,
	isMac,
	isSpoiled,
	isSpoiledNumber,
	isUserAtHost,
	plainMac,
	withoutSeparators,
} from '../../../nodes/Odin/values/addresses';

/** Texts that are what a rule takes, and texts that are not. */
const RULES: Array<[string, (text: string) => boolean, string[], string[]]> = [
	[
		'a host',
		isHost,
		[
			'sbc',
			'sbc.example.com',
			'sbc.example.com.',
			'sbc_1.example.com:5060',
			'münchen.example',
			'10.0.0.255',
			'10.0.0.1:65535',
			'::1',
			'2001:db8::1',
			'2001:db8::1:5060',
			'[2001:db8::1]',
			'[2001:db8::1]:5060',
		],
		[
			'',
			'10.0.0.256',
			'10.0.0',
			'1.2.3.4.5',
			'1.2.3.0004',
			'-sbc',
			'sbc-',
			'sbc..example',
			'sbc.example.com..',
			'sbc example',
			'sbc:5060:5060',
			'sbc:sip',
			'n/a',
			'none:5060',
			'#N/A',
			`${'a'.repeat(64)}.example`,
		],
	],
	[
		'user@host',
		isUserAtHost,
		['a@x.net', 'sip:a@x.net', 'SIPS:a@x.net:5061;transport=tls', 'sip:a@x.net?Subject=x', '+1@x'],
		[
			'a',
			'@x.net',
			'a@',
			'a@b@x.net',
			'a b@x.net',
			"'a@x.net",
			'null@x.net',
			'a@x.net;transport=tls',
			'mysip:a@x.net',
			'asip:@x.net',
		],
	],
	[
		'an address that calls are forwarded to',
		isCallAddress,
		['+1-513-333-4444', '(513) 333.44.44', 'TEL:+15133334444', '555', 'a@x.net'],
		[
			'',
			'+',
			'5133334444.0',
			'5.13',
			'513..333',
			'513a',
			'ext 5',
			'hotel:555',
			'513-',
			'1     2',
			'1,2',
		],
	],
	[
		'a MAC address',
		isMac,
		['00A0C914C829', '00:a0:c9:14:c8:29', '00-A0-C9-14-C8-29', '00a0.c914.c829', '00a0-c914-c829'],
		['', '00A0C914C82', '00A0C914C8291', '00:a0-c9:14:c8:29', '00a0.c914-c829', '0GA0C914C829'],
	],
	[
		'spoiled',
		isSpoiled,
		[
			'#N/A',
			'#NV',
			'#REF!',
			'#NAME?',
			'#DIV/0!',
			'#ÜBERLAUF!',
			'4.47911E+11',
			'-1,5e+3',
			'[object Object]',
			'undefined',
		],
		[
			'',
			'#1',
			'#sales',
			'E+11',
			'a 4.4E+11',
			'4.4E+11 a',
			'4.4E11',
			'x#REF!',
			'#REF!x',
			'[object]',
		],
	],
	[
		'spoiled where digits are expected',
		isSpoiledNumber,
		['#N/A', 'None', 'n/a', '--', "'0791", '1.0', '12.00', '1,000', '12.345.678', '999,999'],
		[
			'',
			'1000',
			'0791',
			"a'1",
			'1.05',
			'1,00',
			'1,0000',
			'1234,567',
			'a1.0',
			'1.0a',
			'1,000a',
			"'a",
		],
	],
];

describe.each(RULES)('%s', (_rule, is, taken, others) => {
	it.each(taken)('is "%s"', (text) => {
		expect(is(text)).toBe(true);
	});

	it.each(others)('is not "%s"', (text) => {
		expect(is(text)).toBe(false);
	});
});

test.each([
	['+1-(513) 333.44.44', '+15133334444'],
	['513/333 4444', '5133334444'],
	['a-b', 'a-b'],
	['1.0', '1.0'],
])('"%s" without its separators is "%s"', (text, plain) => {
	expect(withoutSeparators(text)).toBe(plain);
});

test.each([
	['00:a0:c9:14:c8:29', '00a0c914c829'],
	['00a0.c914.c829', '00a0c914c829'],
	['a-b', 'a-b'],
])('the MAC address "%s" is "%s"', (text, plain) => {
	expect(plainMac(text)).toBe(plain);
});
