import fc from 'fast-check';
import { apiAddress, callUrl } from '../../../nodes/Odin/transport/address';

describe('the address of the API', () => {
	test.each([
		['https://odin.example.com/api/v2', 'https://odin.example.com/api/v2'],
		['https://odin.example.com/api/v2/', 'https://odin.example.com/api/v2'],
		['  https://odin.example.com/api/v2//  ', 'https://odin.example.com/api/v2'],
		['https://odin.example.com', 'https://odin.example.com/api/v2'],
		['https://odin.example.com/', 'https://odin.example.com/api/v2'],
		['http://127.0.0.1:8080', 'http://127.0.0.1:8080/api/v2'],
		['https://odin.example.com/portal/api/v3', 'https://odin.example.com/portal/api/v3'],
		['HTTPS://ODIN.example.com/API', 'https://odin.example.com/API'],
		['https://odin.example.com/api/v2?debug=1#top', 'https://odin.example.com/api/v2'],
	])('for %j is %s', (baseUrl, expected) => {
		expect(apiAddress(baseUrl)).toEqual({ baseUrl: expected, origin: new URL(expected).origin });
	});

	test.each([
		'odin.example.com/api/v2',
		'ftp://odin.example.com',
		'https://',
		'https://odin example.com',
		'',
		'   ',
		undefined,
		null,
		5,
	])('is not to be had from %j', (baseUrl) => {
		expect(apiAddress(baseUrl)).toBeUndefined();
	});
});

test('ids and names of any characters arrive as they are in the query of a call', () => {
	const address = apiAddress('https://odin.example.com')!;
	const text = fc.string({ unit: 'grapheme' });
	fc.assert(
		fc.property(fc.dictionary(text, text, { noNullPrototype: true }), (query) => {
			const url = new URL(callUrl(address, '/groups/trunk-groups', query));
			expect(url.origin + url.pathname).toBe('https://odin.example.com/api/v2/groups/trunk-groups');
			expect([...url.searchParams]).toEqual(Object.entries(query));
		}),
	);
});
