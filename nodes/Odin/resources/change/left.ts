import type { Key } from '../../model/key';
import type { FieldChange } from '../../provisioning/takeBack';
import type { Provisioned } from '../../provisioning/resource';
import { isObject, type JsonValue } from '../../values/json';
import { isAbsent, trimmed } from '../../values/text';
import { wireText } from '../../values/wireValues';
import { provisionedDevice } from '../device';
import { NOT_BEGUN } from '../sipTrunk/step';
import { provisionedTrunkGroup } from '../trunkGroup';
import { provisionedUser } from '../user';

type Json = Record<string, unknown>;

/** How Create or Update left a record. */
export interface LeftRecord {
	model: Provisioned;
	key: Key;
	outcome: 'created' | 'updated' | 'unchanged';
	changes: FieldChange[];
	/** As the output item shows it, perhaps not all of it */
	profile: Json;
}

/** A step that a turn-up did, in the words of its output item. */
export interface LeftStep {
	step: string;
	subject: string;
	outcome: 'created' | 'updated';
	changes: Json[];
	body: Json;
}

/** How Turn Up left a trunk. */
export interface LeftTrunk {
	key: Key;
	steps: LeftStep[];
	/** Of an item that was not completed: what may have been done, or a part of it */
	unknown: LeftStep[];
	trunk: Json;
}

export type Left = LeftRecord | LeftTrunk;

/** What has Create or Update. */
export const UNDOABLE: readonly Provisioned[] = [
	provisionedTrunkGroup,
	provisionedDevice,
	provisionedUser,
];

const WANTED = "an output item of 'Create or Update' or of 'Turn Up'";

/** What an item tells of a write, or why it can't be undone, in words that follow the label. */
export function readLeft(raw: unknown): Left | { refused: string } {
	const unwrapped = unwrap(raw, 0);
	if ('refused' in unwrapped) return unwrapped;
	const { item } = unwrapped;
	const details = isObject(item.details) ? item.details : undefined;
	if (details && 'error' in item) {
		return Array.isArray(details.steps)
			? readTrunk(details, details.steps)
			: { refused: `describes a write that did not succeed, and has no steps; it takes ${WANTED}` };
	}
	const refused = reasonAgainst(item);
	if (refused !== undefined) return { refused };
	if (Array.isArray(item.steps)) return readTrunk(item, item.steps);
	for (const model of UNDOABLE) {
		const profile = item[model.value];
		if (isObject(profile) && Array.isArray(item.changes)) {
			return readRecord(item, model, profile, item.changes);
		}
	}
	return { refused: `takes ${WANTED}; this one does not contain the previous values` };
}

const MAX_WRAPPED = 4;

/** The item itself: of its text, of n8n's form of an item, of a list of one. */
function unwrap(raw: unknown, depth: number): { item: Json } | { refused: string } {
	if (isAbsent(raw)) return { refused: 'is needed' };
	if (depth > MAX_WRAPPED) return { refused: `takes ${WANTED}` };
	if (typeof raw === 'string') {
		try {
			return unwrap(JSON.parse(trimmed(raw)), depth + 1);
		} catch {
			return { refused: `takes ${WANTED}, and this text is not JSON` };
		}
	}
	if (Array.isArray(raw)) {
		return raw.length === 1
			? unwrap(raw[0], depth + 1)
			: { refused: `takes one item, and this is a list of ${raw.length}` };
	}
	if (!isObject(raw)) return { refused: `takes ${WANTED}` };
	const isWrapped = isObject(raw.json) && !('outcome' in raw) && !('details' in raw);
	return isWrapped ? unwrap(raw.json, depth + 1) : { item: raw };
}

/** What other outputs of the node have, and why there is nothing to undo. */
function reasonAgainst(item: Json): string | undefined {
	if (item.preview === true)
		return 'is a preview: nothing was written, so there is nothing to undo';
	if ('inSync' in item) return 'is the output of Compare, which writes nothing';
	if ('deleted' in item || item.outcome === 'deleted' || item.outcome === 'removed') {
		return "describes a deletion, which can't be undone: Odin no longer has what was deleted";
	}
	if (Array.isArray(item.steps) && Array.isArray(item.stays)) {
		return "is the output of Undo itself; run 'Turn Up' again to have the trunk back";
	}
	return undefined;
}

function readKey(model: Provisioned, ...sources: Json[]): Key | undefined {
	const read = (name: string) => sources.map((one) => wireText(one[name])).find(Boolean) ?? '';
	const key = {
		serviceProviderId: read('serviceProviderId'),
		groupId: read('groupId'),
		id: read(model.id),
	};
	const isWhole = key.serviceProviderId !== '' && key.groupId !== '';
	return key.id !== '' && (isWhole || model.isIdAlone) ? key : undefined;
}

const withoutKey = (model: Provisioned) => ({
	refused: `does not name the ${model.noun}`,
});

function readRecord(
	item: Json,
	model: Provisioned,
	profile: Json,
	given: unknown[],
): LeftRecord | { refused: string } {
	const key = readKey(model, item, profile);
	if (!key) return withoutKey(model);
	const { outcome } = item;
	if (outcome !== 'created' && outcome !== 'updated' && outcome !== 'unchanged') {
		return { refused: `takes ${WANTED}; this one has no outcome that can be undone` };
	}
	const changes: FieldChange[] = [];
	for (const change of given) {
		if (!isObject(change) || typeof change.field !== 'string' || !('to' in change)) {
			return { refused: "has 'changes' that can't be read" };
		}
		const { field, from, to } = change;
		changes.push({ field, from: (from ?? null) as JsonValue, to: (to ?? null) as JsonValue });
	}
	return { model, key, outcome, changes, profile };
}

function readTrunk(item: Json, given: unknown[]): LeftTrunk | { refused: string } {
	const key = readKey(provisionedTrunkGroup, item);
	if (!key) return withoutKey(provisionedTrunkGroup);
	const rows = given.filter(isObject);
	if (rows.some(isRemoval)) {
		return { refused: "describes a take-down, which can't be undone; run 'Turn Up' again" };
	}
	const takenBack = new Set((Array.isArray(item.undone) ? item.undone : []).map(nameOfStep));
	const left = rows.filter((row) => !takenBack.has(nameOfStep(row)));
	if (rows.some(({ step, subject }) => typeof step !== 'string' || typeof subject !== 'string')) {
		return { refused: "has 'steps' that can't be read" };
	}
	const steps = left.flatMap((row): LeftStep[] => {
		const { outcome } = row;
		return outcome === 'created' || outcome === 'updated' ? [{ ...readStep(row), outcome }] : [];
	});
	const isOpen = item.kind === 'lost' || item.kind === 'notApplied';
	const unknown = left
		.filter(({ outcome, reason }) => outcome === 'skipped' && reason !== NOT_BEGUN)
		// Of services Odin may have assigned some before it refused one.
		.filter(({ step }) => isOpen || step === 'userServices')
		.map((row) => ({ ...readStep(row), outcome: 'updated' as const }));
	return { key, steps, unknown, trunk: isObject(item.trunk) ? item.trunk : {} };
}

/** Turn Up only adds. */
const isRemoval = ({ outcome, request }: Json): boolean =>
	outcome === 'removed' || (isObject(request) && request.method === 'DELETE');

const readStep = ({ step, subject, changes, request }: Json): Omit<LeftStep, 'outcome'> => ({
	step: String(step),
	subject: String(subject),
	changes: Array.isArray(changes) ? changes.filter(isObject) : [],
	body: isObject(request) && isObject(request.body) ? request.body : {},
});

const nameOfStep = (row: unknown): string =>
	isObject(row) ? JSON.stringify([row.step, row.subject]) : '';
