import fc from 'fast-check';
import { hasNone } from '../../../nodes/Odin/model/field';
import { parsePayload } from '../../../nodes/Odin/model/payload';
import { issuesText } from '../../../nodes/Odin/values/issues';
import {
	certainIssues,
	createBody,
	missingNeeded,
	unwritable,
	withoutEffect,
} from '../../../nodes/Odin/model/requestBody';
import {
	counted,
	creatable,
	deepFreeze,
	plainEntries,
	referencesIn,
	someOf,
	trunkGroupFields,
} from './fieldValues';
import { everyKind } from './everyKind';
import { desiredFrom, desiredOf, key, keyFields, model } from './profiles';

const defaults = Object.fromEntries(
	trunkGroupFields.flatMap(({ name, documentedDefault }) =>
		documentedDefault === undefined ? [] : [[name, documentedDefault]],
	),
);

/** The body of a create for an item, as the operations make it. */
function bodyFor(entries: Record<string, unknown>, payload: unknown, overridableDefaults = {}) {
	const desired = desiredFrom(payload, { entries, overridableDefaults });
	expect(desired.issues).toEqual([]);
	return createBody(model, key, desired);
}

test('a create carries the key, the documented defaults, Payload and the form, the later winning, and nothing else', () => {
	fc.assert(
		fc.property(someOf(plainEntries), someOf(creatable), (form, payload) => {
			expect(bodyFor(deepFreeze(form), deepFreeze(payload))).toEqual(
				counted({ ...defaults, ...payload, ...form, ...keyFields }),
			);
		}),
	);
});

test('Payload may be JSON text', () => {
	fc.assert(
		fc.property(someOf(creatable), (payload) => {
			expect(bodyFor({}, JSON.stringify(payload))).toEqual(bodyFor({}, payload));
		}),
	);
});

test('the body of one item shares nothing with its input, with the body of another, or with the catalogue', () => {
	const catalogue = referencesIn(trunkGroupFields);
	fc.assert(
		fc.property(someOf(plainEntries), someOf(creatable), (form, given) => {
			const payload = { ...given, unknownToTheNode: { nested: [{ deep: 1 }] } };
			const desired = desiredOf({ entries: form, payload: { keys: payload } });
			const shared = [
				...referencesIn(form),
				...referencesIn(payload),
				...referencesIn(
					createBody(model, key, desiredOf({ entries: form, payload: { keys: payload } })),
				),
				...referencesIn(key),
			];
			const own = referencesIn(createBody(model, key, desired));
			expect(shared.filter((reference) => own.has(reference))).toEqual([]);
			expect([...catalogue].filter((reference) => own.has(reference))).toEqual([]);
		}),
	);
});

test('nothing given is nothing sent: empty form entries, and null or empty text in Payload', () => {
	const names = fc.subarray(creatable.map(({ name }) => name));
	fc.assert(
		fc.property(
			names,
			fc.constantFrom('', null, undefined),
			fc.constantFrom('', null),
			(given, entry, value) => {
				const form = Object.fromEntries(given.map((name) => [name, entry]));
				const payload = Object.fromEntries(given.map((name) => [name, value]));
				expect(bodyFor(form, payload)).toEqual({ ...defaults, ...keyFields });
			},
		),
	);
});

describe('maxActiveCalls and requireAuthentication, which are always there', () => {
	const overridableDefaults = { maxActiveCalls: 1, requireAuthentication: false };

	test('give way to Payload while they have their default', () => {
		expect(
			bodyFor(
				{ ...overridableDefaults },
				{ maxActiveCalls: 20, requireAuthentication: 'TRUE' },
				overridableDefaults,
			),
		).toMatchObject({ maxActiveCalls: 20, requireAuthentication: true });
	});

	test('win with any other value', () => {
		expect(
			bodyFor(
				{ maxActiveCalls: '7', requireAuthentication: true },
				{ maxActiveCalls: 20, requireAuthentication: false },
				overridableDefaults,
			),
		).toMatchObject({ maxActiveCalls: 7, requireAuthentication: true });
	});
});

describe('object fields', () => {
	test('are built from their form entries', () => {
		expect(
			bodyFor(
				{
					deviceName: 'acme-pbx-1',
					departmentName: 'Sales',
					capacityExceededAction: 'Reroute',
					capacityExceededRerouteTrunkGroupName: 'acme-sbc-2',
				},
				{},
			),
		).toMatchObject({
			accessDevice: { deviceName: 'acme-pbx-1', deviceLevel: 'Group' },
			department: { serviceProviderId: 'acme-ent', groupId: 'acme-hq', name: 'Sales' },
			capacityExceededRerouteTrunkGroupKey: {
				serviceProviderId: 'acme-ent',
				groupId: 'acme-hq',
				name: 'acme-sbc-2',
			},
		});
	});

	test('are absent without their name, though a row of a sheet has the other columns', () => {
		const body = bodyFor({ deviceLevel: 'System', deviceName: '', departmentName: null }, {});
		expect(body).not.toHaveProperty('accessDevice');
		expect(body).not.toHaveProperty('department');
	});
});

test('None is no choice: nothing is sent on create, null on update', () => {
	const clearable = trunkGroupFields.filter(hasNone);
	expect(clearable).not.toEqual([]);
	const entries = Object.fromEntries(clearable.map(({ name }) => [name, 'None']));
	expect(bodyFor(entries, {})).toEqual({ ...defaults, ...keyFields });
	const desired = desiredOf({ entries, payload: { keys: {} } });
	const values = [...desired.fields].map(([name, { value }]) => [name, value]);
	expect(values.sort()).toEqual(clearable.map(({ name }) => [name, null]).sort());
	expect(unwritable(model, desired, 'update')).toEqual([]);
});

describe('refused', () => {
	const issuesOf = (entries: Record<string, unknown>, payload: Record<string, unknown>) =>
		desiredOf({ entries, payload: { keys: payload } }).issues;

	test.each([
		[{ maxIncomingCalls: '5 calls' }, {}, 'Max Incoming Calls'],
		[{ invitationTimeout: 256 }, {}, 'Invitation Timeout'],
		[{ userLookupPolicy: 'basic' }, {}, 'User Lookup Policy'],
		[{ deviceName: 'ac\u200bme' }, {}, 'Device Name'],
		[{}, { prefix: '0123456789012345' }, 'Prefix'],
		[{}, { users: ['u1', { lastName: 'Doe' }] }, 'Hosted Users'],
		[{}, { accessDevice: { deviceLevel: 'Group' } }, 'Access Device'],
		[{}, { somethingElse: 2 ** 60 }, 'somethingElse'],
	])('%j with Payload %j names %s', (entries, payload, label) => {
		expect(issuesOf(entries, payload).map((issue) => issue.label)).toEqual([label]);
	});

	test('whatever comes, in words of bounded length', () => {
		const long = 'x'.repeat(1_000_000);
		const issuesOf = (payload: unknown, entries = {}) =>
			issuesText(desiredOf({ entries, payload: parsePayload(payload) }).issues);
		const keys = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`key${at}`, 1e300]));
		expect(issuesOf(keys)).toMatch(/^'key0' in 'Further Fields \(JSON\)' .*; and 4980 more$/);
		expect(issuesOf({ [long]: 1e300 })).toMatch(/^'x{100}…' in 'Further Fields \(JSON\)' contains/);
		expect(issuesOf({ '': 1e300 })).toMatch(
			/^'Further Fields \(JSON\)' has an empty key, whose value contains/,
		);
		expect(issuesOf({}, { prefix: long })).toMatch(/^'Prefix' takes .*, not "x{60}…"$/);
		// The search for passwords in it must not take longer than a person waits.
		expect(issuesOf({}, { invitationTimeout: `"${'password'.repeat(100_000)}` })).toMatch(
			/^'Invitation Timeout' takes/,
		);
	});

	test('a date in place of an object, though it is one to JavaScript', () => {
		const payload = parsePayload({ department: new Date(0), accessDevice: new Date(NaN) });
		expect(issuesText(desiredOf({ payload }).issues)).toBe(
			"'Department' in 'Further Fields (JSON)' takes an object; 'Access Device' in 'Further Fields (JSON)' takes an object",
		);
	});

	test('keys that Odin only answers with are left out and reported', () => {
		const desired = desiredOf({
			entries: {},
			payload: { keys: { trunkGroupState: 'Available', totalActiveIncomingCalls: 3 } },
		});
		expect(desired.readOnlyKeys).toEqual(['trunkGroupState', 'totalActiveIncomingCalls']);
		expect(createBody(model, key, desired)).toEqual({ ...defaults, ...keyFields });
	});

	test.each(
		trunkGroupFields
			.filter(({ neededWhen }) => neededWhen)
			.map((field) => [field.name, field] as const),
	)('%s missing where it is needed, and only there', (name, { label, neededWhen }) => {
		const missing = (values: Record<string, string | boolean>) =>
			missingNeeded(
				model,
				(field) => values[field],
				(field) => field in values,
			).map((issue) => issue.label);
		const condition = { [neededWhen!.field]: neededWhen!.equals };
		expect(missing(condition)).toContain(label);
		expect(missing({ ...condition, [name]: 'given' })).not.toContain(label);
		expect(missing({ [neededWhen!.field]: neededWhen!.equals === true ? false : 'Other' })).toEqual(
			[],
		);
	});

	test('a field that this write does not take, and null for one that BroadWorks does not clear', () => {
		const payload = {
			pilotUserId: 'u1',
			pilotUserNetworkClassOfService: 'NCOS',
			enableBursting: null,
		};
		const desired = desiredOf({ payload: { keys: payload }, nulls: 'clear' });
		const labels = (write: 'create' | 'update') =>
			unwritable(model, desired, write).map(({ label, inPayload }) => [label, inPayload]);
		expect(labels('create')).toEqual([['Pilot User ID', true]]);
		expect(labels('update').sort()).toEqual([
			['Enable Bursting Capacity', true],
			['Network Class of Service', true],
		]);
	});
});

describe('what can be sent when', () => {
	const desiredLine = (keys: Record<string, unknown>, entries = {}) =>
		desiredOf({ model: everyKind, payload: { keys }, entries, nulls: 'clear' });
	const further = (label: string) => `'${label}' in 'Further Fields (JSON)'`;
	const restricted = { kind: 'sip', template: 't', restart: true };
	const refused = (write: 'create' | 'update', keys: object, entries = {}) =>
		issuesText(unwritable(everyKind, desiredLine({ ...keys }, entries), write));

	it.each([
		[restricted, {}, further],
		[{}, restricted, (label: string) => `'${label}'`],
	])('of Payload %j and form %j no write takes all', (keys, entries, named) => {
		expect(refused('create', keys, entries)).toBe(
			`${named('Restart')} can be set only on a line that exists; use the Update operation`,
		);
		expect(refused('update', keys, entries)).toBe(
			`${named('Kind')} can't be changed; it is set for good when a line is created; ${named('Template')} can be set only while a line is created`,
		);
	});

	it('null is nothing to a create, nor is what Odin stores anyway; an update clears what can be', () => {
		const nulls = { pilot: null, quiet: null, note: null };
		expect(refused('create', nulls)).toBe('');
		expect(refused('update', nulls)).toBe(
			`${further('Pilot')} can't be cleared; ${further('Quiet')} can't be cleared`,
		);
		expect(refused('create', { pilot: 'nobody' })).toBe('');
		expect(refused('update', { kind: null })).toContain(further('Kind'));
		expect(refused('update', { pilot: 'nobody', calls: 5, note: 'n', more: 1 })).toBe('');
	});

	it('what only an update takes is certainly refused where no profile shows it', () => {
		const certain = (keys: object, entries = {}) =>
			issuesText(certainIssues(everyKind, desiredLine({ ...keys }, entries)));
		const reason = "can be set only with the operation 'Update'";
		expect(certain({ restart: true })).toBe(`${further('Restart')} ${reason}`);
		expect(certain({}, { restart: true })).toBe(`'Restart' ${reason}`);
		expect(certain({ pilot: 'u', webPassword: 't', template: 't', note: null })).toBe('');
	});

	it.each<[Record<string, unknown>, Record<string, unknown>, string[]]>([
		[{ tone: 'loud' }, { quiet: true }, ["'Tone' has no effect unless 'Quiet' is off"]],
		[{ forwardTo: '12' }, {}, ["'Forward To' has no effect unless 'Forward' is 'Number'"]],
		[{ tone: 'loud', forwardTo: '12' }, { quiet: 'false', forward: 'Number' }, []],
		[{ tone: 'soft', forwardTo: null, note: 'n' }, { quiet: true }, []],
	])('%j beside %j does something, or a hint says that it does not', (keys, stored, hints) => {
		expect(withoutEffect(everyKind, desiredLine(keys), (name) => stored[name])).toEqual(hints);
	});
});
