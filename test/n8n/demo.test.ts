import { readCommandLine } from '../../scripts/demo/commandLine';
import { readOdinTarget } from '../../scripts/demo/odin';
import { deviations, listProfile } from '../../scripts/demo/profile';
import { describeTrunkGroup } from '../../scripts/demo/summary';
import { anotherTicket } from '../../scripts/demo/ticket';

const TICKET = {
	ticketId: 'T-1',
	serviceProvider: 'acme-ent',
	group: 'acme-hq',
	trunkGroup: 'trunk-1',
	channels: 30,
};
const PROFILE = {
	maxActiveCalls: 30,
	requireAuthentication: false,
	invitationTimeout: 9,
	users: [],
	serviceProviderId: 'acme-ent',
	groupId: 'acme-hq',
	name: 'trunk-1',
};

describe('profile', () => {
	test('is listed in two columns: from the ticket, documented defaults, the rest', () => {
		const fields = [
			{ name: 'requireAuthentication', seedDefault: 'false' },
			{ name: 'invitationTimeout', seedDefault: 6 },
			{ name: 'users' },
		];
		expect(listProfile(PROFILE, fields).split('\n')).toEqual([
			'  From the ticket',
			'    serviceProviderId      acme-ent',
			'    groupId                acme-hq',
			'    name                   trunk-1',
			'    maxActiveCalls         30',
			'',
			'  Documented defaults (1)',
			'    requireAuthentication  false',
			'',
			'  Added by Odin (2)',
			'    invitationTimeout      9',
			'    users                  []',
			'',
		]);
	});

	test('that is not what the ticket asked for is noticed', () => {
		expect(deviations(PROFILE, TICKET)).toEqual([]);
		expect(deviations({ ...PROFILE, maxActiveCalls: 1 }, TICKET)).toEqual([
			'maxActiveCalls is 1 instead of 30',
		]);
	});
});

describe('the time to the first trunk group', () => {
	const lastLine = (elapsed: { total: number; download?: number }) =>
		describeTrunkGroup(PROFILE, TICKET, elapsed).trimEnd().split('\n').at(-1);

	test('is printed', () => {
		expect(lastLine({ total: 21_340 })).toBe('First trunk group 21.3 s after the start');
	});

	test('tells how much of it was the download', () => {
		expect(lastLine({ total: 372_000, download: 341_900 })).toBe(
			"First trunk group 6 min 12 s after the start; 5 min 41 s of them took n8n's download, once",
		);
	});
});

describe('which Odin', () => {
	const access = {
		ODIN_BASE_URL: 'https://odin.example.com',
		ODIN_USERNAME: 'kim',
		ODIN_PASSWORD: 'secret',
	};
	const target = { ODIN_SERVICE_PROVIDER: 'sp', ODIN_GROUP: 'g', ODIN_TRUNK_GROUP: 't' };

	test('none set: the simulator', () => {
		expect(readOdinTarget({})).toBeUndefined();
	});

	test('only the access set: nothing to create', () => {
		expect(readOdinTarget(access)).toEqual({
			credential: {
				baseUrl: 'https://odin.example.com',
				username: 'kim',
				password: 'secret',
				allowUnauthorizedCerts: false,
			},
			ticket: undefined,
		});
	});

	test('access and target set: a ticket for that trunk group, with one channel', () => {
		expect(readOdinTarget({ ...access, ...target })?.ticket).toMatchObject({
			serviceProvider: 'sp',
			group: 'g',
			trunkGroup: 't',
			channels: 1,
		});
	});

	test.each([
		[{ ...access, ODIN_PASSWORD: '' }, /but ODIN_PASSWORD is not/],
		[{ ...access, ODIN_GROUP: 'g' }, /ODIN_GROUP is set, but ODIN_SERVICE_PROVIDER and/],
		[target, /but ODIN_BASE_URL, ODIN_USERNAME, ODIN_PASSWORD are not/],
	])('half set is refused, case %#', (env, words) => {
		expect(() => readOdinTarget(env)).toThrow(words);
	});
});

test('unknown options and impossible ports are refused with the usage or the range', () => {
	expect(readCommandLine(['--once', '--port', '5700'])).toMatchObject({ once: true, port: 5700 });
	expect(() => readCommandLine(['--onse'])).toThrow(/--onse[^]*Usage: npm start/);
	expect(() => readCommandLine(['--port', '70000'])).toThrow('1 to 65535');
});

test('the command line for another ticket survives an apostrophe', () => {
	expect(anotherTicket('http://127.0.0.1:1', { ...TICKET, group: "O'Hara" })).toContain(
		"O'\\''Hara",
	);
});
