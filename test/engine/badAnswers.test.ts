import type { Fault, FaultCandidate } from '../../simulator';
import { isObject } from '../../nodes/Odin/values/json';
import { DECLARED } from '../../scripts/generate/declared';
import { jsonOf, useOdin, type Json } from './support/odinRuns';
import { addSites, OPERATIONS, SITES } from './support/operationTable';
import { OtherHost } from './support/otherHost';
import { expectPlainWords } from './support/plainWords';

const odin = useOdin({ arrange: ({ network }) => addSites(network) });
let otherHost: OtherHost;

beforeAll(async () => {
	otherHost = await OtherHost.start({});
});

afterAll(async () => {
	expect(otherHost.received).toEqual([]);
	await otherHost.close();
});

interface BadAnswer {
	fault: () => Fault;
	/** What a message says of it, and of no other. None: it is as good as the answer that it stands for */
	words?: RegExp;
	/** Which requests can have it. Default: all */
	meets?: (request: FaultCandidate) => boolean;
	/** What an item may give beside what it gives without it */
	alsoGives?: (json: Json[]) => boolean;
}

const ODINS_WORDS = ['There has been a BroadWorks error.', '[Error 6650]', '[Error 5690]'];

const rewritten =
	(rewrite: (text: string) => string, type = 'application/json') =>
	(): Fault => ({
		kind: 'rewritten',
		rewrite,
		headers: { 'content-type': type },
	});

/** As text. 10 MB of bytes that are no UTF-8 meet create.answers and secrets. */
const NOISE = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)).join('');

const isProfile = ({ method, path, query }: FaultCandidate): boolean =>
	path === '/groups/trunk-groups' &&
	(method === 'GET' ? query.name !== undefined : method !== 'DELETE');

// Odin's refusals are never empty: it refuses what it has but, so it seems, does not have.
const NOT_THERE =
	/Odin has no [a-z ]+ '|confirmed creating .*cannot be found|already exists|contains none|answered without one|other than a list|is none of them|Odin's answer has no services of user '|remove the users first/;
const ELSE =
	/answered with something other than a list|Odin's answer is not the profile|Odin's answer has no services|contains none|answered without one/;

/** The name of a profile, not that of a trunk group that it reroutes to. */
const OWN_NAME = /"name":"[^"]*","users"/;

const BAD_ANSWERS: Record<string, BadAnswer> = {
	'nothing at all': {
		fault: () => ({ kind: 'empty' }),
		words: NOT_THERE,
		// An empty list, a record that is not there, and a number that is in none.
		alsoGives: (json) =>
			json.every(
				(one) =>
					DECLARED.some(({ model }) => one[model.value] === null) ||
					one.found === false ||
					(one.trunk === null && one.outcome === 'unchanged'),
			),
	},
	'a web page': {
		fault: () => ({ kind: 'html', status: 200 }),
		words: /is a web page, .*HTTP 200/,
	},
	"a proxy's page": {
		fault: () => ({ kind: 'gatewayAfterWrite' }),
		words: /is a web page, .*HTTP 502/,
	},
	'truncated JSON': {
		fault: () => ({ kind: 'truncated' }),
		words: /answer is truncated JSON/,
	},
	noise: {
		fault: rewritten(() => NOISE),
		words: /the answer is not JSON/i,
	},
	'an error as a success': {
		fault: () => ({ kind: 'errorIn200' }),
		words: /with an error text: There has been a BroadWorks error\./,
	},
	'an error beside what was asked for': {
		fault: rewritten(
			(text) => `{"error":"Half done",${text.startsWith('{') ? text.slice(1) : '"x":1}'}`,
		),
		words: /with an error text: Half done/,
	},
	'the way to another host': {
		fault: () => ({ kind: 'redirect', location: otherHost.url }),
		words: /redirects to another address, which is not followed/,
	},
	'JSON of another kind': { fault: rewritten(() => '"fine"'), words: ELSE },
	'a number': { fault: rewritten(() => '1'), words: ELSE },
	'a profile without a name': {
		fault: rewritten((text) => text.replace(OWN_NAME, '"nom":1,"users"')),
		words: ELSE,
		meets: isProfile,
	},
	'the profile of another trunk group': {
		fault: rewritten((text) => text.replace(OWN_NAME, '"name":"another","users"')),
		words: ELSE,
		meets: isProfile,
	},
	'JSON as text/html': { fault: rewritten((text) => text, 'text/html') },
	'JSON as text/plain': { fault: rewritten((text) => text, 'text/plain') },
	'JSON after a byte order mark': {
		fault: rewritten((text) => (text === '' ? '' : `\uFEFF ${text}\n`)),
	},
	'numbers as text': {
		fault: rewritten((text) => text.replace(/:(-?\d+)(?=[,}])/g, ':"$1"')),
	},
};

/** What a run gave, apart from what differs from run to run, and from the type that Odin gave a number. */
const comparable = (action: string, json: Json[]): unknown =>
	JSON.parse(
		JSON.stringify(action === 'sipPassword.generate' ? [{}] : json, (_key, value: unknown) => {
			if (typeof value === 'number') return String(value);
			return WRITES_OF_USERS.test(action) && isEmpty(value) ? undefined : value;
		}),
	);

/** The answer to a write of a user shows fields that are unset, which a read leaves out. */
const WRITES_OF_USERS = /^user\.(create|upsert|update|assignTrunkGroup|removeTrunkGroup)$/;

const isEmpty = (value: unknown): boolean =>
	value === '' || (isObject(value) && Object.values(value).every(isEmpty));

/** What the messages of an operation have to name, one of these at least. */
function namedBy(action: string, parameters: Json): string[] {
	const [site] = SITES;
	const { userId, newUserId = userId } = parameters;
	const group = `group '${site!.group}'`;
	if (typeof newUserId === 'string') {
		const user = `user '${newUserId.slice(1).replace('{{ $json.user }}', site!.user)}'`;
		// The password of a new user is generated by the rules of the group.
		return newUserId === userId ? [user] : [user, group];
	}
	if (action === 'change.undo') return [`trunk group '${site!.name}`];
	// Of a SIP trunk it also reads what stands beside the trunk group.
	if (action.startsWith('sipTrunk.')) {
		return [`trunk group '${site!.name}`, group, `user 'trunk-${site!.user}'`];
	}
	const isTrunkGroup = action.startsWith('trunkGroup.') && 'name' in parameters;
	if (isTrunkGroup || 'trunkGroup' in parameters) return [`trunk group '${site!.name}`];
	// Numbers are matched against all of the service provider.
	if ('groupId' in parameters && !action.startsWith('number.')) return [group];
	return 'serviceProviderId' in parameters
		? [`service provider '${site!.serviceProvider}'`]
		: ['the service providers'];
}

async function run(action: string, parameters: Json) {
	const options = { maxRetries: 0, ...(isObject(parameters.options) && parameters.options) };
	return await odin.run(action, { ...parameters, options }, { items: SITES.slice(0, 1) });
}

/** Lets one request be answered badly, or all of them. Tells whether any was. */
function spoil({ fault, meets = () => true }: BadAnswer, place: number | 'all'): () => boolean {
	let requests = 0;
	let isMet = false;
	odin.simulator.injectFault((request) => {
		if (request.path.startsWith('/auth/') || !request.hasSession()) return undefined;
		const isMeant = place === 'all' || place === requests;
		requests += 1;
		if (!isMeant || !meets(request)) return undefined;
		isMet = true;
		return fault();
	});
	return () => isMet;
}

describe.each(Object.entries(OPERATIONS))('%s', (action, { parameters, writes }) => {
	let good: unknown;
	let requests = 0;

	beforeAll(async () => {
		good = comparable(action, jsonOf((await run(action, parameters)).output[0]));
		requests = odin.requests().length;
	});

	it.each(Object.entries(BAD_ANSWERS))('answered with %s', async (_, bad) => {
		// What harms at no place is at all of them at once; what ends a run at its first place is at one after the other.
		const each = Array.from({ length: requests }, (_place, index) => index);
		const isMore = requests > 1 && bad.alsoGives;
		const places = isMore ? [...each, 'all' as const] : each;
		for (const place of bad.words ? places : ['all' as const]) {
			const wasMet = spoil(bad, place);
			const { output, error } = await run(action, parameters);
			odin.simulator.clearFaults();
			if (wasMet() && error) {
				const { message, description } = error;
				expect(message).toMatch(bad.words ?? /never/);
				expect(namedBy(action, parameters).filter((name) => message.includes(name))).not.toEqual(
					[],
				);
				expect(output.flat()).toEqual([]);
				expectPlainWords(`${message}\n${description ?? ''}`, ...ODINS_WORDS);
			} else {
				const json = jsonOf(output[0]);
				const isTold = json.some(({ rule }) => rule === 'notChecked');
				if (!isTold && !bad.alsoGives?.(json)) expect(comparable(action, json)).toEqual(good);
			}
			if (writes && odin.writes().length > 0) await odin.restart();
			else odin.forget();
		}
	});
});
