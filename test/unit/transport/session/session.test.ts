import { readResponse } from '../../../../nodes/Odin/transport/response';
import { OdinLoginError } from '../../../../nodes/Odin/transport/session/loginError';
import { Session } from '../../../../nodes/Odin/transport/session/session';

const FORBIDDEN = readResponse(403, '{"error": "Forbidden"}', {});
const OK = readResponse(200, '{"name": "sbc"}', {});
const EXPIRED = readResponse(200, '{"error": "Expired token"}', {});

/** A session on a clock of its own, with what it reads and asks. */
function start(token: string, { database = '', alive = [] as string[] } = {}) {
	const seen = { reads: 0, checks: 0, forgotten: [] as string[], now: 0, database, alive };
	const session: Session = new Session(
		token,
		{
			readStore: async () => {
				seen.reads += 1;
				return await Promise.resolve(seen.database);
			},
			check: async () => {
				seen.checks += 1;
				return await Promise.resolve({
					token: session.token,
					isAlive: seen.alive.includes(session.token),
				});
			},
			forget: (one) => seen.forgotten.push(one),
		},
		() => seen.now,
	);
	return { session, seen };
}

const times = async <T>(count: number, run: () => Promise<T>): Promise<T[]> =>
	await Promise.all(Array.from({ length: count }, run));

describe('a burst that meets an ended session', () => {
	it("reads n8n's database once, and then needs one login", async () => {
		const { session, seen } = start('a', { database: 'a' });
		await times(20, async () => await session.renew('a'));
		expect(seen).toMatchObject({ reads: 1, checks: 0 });
		expect(new Set(seen.forgotten)).toEqual(new Set(['a']));
		expect(session.token).toBe('');
		session.note({ type: 'tokenIssued', token: 'b' });
		// Late answers to the old session change nothing.
		await times(20, async () => await session.renew('a'));
		expect([session.token, seen.reads]).toEqual(['b', 1]);
	});

	it('takes over what another worker got', async () => {
		const { session, seen } = start('a', { database: 'b' });
		await times(20, async () => await session.renew('a'));
		expect([session.token, seen.reads]).toEqual(['b', 1]);
	});

	it('that ends again at once is read again', async () => {
		const { session, seen } = start('a', { database: 'b' });
		await Promise.all([
			session.renew('a').then(async () => await session.renew('b')),
			session.renew('a'),
		]);
		expect([session.token, seen.reads]).toEqual(['', 2]);
	});
});

describe('a 403', () => {
	const sent = { token: 'b', isFresh: false };
	const fresh = { token: 'b', isFresh: true };

	async function renewed(alive: string[]) {
		const started = start('a', { alive });
		await started.session.renew('a');
		started.session.note({ type: 'tokenIssued', token: 'b' });
		return started;
	}

	it.each([
		[true, ['b']],
		[false, []],
	])('is asked about once for all that are here: session alive %s', async (isAlive, alive) => {
		const { session, seen } = await renewed(alive);
		const ended = await times(20, async () => await session.hasEnded(FORBIDDEN, sent));
		expect(new Set(ended)).toEqual(new Set([!isAlive]));
		expect(seen.checks).toBe(1);
		// One that comes later says nothing about those.
		await session.hasEnded(FORBIDDEN, sent);
		expect(seen.checks).toBe(2);
	});

	it('to requests that a token was issued for is asked about once and for all', async () => {
		const { session, seen } = await renewed(['b']);
		for (let request = 0; request < 20; request += 1) {
			expect(await session.hasEnded(FORBIDDEN, fresh)).toBe(false);
		}
		expect(seen.checks).toBe(1);
	});

	it('says nothing where the question was answered for another session', async () => {
		const { session } = await renewed(['c']);
		const question = session.hasEnded(FORBIDDEN, sent);
		session.note({ type: 'tokenIssued', token: 'c' });
		expect(await question).toBe(true);
	});

	it('after a success that says "Expired token" may still be one of an administrator without rights', async () => {
		const { session } = start('a');
		await session.renew('a');
		for (const token of ['b', 'c', 'd']) {
			session.note({ type: 'tokenIssued', token });
			expect(await session.hasEnded(EXPIRED, { token, isFresh: true })).toBe(true);
			const ended = await session.hasEnded(FORBIDDEN, { token, isFresh: true });
			expect(ended).toBe(token !== 'd');
		}
	});

	it('after a success is no lack of all rights', async () => {
		const { session } = start('a');
		expect(await session.hasEnded(OK, { token: 'a', isFresh: false })).toBe(false);
		for (const token of ['b', 'c', 'd', 'e']) {
			session.note({ type: 'tokenIssued', token });
			expect(await session.hasEnded(FORBIDDEN, { token, isFresh: true })).toBe(true);
		}
	});
});

describe('a login', () => {
	it('that failed too often is told until the pause is over', () => {
		const { session, seen } = start('');
		const failure = new OdinLoginError('Too busy', { isTransient: true });
		session.note({ type: 'loginFailed', failure });
		expect(session.loginFailure).toBeUndefined();
		session.note({ type: 'loginGivenUp', tries: 1 });
		expect(session.loginFailure).toBe(failure);
		seen.now = 5000;
		expect(session.loginFailure).toBeUndefined();
	});

	it('that Odin refused is told for good', () => {
		const { session, seen } = start('');
		const failure = new OdinLoginError('Wrong password');
		session.note({ type: 'loginFailed', failure });
		seen.now = 1e9;
		expect(session.loginFailure).toBe(failure);
	});
});

test('a session that is given up is used by no other execution', () => {
	const { session, seen } = start('a');
	session.giveUp('a');
	expect([session.isContested, seen.forgotten]).toEqual([true, ['a']]);
});
