import { secretsIn } from '../secrets/redact';
import type { Issue } from '../values/issues';
import type { JsonObject, JsonValue } from '../values/json';
import { desiredBeside, type DesiredFields } from './desired';
import { compareWithProfile, type Difference } from './diff';
import type { Field } from './field';
import type { Key } from './key';
import { completed, createBody, missingNeeded, unwritable } from './requestBody';
import type { ResourceModel } from './resourceModel';

/** What an item wants a record to be. */
export interface Wanted {
	key: Key;
	desired: DesiredFields;
	/** Fields that count for a new record only: nobody touched them in the form */
	onlyWhenNew: ReadonlySet<string>;
	/** The field of a password that is made when the request is sent */
	generatedPassword: string | undefined;
	/** An existing record gets the password that was named or is made */
	setsPassword: boolean;
}

/** What brings a record to what is wanted. A preview shows it, a run applies it. */
export interface Plan {
	outcome: 'created' | 'updated' | 'unchanged';
	/** What is sent; for an existing record beside its key. A generated password is not in it yet */
	body: JsonObject;
	/** Of an existing record, from → to */
	changes: Difference[];
	/** The field of a password that is still to be generated */
	generates: string | undefined;
	/** Fields that were named and that Odin never shows */
	incomparable: string[];
	/** What was named and does not count beside the existing record */
	hints: string[];
}

export type Reconciled = { plan: Plan } | { issues: Issue[] };

/** The plan that makes `current` (undefined: there is none) what is wanted, or why there can't be one. */
export const reconcile = (
	model: ResourceModel,
	wanted: Wanted,
	current: Record<string, unknown> | undefined,
): Reconciled =>
	current ? reconcileExisting(model, wanted, current) : reconcileNew(model, wanted);

function reconcileNew(model: ResourceModel, wanted: Wanted): Reconciled {
	const issues = creationIssues(model, wanted);
	if (issues.length > 0) return { issues };
	return {
		plan: {
			outcome: 'created',
			body: createBody(model, wanted.key, wanted.desired),
			changes: [],
			generates: wanted.generatedPassword,
			incomparable: [],
			hints: [],
		},
	};
}

/** Why a record can't be created from what is wanted. */
export function creationIssues(
	model: ResourceModel,
	{ key, desired, generatedPassword }: Wanted,
): Issue[] {
	const body = createBody(model, key, desired);
	const refused = new Set(desired.issues.map(({ label }) => label));
	const has = (name: string) =>
		body[name] !== undefined ||
		refused.has(model.fields.get(name).label) ||
		name === generatedPassword;
	return [
		...unwritable(model, desired, 'create'),
		...missingNeeded(model, (name) => body[name], has),
		...model.fields.all
			.filter(({ name, requiredOnCreate }) => requiredOnCreate && !has(name))
			.map(({ label }) => ({ label, reason: 'is needed' })),
	];
}

function reconcileExisting(
	model: ResourceModel,
	{ key, desired, onlyWhenNew, generatedPassword, setsPassword }: Wanted,
	current: Record<string, unknown>,
): Reconciled {
	const counted = desiredBeside(model, desired, current);
	const { differences, incomparable } = compareWithProfile(model, counted, current);
	const changes = differences.filter(({ field }) => !onlyWhenNew.has(field));
	const password = setsPassword ? passwordChange(model, counted) : undefined;
	if (password && !changes.some(({ field }) => field === password.field)) changes.push(password);
	const generates = setsPassword ? generatedPassword : undefined;
	if (generates !== undefined) changes.push({ field: generates, wanted: GENERATED, stored: null });
	const named: JsonObject = Object.fromEntries(
		changes.filter(({ field }) => field !== generates).map(({ field, wanted }) => [field, wanted]),
	);
	const body = changes.length > 0 ? completed(model, key, named, current) : named;
	const issues = [...unclearable(model, changes), ...stillMissing(model, body, current, generates)];
	if (issues.length > 0) return { issues };
	const outcome = changes.length > 0 ? 'updated' : 'unchanged';
	return { plan: { outcome, body, changes, generates, incomparable, hints: counted.hints } };
}

/** Stands for a password that is not made yet; masked like every other. */
const GENERATED = 'generated';

const holdsSecret = ({ secret, parts = [] }: Field): boolean =>
	secret === true || parts.some((part) => part.secret);

/** Odin never returns passwords, so one that is to be set always counts as a change. */
function passwordChange(model: ResourceModel, { fields }: DesiredFields): Difference | undefined {
	for (const [field, { value }] of fields) {
		if (holdsSecret(model.fields.get(field)) && secretsIn({ [field]: value }).length > 0) {
			return { field, wanted: value, stored: null };
		}
	}
	return undefined;
}

/** Null in Payload for a field of an existing record that BroadWorks does not clear. */
const unclearable = ({ fields }: ResourceModel, changes: Difference[]): Issue[] =>
	changes.flatMap(({ field, wanted }) => {
		const known = fields.find(field);
		return wanted === null && known && !known.clearable
			? [{ label: known.label, reason: "can't be cleared", inPayload: true as const }]
			: [];
	});

/**
 * What an existing record lacks with the changes of `body`: for example the address of an action that is switched on now.
 * A password can't be seen, so it counts as there.
 */
export function stillMissing(
	model: ResourceModel,
	body: JsonObject,
	current: Record<string, unknown>,
	generates?: string,
): Issue[] {
	const has = (name: string): boolean => {
		if (name === generates) return true;
		if (model.fields.get(name).secret) return body[name] !== null;
		const value = (Object.hasOwn(body, name) ? body[name] : current[name]) as JsonValue | undefined;
		return value !== undefined && value !== null && value !== '';
	};
	return missingNeeded(model, (name) => body[name], has);
}
