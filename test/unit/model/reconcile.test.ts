import fc from 'fast-check';
import {
	generatedField,
	reconcile,
	stillMissing,
	type Wanted,
} from '../../../nodes/Odin/model/reconcile';
import { namedKey } from '../../../nodes/Odin/model/key';
import { issuesText } from '../../../nodes/Odin/values/issues';
import type { JsonObject, JsonValue } from '../../../nodes/Odin/values/json';
import { deepFreeze } from './fieldValues';
import { everyKind } from './everyKind';
import { desiredOf, key } from './profiles';

/** What the form names, and what else is asked for; Payload has the rest. */
type Asked = Partial<Wanted> & { entries?: JsonObject };

const wantedOf = (keys: JsonObject, { entries = {}, ...more }: Asked = {}): Wanted => ({
	key,
	desired: desiredOf({
		model: everyKind,
		payload: { keys: deepFreeze(keys) },
		entries,
		nulls: 'clear',
	}),
	onlyWhenNew: new Set(),
	generatedPassword: undefined,
	setsPassword: false,
	...more,
});

/** The plan for an item, or in words why there is none. */
function planFor(keys: JsonObject, current?: JsonObject, asked: Asked = {}, model = everyKind) {
	const reconciled = reconcile(model, wantedOf(keys, asked), deepFreeze(current));
	return 'plan' in reconciled ? reconciled.plan : issuesText(reconciled.issues);
}

const lineKey = namedKey(everyKind, key);
const nothing = { changes: [], generates: undefined, incomparable: [], hints: [] };
const login = { userName: 'u', password: 'secret-1' };
const sipPassword = 'secret-2';
const SET = { setsPassword: true };
const MADE = { ...SET, generatedPassword: 'sipPassword' };
const further = (label: string) => `'${label}' in 'Further Fields (JSON)'`;
const noNumber = "'Forward To' is needed when 'Forward' is 'Number'";

const completed: typeof everyKind = {
	...everyKind,
	completion: {
		dependsOnStored: [],
		complete: (body, { id }, current) => ({ ...body, tone: `${id} ${String(current?.note)}` }),
	},
};

describe('a new record', () => {
	const created = (body: JsonObject) => ({
		outcome: 'created',
		body: { ...lineKey, calls: 5, authenticate: false, ...body },
		...nothing,
	});
	const kind = 'sip';

	it.each<[JsonObject, JsonObject]>([
		[
			{ kind, calls: 7, note: null, other: [1], gone: null },
			{ calls: 7, other: [1] },
		],
		[{ kind, ...lineKey, lineId: 'else' }, {}],
		[{ kind, authenticate: false, sipPassword, ownLogin: false }, { ownLogin: false }],
		// As the default has it.
		[{ kind, sipPassword }, {}],
		[
			{ kind, ownLogin: true, login },
			{ ownLogin: true, login },
		],
		// Odin stores this anyway.
		[{ kind, pilot: 'nobody', restart: null, login: null }, {}],
	])('from Payload %j gets %j beside key, kind and defaults', (keys, body) => {
		expect(planFor(keys)).toEqual(created({ kind, ...body }));
		expect(planFor(keys, undefined, {}, completed)).toEqual(
			created({ kind, ...body, tone: 'acme-sbc-1 undefined' }),
		);
	});

	it.each<[JsonObject, string]>([
		[{ kind: null }, "'Kind' is needed"],
		[{ kind, pilot: 'u' }, `${further('Pilot')} can be set only on a line that exists`],
		[{ kind, forward: 'Number' }, noNumber],
		[{ kind, login }, "'Login' applies only when 'Own Login' is on"],
		[{ kind, ownLogin: true }, "'Login' is needed when 'Own Login' is on"],
		[{ kind, ownLogin: true, login: { userName: 'u' } }, "'Password' is needed with 'User Name'"],
		[{ kind, authenticate: true }, "'SIP Password' is needed when 'Authenticate' is on"],
	])('from Payload %j is refused: %s', (keys, issues) => {
		expect(planFor(keys)).toBe(issues.replace(/exists$/, '$&; use the Update operation'));
	});

	it.each<[JsonObject, JsonObject]>([
		[{ kind: {} }, {}],
		[{ kind, forward: 'Number', forwardTo: {} }, {}],
		[
			{ kind, ownLogin: true },
			{ loginName: 'u', loginPassword: ' spoiled' },
		],
	])('lacks nothing that was given and refused already: %j and form %j', (keys, entries) => {
		expect(wantedOf(keys, { entries }).desired.issues).toHaveLength(1);
		expect(planFor(keys, undefined, { entries })).toMatchObject({ outcome: 'created' });
	});

	it('gets a password made where one counts', () => {
		const made = (keys: JsonObject) =>
			planFor({ kind, ...keys }, undefined, { generatedPassword: 'sipPassword' });
		const body = { kind, authenticate: true };
		expect(made(body)).toEqual({ ...created(body), generates: 'sipPassword' });
		expect(made({})).toEqual(created({ kind }));
	});
});

describe('an existing record', () => {
	const stored = { ...lineKey, kind: 'sip', calls: 5, note: 'n', authenticate: false };
	const withLogin = { ...stored, ownLogin: true, loginName: 'u' };

	it.each<[JsonObject, JsonObject, object]>([
		[{ calls: 5, note: ' n', kind: 'sip', ...lineKey, lineId: 'else' }, stored, {}],
		[{ calls: 5, note: null }, { ...stored, note: null }, {}],
		[{ template: 't', more: 1, calls: 5 }, stored, { incomparable: ['template', 'more'] }],
		[
			{ login },
			{ ...stored, ownLogin: false },
			{ hints: ["'Login' was left out: it applies only when 'Own Login' is on"] },
		],
		// The password that it has stays.
		[{ login, ownLogin: true, webPassword: 'secret-1' }, withLogin, {}],
	])('stays as it is with Payload %j beside %j', (keys, current, more) => {
		const plan = { ...nothing, outcome: 'unchanged', body: {}, ...more };
		expect(planFor(keys, current, {}, completed)).toEqual(plan);
	});

	/** By field: what it gets, and what is stored. */
	type Changes = Record<string, [JsonValue, JsonValue]>;

	it.each<[JsonObject, JsonObject, Changes, Asked]>([
		[{ calls: 6, note: 'n' }, stored, { calls: [6, 5] }, {}],
		[{ note: null }, stored, { note: [null, 'n'] }, {}],
		[{ forward: 'Number' }, { ...stored, forwardTo: '1' }, { forward: ['Number', null] }, {}],
		[{ authenticate: true }, stored, { authenticate: [true, false] }, {}],
		[{ login: null }, withLogin, { login: [null, { userName: 'u' }] }, {}],
		[{ place: { room: 'A' } }, { room: 'B' }, { place: [{ room: 'A' }, { room: 'B' }] }, {}],
		// A password that is to be set is a change, since nobody can compare it.
		[{ login }, withLogin, { login: [login, { userName: 'u' }] }, SET],
		[{ login }, { ...withLogin, loginName: 'v' }, { login: [login, { userName: 'v' }] }, SET],
		[
			{ calls: 6, webPassword: 'secret-1' },
			stored,
			{ calls: [6, 5], webPassword: ['secret-1', null] },
			SET,
		],
		[{ calls: 6, webPassword: null }, stored, { calls: [6, 5] }, SET],
		[
			{ authenticate: true },
			stored,
			{ authenticate: [true, false], sipPassword: ['generated', null] },
			MADE,
		],
		[{ calls: 5 }, { ...stored, authenticate: 'true' }, { sipPassword: ['generated', null] }, MADE],
		// None is made that does not count, or that is not to be set.
		[{ calls: 6 }, stored, { calls: [6, 5] }, MADE],
		[{ calls: 6 }, stored, { calls: [6, 5] }, { generatedPassword: 'webPassword' }],
	])('gets what differs of Payload %j beside %j: %j', (keys, current, changes, asked) => {
		const generates = Object.keys(changes).find((name) => changes[name]![0] === 'generated');
		const sent = Object.entries(changes).filter(([name]) => name !== generates);
		expect(planFor(keys, current, asked)).toEqual({
			...{ ...nothing, outcome: 'updated', generates },
			body: Object.fromEntries(sent.map(([name, [wanted]]) => [name, wanted])),
			changes: Object.entries(changes).map(([field, [wanted, from]]) => ({
				...{ field, wanted, stored: from },
			})),
		});
	});

	it.each<[JsonObject, JsonObject, string, Asked]>([
		[{ kind: 'pots' }, stored, `'Kind' can't be changed from "sip" to "pots"`, {}],
		[{ calls: null }, stored, `${further('Calls')} can't be cleared`, {}],
		[{ forward: 'Number' }, stored, `${noNumber}, and the existing line has none`, {}],
		[
			{ ownLogin: true, login },
			stored,
			"'User Name' can't be changed without 'Password', which an existing line gets only when 'Set Password' is on",
			{},
		],
		[{ login: { userName: 'v' } }, withLogin, "'Password' is needed with 'User Name'", SET],
	])('is refused Payload %j beside %j: %s', (keys, current, issues, asked) => {
		expect(planFor(keys, current, asked)).toBe(issues);
	});

	it('keeps what nobody touched in the form, and hears so', () => {
		const asked = { onlyWhenNew: new Set(['calls', 'quiet']) };
		expect(planFor({ calls: 9, quiet: false, note: 'm' }, stored, asked)).toMatchObject({
			body: { note: 'm' },
			changes: [{ field: 'note' }],
			hints: ["'Calls', left at 9, has no effect on an existing line"],
		});
	});

	it('is completed from what is stored, without a change more to show', () => {
		expect(planFor({ calls: 6 }, stored, {}, completed)).toMatchObject({
			body: { calls: 6, tone: 'acme-sbc-1 n' },
			changes: [{ field: 'calls' }],
		});
	});

	it('is as wanted once it got what differed', () => {
		const some = (...values: JsonValue[]) => fc.constantFrom(...values);
		const given = fc.record(
			{
				calls: some(5, '6', 7),
				note: some('n', 'm ', null),
				codes: some(['a'], ['b', 'a'], 'b, a'),
				quiet: some(true, 'FALSE'),
				tone: some('soft', 'loud'),
				more: some(1, { deep: [2] }),
			},
			{ requiredKeys: [], noNullPrototype: true },
		) as fc.Arbitrary<JsonObject>;
		fc.assert(
			fc.property(given, given, (first, second) => {
				const current = { ...stored, more: 0, ...first, codes: ['c'] };
				const plan = planFor(second, current);
				if (typeof plan === 'string') throw new Error(plan);
				const after = planFor(second, { ...current, ...plan.body });
				expect(after).toMatchObject({ outcome: 'unchanged', body: {}, changes: [] });
			}),
		);
	});
});

it.each<[string | undefined, JsonObject, unknown, string | undefined]>([
	[undefined, { authenticate: true }, true, undefined],
	['webPassword', { authenticate: false }, false, 'webPassword'],
	['sipPassword', {}, undefined, 'sipPassword'],
	['sipPassword', {}, false, undefined],
	['sipPassword', { authenticate: true }, false, 'sipPassword'],
	['sipPassword', { authenticate: false }, true, undefined],
])(
	'a password to be made in %s with Payload %j beside %j is made in %s',
	(name, keys, is, made) => {
		const asked = wantedOf(keys, { generatedPassword: name });
		expect(generatedField(everyKind, asked, () => is)).toBe(made);
		if (is === undefined) expect(generatedField(everyKind, asked)).toBe(made);
	},
);

describe('what an existing record lacks', () => {
	const none = (label: string, condition: string) =>
		`'${label}' is needed when '${condition}' is on, and the existing line has none`;
	const noPassword = none('SIP Password', 'Authenticate');
	const noLogin = none('Login', 'Own Login');
	const cleared = { authenticate: true, sipPassword: null };

	it.each<[JsonObject, JsonObject, string | undefined, string]>([
		[{ authenticate: true }, {}, undefined, ''],
		[cleared, {}, 'webPassword', noPassword],
		[cleared, {}, 'sipPassword', ''],
		[{ ownLogin: true }, { login: { userName: '' } }, undefined, noLogin],
		[{ ownLogin: true }, { loginName: 'u' }, undefined, ''],
		[{ ownLogin: true, login: null }, { loginName: 'u' }, undefined, noLogin],
		[{ note: 'n' }, { ownLogin: true }, undefined, ''],
	])('with the changes %j beside %j, making %s', (body, current, made, issues) => {
		expect(issuesText(stillMissing(everyKind, body, current, made))).toBe(issues);
	});
});
