import { secretsIn } from '../secrets/redact';
import type { Issue } from '../values/issues';
import { isObject, type JsonObject, type JsonValue } from '../values/json';
import { desiredBeside } from './conditions';
import { type DesiredFields } from './desired';
import { shown } from './convert';
import { compareWithProfile, type Difference } from './diff';
import { isStoredAs, isUnset } from './equivalence';
import { holdsSecret, isFixed, neededPart, secretPart } from './field';
import type { Key } from './key';
import {
	completedBody,
	createBody,
	missingNeeded,
	missingSecrets,
	unsettled,
	unwritable,
} from './requestBody';
import type { ResourceModel } from './resourceModel';
import { completed } from './stored';

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
	const body = createBody(model, wanted.key, wanted.desired);
	const issues = creationIssues(model, wanted, body);
	if (issues.length > 0) return { issues };
	const byDefault = (name: string) => model.fields.get(name).documentedDefault;
	return {
		plan: {
			outcome: 'created',
			body,
			changes: [],
			generates: generatedField(model, wanted, byDefault),
			incomparable: [],
			hints: [],
		},
	};
}

/** Why a record can't be created from what is wanted. */
function creationIssues(
	model: ResourceModel,
	{ desired, generatedPassword }: Wanted,
	body: JsonObject,
): Issue[] {
	const refused = new Set(desired.issues.map(({ label }) => label));
	const has = (name: string) =>
		body[name] !== undefined ||
		refused.has(model.fields.get(name).label) ||
		name === generatedPassword;
	return [
		...unwritable(model, desired, 'create'),
		...unsettled(model, desired),
		...missingNeeded(model, (name) => body[name], has),
		...missingSecrets(model, body).filter(({ label }) => !refused.has(label)),
		...model.fields.all
			.filter(({ name, requiredOnCreate }) => requiredOnCreate && !has(name))
			.map(({ label }) => ({ label, reason: 'is needed' })),
	];
}

function reconcileExisting(
	model: ResourceModel,
	wanted: Wanted,
	current: Record<string, unknown>,
): Reconciled {
	const { desired, onlyWhenNew, setsPassword } = wanted;
	const counted = desiredBeside(model, desired, current);
	const { differences, incomparable } = compareWithProfile(model, counted, current);
	const isChange = ({ field }: Difference) => !onlyWhenNew.has(field);
	const changes = differences.filter(isChange);
	const untouched = differences.filter((difference) => !isChange(difference));
	const password = setsPassword ? passwordChange(model, counted, current) : undefined;
	if (password && !changes.some(({ field }) => field === password.field)) changes.push(password);
	const generates = setsPassword
		? generatedField(model, wanted, (name) => current[name])
		: undefined;
	if (generates !== undefined) changes.push({ field: generates, wanted: GENERATED, stored: null });
	const named: JsonObject = Object.fromEntries(
		changes.filter(({ field }) => field !== generates).map(({ field, wanted }) => [field, wanted]),
	);
	const body = changes.length > 0 ? completedBody(model, wanted.key, named, current) : named;
	const issues = [
		...fixed(model, changes),
		...unclearable(model, changes),
		...stillMissing(model, body, current, generates),
		...(setsPassword ? missingSecrets(model, body) : keptSecrets(model, changes)),
	];
	if (issues.length > 0) return { issues };
	const outcome = changes.length > 0 ? 'updated' : 'unchanged';
	const hints = [...counted.hints, ...untouched.map((difference) => keptHint(model, difference))];
	return { plan: { outcome, body, changes, generates, incomparable, hints } };
}

const keptHint = ({ noun, fields }: ResourceModel, { field, wanted }: Difference): string =>
	`'${fields.get(field).label}', left at ${shown(wanted)}, has no effect on an existing ${noun}`;

/** The field of the password that is to be generated, unless it does not count: of a trunk group without authentication. */
export function generatedField(
	model: ResourceModel,
	{ generatedPassword, desired }: Pick<Wanted, 'generatedPassword' | 'desired'>,
	stored: (name: string) => unknown = () => null,
): string | undefined {
	const condition = generatedPassword && model.fields.get(generatedPassword).countsWhen;
	if (!condition) return generatedPassword;
	const { field, equals } = condition;
	const decisive = (desired.fields.get(field)?.value ?? stored(field) ?? null) as JsonValue;
	const counts = decisive === null || isStoredAs(model.fields.get(field), equals, decisive);
	return counts ? generatedPassword : undefined;
}

/** Stands for a password that is not made yet; masked like every other. */
const GENERATED = 'generated';

/** Odin never returns passwords, so one that is to be set always counts as a change. */
export function passwordChange(
	model: ResourceModel,
	{ fields }: DesiredFields,
	current: Record<string, unknown>,
): Difference | undefined {
	for (const [field, { value }] of fields) {
		if (holdsSecret(model.fields.get(field)) && secretsIn({ [field]: value }).length > 0) {
			const stored = (completed(model, current)[field] ?? null) as JsonValue;
			return { field, wanted: value, stored };
		}
	}
	return undefined;
}

/** What can't be changed without a password, and the password stays. */
const keptSecrets = ({ noun, fields }: ResourceModel, changes: Difference[]): Issue[] =>
	changes.flatMap(({ field, wanted }) => {
		const known = fields.find(field);
		const secret = known && secretPart(known);
		if (!secret?.setWith || !isObject(wanted)) return [];
		const reason = `can't be changed without '${secret.label}', which an existing ${noun} gets only when '${secret.setWith.label}' is on`;
		return [{ label: neededPart(known!)?.label ?? '', reason }];
	});

/** Another value of a field that never changes. */
const fixed = ({ fields }: ResourceModel, changes: Difference[]): Issue[] =>
	changes.flatMap(({ field, wanted, stored }) => {
		const known = fields.find(field);
		if (!known || !isFixed(known)) return [];
		return [
			{ label: known.label, reason: `can't be changed from ${shown(stored)} to ${shown(wanted)}` },
		];
	});

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
	const complete = completed(model, current);
	const has = (name: string): boolean => {
		if (name === generates) return true;
		if (model.fields.get(name).secret) return body[name] !== null;
		return !isUnset(Object.hasOwn(body, name) ? body[name] : complete[name]);
	};
	return missingNeeded(model, (name) => body[name], has).map((issue) => ({
		...issue,
		reason: `${issue.reason}, and the existing ${model.noun} has none`,
	}));
}
