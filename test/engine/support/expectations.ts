import {
	TRUNK_GROUP_FIELDS,
	type TrunkGroupField,
} from '../../../simulator/contract/trunkGroupFields';
import {
	askedFor,
	createBody,
	demanded,
	type AskedFor,
	type Given,
	type LabelOf,
} from './askedFor';
import { KEY, type Kind } from './trunkGroupWrites';

type Json = Record<string, unknown>;

/** How each field is read here in Odin before it is changed: unlike anything that is asked for, but for `true`. */
export const STORED: Json = Object.fromEntries(
	TRUNK_GROUP_FIELDS.map((field) => [field.name, storedValue(field)]),
);

function storedValue({ name, type }: TrunkGroupField): unknown {
	if (name === 'users') return [{ userId: '~stored~' }];
	if (type === 'boolean') return true;
	if (type === 'integer') return 777_777_777;
	if (type === 'object') return { name: '~', groupId: '~', deviceName: '~', deviceLevel: '~' };
	return type === 'array' ? ['~stored~'] : '~stored~';
}

/** What Odin must be sent for an item: undefined where it must be refused. */
export interface Expectation {
	refused: string[];
	mayBeRefused: string[];
	body?: Json;
}

export function expectationOf(kind: Kind, given: Given | undefined, labelOf: LabelOf): Expectation {
	if (!given) return { refused: ['Payload'], mayBeRefused: [] };
	const label = (entry: string) => labelOf(entry === 'name' ? kind.nameParameter : entry);
	const asked = askedFor(kind.write, withoutIdleAuthentication(kind, given), label);
	const { mayBeRefused, unclearable } = asked;
	const isSeenAtOnce = kind.operation === 'update';
	const refused = [...asked.refused, ...(isSeenAtOnce ? unclearable : [])];
	if (refused.length > 0) return { refused, mayBeRefused };
	const missing = [...(isSeenAtOnce ? [] : unclearable), ...missingIn(kind, asked, labelOf)];
	if (missing.length > 0) return { refused: missing, mayBeRefused };
	return { refused, mayBeRefused, body: bodyOf(kind, asked) };
}

/** On create, user name and password of the form count only while authentication is on. */
function withoutIdleAuthentication(kind: Kind, given: Given): Given {
	if (kind.operation !== 'create') return given;
	const on = [given.entries, given.payload].some(({ requireAuthentication: raw }) =>
		/^\s*true\s*$/i.test(typeof raw === 'string' || typeof raw === 'boolean' ? String(raw) : ''),
	);
	if (on) return given;
	const entries = Object.entries(given.entries).filter(([name]) => !/^sipA/.test(name));
	return { ...given, entries: Object.fromEntries(entries) };
}

function missingIn(kind: Kind, asked: AskedFor, labelOf: LabelOf): string[] {
	const { fields } = asked;
	if (kind.write === 'compare') return [];
	if (!kind.existing) {
		const isThere = (field: string) => (fields[field] ?? null) !== null;
		const missing = demanded(asked, isThere).map(({ label }) => label);
		return isThere('maxActiveCalls') ? missing : [...missing, labelOf('maxActiveCalls')];
	}
	const changed = kind.operation === 'upsert' ? { ...asked, fields: changesIn(asked) } : asked;
	const missing = demanded(changed, (field) => fields[field] !== null).map(({ label }) => label);
	const isEmpty = Object.keys(fields).every((name) => KEY.includes(name));
	return kind.operation === 'update' && isEmpty ? ['There is nothing to update'] : missing;
}

/** What differs from the stored trunk group. A key that Odin does not show can't be compared. */
const changesIn = ({ fields }: AskedFor): Json =>
	Object.fromEntries(
		Object.entries(fields).filter(
			([name, value]) =>
				!KEY.includes(name) && Object.hasOwn(STORED, name) && STORED[name] !== value,
		),
	);

function bodyOf(kind: Kind, asked: AskedFor): Json | undefined {
	if (!kind.existing) return createBody(asked);
	const { serviceProviderId, groupId, name } = asked.fields;
	const key = { serviceProviderId, groupId, name };
	if (kind.operation === 'update') return asked.fields;
	const changes = changesIn(asked);
	if (kind.write === 'compare') return changes;
	return Object.keys(changes).length === 0 ? undefined : { ...key, ...changes };
}
