/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { inspect } from 'node:util';

import fc from 'fast-check';
import { readResponse } from '../../../nodes/Odin/transport/response';
import { connectionLoss, n8nRefusalIn } from '../../../nodes/Odin/transport/connectionErrors';
import type { ErrorKind } from '../../../nodes/Odin/transport/odinError';
import {
	connectionFailure,
	failureOf,
	ROWS,
	type RequestFacts,
} from '../../../nodes/Odin/transport/responseErrors';

const WRITE: RequestFacts = {
	purpose: "create trunk group 'acme-sbc-1'",
	isWrite: true,
	username: 'admin',
	baseUrl: 'https://odin.example.com/api/v2',
};
const READ: RequestFacts = { ...WRITE, purpose: "read trunk group 'acme-sbc-1'", isWrite: false };

const HTML = '<html><body>Bad Gateway</body></html>';
const error = (words: string, details?: unknown) =>
	JSON.stringify({ error: words, status: 0, details });

const failed = (status: number, body: string, facts = WRITE) =>
	failureOf(readResponse(status, body, {}), facts);

test('the example of every row meets that row and none before it', () => {
	for (const [index, { cause, example }] of ROWS.entries()) {
		const { status, body = '', isTooLarge = false } = example;
		const answer = readResponse(status, body, {}, isTooLarge);
		expect([cause, ROWS.findIndex(({ when }) => when(answer, WRITE))]).toEqual([cause, index]);
	}
});

describe('what an answer stands for', () => {
	test.each<[number, string, ErrorKind, string]>([
		[401, error('Expired token'), 'session', 'rejected the session token'],
		[400, error('Expired token'), 'lost', 'The session token had expired'],
		[419, error('Your session has timed out'), 'session', 'rejected the session token'],
		[400, error('The token of this device is unknown'), 'refused', 'Odin refused'],
		[422, error('Expired token'), 'lost', 'The session token had expired'],
		[409, error('Not logged in'), 'lost', 'The session token had expired'],
		[404, error('Session not found'), 'lost', 'The session token had expired'],
		[500, error('Expired token'), 'lost', 'The session token had expired'],
		[200, error('Expired token'), 'lost', 'The session token had expired'],
		[502, 'Session has expired, please log in again', 'lost', 'The session token had expired'],
		[403, error('Admin is not authorized'), 'forbidden', "does not allow administrator 'admin'"],
		[403, HTML, 'refused', 'the answer is a web page, perhaps of a proxy'],
		[429, '', 'busy', 'too busy'],
		[503, HTML, 'busy', 'too busy'],
		[302, '', 'redirect', 'redirects to another address'],
		[404, error('Not here'), 'notFound', 'could not create'],
		[400, error('Trunk Group not found: x'), 'notFound', 'could not create'],
		[200, error('Trunk group does not exist'), 'notFound', 'could not create'],
		[500, error('There has been a BroadWorks error.'), 'lost', 'It returned HTTP 5'],
		[500, error('No such trunk group'), 'lost', 'The outcome is unknown'],
		[502, HTML, 'lost', 'answer is a web page, perhaps of a proxy'],
		[504, '', 'lost', 'It returned HTTP 5'],
		[404, HTML, 'notFound', 'could not create'],
		[405, HTML, 'refused', 'answer is a web page, perhaps of a proxy'],
		[400, '{"err', 'refused', 'answer is truncated JSON'],
		[400, error('Invalid value', 'maxActiveCalls'), 'refused', 'Invalid value – maxActiveCalls'],
		[409, error('Trunk group already exists'), 'refused', 'already exists'],
		[422, '', 'refused', '(HTTP 422)'],
		[200, '{"name": "acme-s', 'lost', 'answer is truncated JSON'],
		[200, 'fine', 'lost', 'The answer is not JSON'],
		[400, 'Group is \u0000 \uFFFD', 'refused', 'the answer is not JSON'],
		[200, HTML, 'lost', 'answer is a web page, perhaps of a proxy'],
		[200, error('Something went wrong'), 'lost', 'Something went wrong'],
		[
			200,
			'{"status": 400, "message": "Not authorized"}',
			'lost',
			'with an error text: Not authorized',
		],
		[201, '{"status": "422", "message": "Bad", "name": "x"}', 'lost', 'with an error text: Bad'],
		[200, '{"status": 404, "message": "No such group"}', 'notFound', 'No such group'],
	])('HTTP %i %s is %s', (status, body, kind, words) => {
		const failure = failed(status, body)!;
		expect(failure).toMatchObject({ kind, httpStatus: status });
		expect(failure.message).toContain(words);
		expect(failure.message).toContain(`HTTP ${status}`);
		expect(failure.description).not.toBe('');
	});

	test.each([
		[200, '{"name": "acme-sbc-1"}'],
		[201, '{}'],
		[200, '[]'],
		[200, ''],
		[204, '  '],
		[200, '{"error": null, "name": "acme-sbc-1"}'],
		[200, '{"status": 200, "message": "Created"}'],
		[200, '{"status": "Online", "message": "Hello"}'],
		[200, '{"status": 400, "name": "acme-sbc-1"}'],
		...['null', 'false', '""', '[]', '{}', '0', '"none"', '{"code":0,"message":null}'].map(
			(nothing): [number, string] => [
				200,
				`{"errors": ${nothing}, "fault": ${nothing}, "name": "x"}`,
			],
		),
		[200, '{"success": true, "ok": "true", "result": "done", "name": "x"}'],
		[200, '{"failureThresholdCounter": 1, "inviteFailureThresholdCounter": 2, "name": "x"}'],
		[200, '{"status": "Offline", "trunkGroupState": "failed", "deviceName": "x"}'],
		[200, '[{"userId": "u", "errorMessageLanguage": "en"}]'],
	])('HTTP %i %j is the wanted answer', (status, body) => {
		expect(failed(status, body)).toBeUndefined();
	});

	describe('a success that says no', () => {
		test.each([
			['{"success": false, "message": "Could not do it"}', 'Could not do it'],
			['{"status": "failed", "message": "Could not do it"}', 'Could not do it'],
			['{"error": "Could not do it"}', 'Could not do it'],
			['{"status": "failure", "error_data": {"message": "Unable to change"}}', 'Unable to change'],
			['{"Status": "ERROR"}', 'Status: ERROR'],
			['{"success": "false"}', 'success: false'],
			['{"isSuccess": false, "name": "x"}', 'isSuccess: false'],
			['{"errorMessage": "Not done", "name": "x"}', 'Not done'],
			['{"errorCode": 4962, "summary": "x"}', '4962'],
			['{"hasErrors": true}', 'hasErrors: true'],
			['{"fault": {"faultstring": "Broken"}}', 'Broken'],
			['{"exception": "java.lang.NullPointerException"}', 'NullPointerException'],
			['{"errors": {"name": ["is taken"]}}', 'is taken'],
			['{"data": {"success": false, "message": "Nothing"}}', 'Nothing'],
			['{"response": {"status": "failed"}}', 'status: failed'],
			['{"trunkGroup": {"error": "Half done", "name": "x"}}', 'Half done'],
			['[{"error": "Half done"}]', 'Half done'],
			['{"message": "The trunk group could not be changed"}', 'could not be changed'],
			['"Could not do it"', 'Could not do it'],
			['false', 'false'],
			['Unable to delete', 'Unable to delete'],
		])('leaves a write open: %s', (body, words) => {
			const failure = failed(200, body, { ...WRITE, needsNoBody: true } as typeof WRITE)!;
			expect(failure).toMatchObject({ kind: 'lost', isTransient: false });
			expect(failure.message).toContain('returned HTTP 200 with an error text: ');
			expect(failure.message).toContain(words);
			expect(failure.odinMessage).toContain(words);
		});

		test.each([
			'{"errorMessage": "None today", "name": "x"}',
			'[{"error": "x"}]',
			'{"status": "failed"}',
		])('is data where it is what was read: %s', (body) =>
			expect(failed(200, body, READ)).toBeUndefined(),
		);
	});

	test('an answer that is too large is lost, whatever its status says', () => {
		for (const status of [200, 400, 429, 502]) {
			const failure = failureOf(readResponse(status, '', {}, true), WRITE)!;
			expect(failure).toMatchObject({ kind: 'lost', isTransient: false });
			expect(failure.message).toContain('The answer is larger than 64 MB');
		}
	});

	test.each([200, 500, 502])('a read with a session that ended did nothing: HTTP %i', (status) => {
		expect(failed(status, error('Expired token'), READ)).toMatchObject({ kind: 'session' });
	});

	test('a server fault that says "not found" settles a read', () => {
		expect(failed(500, error('No such trunk group'), READ)).toMatchObject({ kind: 'notFound' });
	});

	test('a lost answer leaves open whether a write was done, not so a read', () => {
		expect(failed(502, HTML)!.message).toMatch(
			/^The outcome is unknown: Odin may or may not have created trunk group 'acme-sbc-1'\. /,
		);
		expect(failed(502, HTML, READ)!.message).toMatch(/^Odin could not read/);
	});

	test('everything that is not a success is a failure with a message and a way out', () => {
		const body = fc.oneof(fc.string(), fc.json(), fc.constantFrom('', HTML, 'null', '[]', '{}'));
		fc.assert(
			fc.property(fc.integer({ min: 300, max: 599 }), body, (status, text) => {
				const failure = failed(status, text)!;
				expect(failure.message.length).toBeGreaterThan(20);
				expect(failure.description.length).toBeGreaterThan(20);
			}),
		);
	});

	test("Odin's words are kept, cut short where they are long", () => {
		expect(failed(400, '{"message": "Duplicate"}')).toMatchObject({ odinMessage: 'Duplicate' });
		expect(failed(400, error('Same', 'Same'))).toMatchObject({ odinMessage: 'Same' });
		expect(failed(400, error('Bad', { field: 'name' }))).toMatchObject({
			odinMessage: 'Bad – {"field":"name"}',
		});
	});

	test.each([
		['{"statusCode": 400, "error": "Bad Request", "message": "Name is taken"}', 'Name is taken'],
		['{"error": true, "message": "Name is taken"}', 'Name is taken'],
		['{"error": {"code": 4962, "message": "Name is taken"}}', 'Name is taken'],
		['{"errors": [{"message": "Name is taken"}, {"message": "No"}]}', 'Name is taken – No'],
		['{"errors": ["Name is taken"]}', 'Name is taken'],
		['{"errors": {"name": ["is taken"]}}', '{"name":["is taken"]}'],
		['{"title": "Conflict", "detail": "Name is taken"}', 'Name is taken'],
		[
			'{"errorCode": 1, "summary": "[Error 1] Name", "detail": "is taken"}',
			'[Error 1] Name – is taken',
		],
		['[{"error": "Name is taken"}]', 'Name is taken'],
		['"Name is taken"', 'Name is taken'],
		['{"error": "Bad Request"}', 'Bad Request'],
		['{"status": 400}', ''],
	])('the words of %s', (body, words) => {
		expect(readResponse(400, body, {}).words).toBe(words);
	});

	test('a body that is nested without end is unreadable, whatever else it says', () => {
		const deep = `{"error": "Servlet", "details": ${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
		expect(failed(400, deep)).toMatchObject({ kind: 'refused', odinMessage: undefined });
		expect(failed(201, deep)).toMatchObject({ kind: 'lost' });
		expect(failed(201, deep)!.message).toContain('The answer is JSON that is nested too deeply');
	});

	test.each([
		'Trunk group not found',
		'The trunk group could not be found',
		"Trunk group 'x' doesn't exist",
		'Cannot find trunk group',
		'Unable to locate the trunk group',
		'No such trunk group',
		'Unknown trunk group: x',
		'TrunkGroupNotFound',
		'TRUNK_GROUP_NOT_FOUND',
		'The trunk group does not currently exist',
	])('%s: not found', (words) => {
		for (const status of [200, 400, 500]) {
			expect(failed(status, error(words), READ)).toMatchObject({ kind: 'notFound' });
		}
		// A gateway that does not find its Odin is no proof that Odin does not have the trunk group.
		expect(failed(502, words, READ)).toMatchObject({ kind: 'lost' });
		expect(failed(500, words, READ)).toMatchObject({ kind: 'lost' });
		expect(failed(500, error(words))).toMatchObject({ kind: 'lost' });
	});

	test.each([
		'Administrator is not authorized to find trunk groups',
		'The trunk group already exists',
		'Name must be unique',
	])('%s: not "not found"', (words) => {
		expect(failed(400, error(words), READ)).toMatchObject({ kind: 'refused' });
	});

	test("Odin's words keep their meaning where a short password leaves little of them to be shown", () => {
		const answer = readResponse(400, error('Trunk group not found'), {});
		const failure = failureOf(answer, READ, 'Trunk gr***up n***t f***und')!;
		expect(failure.kind).toBe('notFound');
		expect(failure.message).toContain('n***t f***und');
		const renamed = failure.with({ message: 'Otherwise' });
		expect(renamed.says(/not found/)).toBe(true);
		expect(inspect([failure, renamed], { showHidden: true })).not.toContain('not found');
		expect(JSON.stringify([failure.details(), failure, { ...failure }])).not.toContain('not found');
	});
});

describe('what a missing answer stands for', () => {
	test.each([
		['DEPTH_ZERO_SELF_SIGNED_CERT', false, 'certificate that is self-signed'],
		['SELF_SIGNED_CERT_IN_CHAIN', false, 'issuer that n8n does not know'],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', false, 'issuer that n8n does not know'],
		['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', false, 'issuer that n8n does not know'],
		['CERT_HAS_EXPIRED', false, 'certificate that has expired'],
		['CERT_NOT_YET_VALID', false, 'certificate that is not valid yet'],
		['CERT_REVOKED', false, 'certificate that was revoked'],
		['CERT_SIGNATURE_FAILURE', false, 'certificate that is not trusted'],
		['ERR_TLS_CERT_ALTNAME_INVALID', false, 'certificate that belongs to another host name'],
		['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', false, 'no TLS version or cipher'],
		['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', false, 'no TLS version or cipher'],
		['EPROTO', false, 'TLS'],
		['ERR_SSL_WRONG_VERSION_NUMBER', false, 'TLS'],
		['ECONNREFUSED', false, 'refuses the connection'],
		['ENOTFOUND', false, 'host name'],
		['EAI_AGAIN', false, 'host name'],
		['EHOSTUNREACH', false, 'cannot be reached'],
		['ENETUNREACH', false, 'cannot be reached'],
		['ECONNABORTED', true, 'in time'],
		['ETIMEDOUT', true, 'in time'],
		['ECONNRESET', true, 'closed the connection'],
		['EPIPE', true, 'closed the connection'],
		['SOMETHING_NEW', true, 'closed the connection'],
		[undefined, true, 'closed the connection'],
	])('%s: sent %p, %s', (code, sent, words) => {
		expect(connectionLoss(code)).toMatchObject({ sent, what: expect.stringContaining(words) });
		const failure = connectionFailure(code, WRITE);
		expect(failure.kind).toBe(sent ? 'lost' : 'unreachable');
		expect(failure.message).toContain(words);
		expect(failure.message).toMatch(
			sent ? /^The outcome is unknown: Odin may or may not have created/ : /could not be created$/,
		);
		expect(connectionFailure(code, READ).message).toContain("trunk group 'acme-sbc-1'");
	});
});

describe('what did not let a request through to Odin', () => {
	const { baseUrl } = WRITE;
	const wrapped = (error: Error) =>
		new Error('Request failed', { cause: new Error('again', { cause: error }) });
	const network = (facts: object) => Object.assign(new Error('connect'), facts);

	test.each([
		['Domain not allowed: This credential is restricted from accessing x', 'let this credential'],
		['No allowed domains specified. Configure allowed domains.', 'let this credential'],
		['The request was blocked because it resolves to a restricted IP address', 'SSRF protection'],
		['The request was blocked because the destination hostname is restricted', 'SSRF protection'],
		['Proxy connection ended before receiving CONNECT response', 'The proxy that n8n uses'],
	])('is known by the words of n8n, however deep they are: %s', (words, what) => {
		for (const error of [new Error(words), wrapped(new Error(words))]) {
			expect(n8nRefusalIn(error, baseUrl)?.what).toContain(what);
		}
	});

	test.each([
		[{ syscall: 'connect', port: 3128, code: 'ECONNREFUSED' }, true],
		[{ syscall: 'connect', port: 443, code: 'ECONNREFUSED' }, false],
		[{ errors: [{ syscall: 'connect', port: 3128 }] }, true],
		[{ errors: [{ syscall: 'connect', port: 443 }] }, false],
		[{ syscall: 'getaddrinfo', hostname: 'proxy.example.com' }, true],
		[{ syscall: 'getaddrinfo', hostname: 'ODIN.example.com' }, false],
		[{ syscall: 'read', code: 'ECONNRESET' }, false],
		[{ cause: 'Domain not allowed' }, false],
	])('is a proxy where the connection that failed is not one to Odin: %j', (facts, isRefusal) => {
		expect(n8nRefusalIn(wrapped(network(facts)), baseUrl) !== undefined).toBe(isRefusal);
		expect(n8nRefusalIn(network(facts), 'no address')).toBeUndefined();
	});
});
