import type { IDataObject } from 'n8n-workflow';
import type { Operation, PreparedItem } from '../../execution/operation';
import type { ItemParameters } from '../../execution/parameters';
import { fieldOf, findField } from '../../resources/trunkGroup/fields';
import { hiddenSecrets, parsePayload, readDesired, type DesiredFields } from '../../model/desired';
import { issuesText, type Issue } from '../../values/issues';
import { compareWithProfile, type Difference } from '../../model/diff';
import type { JsonObject } from '../../values/json';
import { newTrunkGroup, trunkGroupText } from '../../model/key';
import { mask, MASK } from '../../secrets/redact';
import { createBody } from '../../model/requestBody';
import { OdinError } from '../../transport/odinError';
import type { OdinClient } from '../../transport/odinClient';
import { groupLocator, serviceProviderLocator } from '../locators';
import {
	checkCapacityOption,
	includeSipPasswordOption,
	optionsCollection,
	previewOnlyOption,
} from '../options';
import { generateSipPassword } from '../../resources/sipPassword/generation';
import {
	authenticationCollection,
	LOST_PASSWORD,
	missingPassword,
	readAuthenticationChange,
} from '../../resources/trunkGroup/authentication';
import { checkCapacity } from '../../resources/trunkGroup/capacityCheck';
import { changesOf, putTrunkGroup, type PutTries } from '../put';
import {
	creationIssues,
	findForItem,
	isAsAsked,
	keepPassword,
	postTrunkGroup,
	previewCreation,
	type NewTrunkGroup,
} from '../post';
import { duplicate, isDuplicate } from '../conflict';
import {
	incomparableHint,
	payloadHints,
	readKey,
	readSections,
	readWriteOptions,
	type WriteOptions,
} from '../input';
import { shapeProfile, TRUNK_GROUPS, type Profile } from '../read';
import {
	maxActiveCallsProperty,
	nameProperty,
	payloadProperty,
	simplifyProperties,
} from '../properties';
import { sections } from '../form';
import { stillNeeded, unusableChange } from '../stillNeeded';

const MAX_ACTIVE_CALLS = 'maxActiveCalls';

/** What one item asks for. */
interface Upsert extends NewTrunkGroup, WriteOptions {
	/** What was named; for a new trunk group the defaults are added */
	desired: DesiredFields;
	/** Max Active Calls that nobody touched: it counts for a new trunk group only */
	untouchedMaxActiveCalls: boolean;
	setSipPassword: boolean;
	/** What is being changed of an existing trunk group, and whether that may have been done */
	change?: PutTries & { changes: IDataObject[] };
}

export const upsert: Operation = {
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update a trunk group',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	builderHint:
		'Choose this when the same request may arrive twice or a spreadsheet is applied again: the second run writes nothing.',
	properties: [
		serviceProviderLocator,
		groupLocator,
		nameProperty,
		{
			...maxActiveCallsProperty,
			description: `${maxActiveCallsProperty.description} Left at 1, an existing trunk group keeps its own value.`,
		},
		...sections({ writes: ['create', 'update'], comparable: true, without: [MAX_ACTIVE_CALLS] }),
		authenticationCollection,
		payloadProperty,
		...simplifyProperties,
		optionsCollection(checkCapacityOption, includeSipPasswordOption, previewOnlyOption),
	],
	prepare(parameters: ItemParameters): PreparedItem {
		const payload = parsePayload(parameters.read('payload'));
		const key = readKey(parameters, payload, 'name');
		const authentication = readAuthenticationChange(parameters);
		const desired = readDesired({
			entries: {
				...readSections(parameters),
				...authentication.entries,
				maxActiveCalls: parameters.read(MAX_ACTIVE_CALLS),
			},
			payload,
			group: key,
			overridableDefaults: { maxActiveCalls: 1 },
		});
		const fromForm = desired.fields.get(MAX_ACTIVE_CALLS)?.from === 'form';
		const item: Upsert = {
			key,
			desired,
			body: createBody(key, desired),
			generatePassword: authentication.generate,
			untouchedMaxActiveCalls: fromForm && parameters.isDefaultUntouched(MAX_ACTIVE_CALLS, 1),
			setSipPassword: authentication.setSipPassword,
			...readWriteOptions(parameters),
		};
		parameters.issues.push(
			...desired.issues,
			...hiddenSecrets(desired),
			...certainIssues(desired),
			...missingPassword(authentication, item.body.sipAuthenticationPassword),
		);
		return {
			subject: trunkGroupText(key),
			creates: newTrunkGroup(key, 'Name'),
			hints: payloadHints(desired),
			run: async (odin, hint) => [await reconcile(odin, item, hint)],
		};
	},
};

/** What can't be sent whether the trunk group exists or not. */
function certainIssues(desired: DesiredFields): Issue[] {
	return [...desired.fields.keys()].flatMap((name) => {
		const field = fieldOf(name);
		if (field.readable || field.writeOn.includes('create')) return [];
		const reason = "cannot be compared; use the operation 'Update' for it";
		return [{ label: field.label, reason, inPayload: true as const }];
	});
}

/** Null in Payload for a field of an existing trunk group that BroadWorks does not clear. */
const unclearable = (differences: Difference[]): Issue[] =>
	differences.flatMap(({ field, wanted }) => {
		const known = findField(field);
		return wanted === null && known && !known.clearable
			? [{ label: known.label, reason: "can't be cleared", inPayload: true as const }]
			: [];
	});

type Hint = (message: string) => void;

async function reconcile(odin: OdinClient, item: Upsert, hint: Hint): Promise<IDataObject> {
	const { key, desired, body } = item;
	keepPassword(odin, item);
	const existing = await findForItem(odin, item);
	if (existing) return await updateExisting(odin, item, existing, hint);
	const issues = creationIssues(item, desired);
	if (issues.length > 0) {
		throw new OdinError({
			kind: 'parameter',
			message: `Odin has no ${trunkGroupText(key)}, and it can't be created: ${issuesText(issues)}`,
			effect: 'Nothing was written',
			description: 'Give what a new trunk group needs',
		});
	}
	if (item.checkCapacity) await checkCapacity(odin, key, body);
	if (item.previewOnly) {
		return { preview: true, outcome: 'created', changes: [], request: previewCreation(item) };
	}
	return await createNew(odin, item, hint);
}

/** It exists: perhaps because an earlier try made it. */
async function updateExisting(
	odin: OdinClient,
	item: Upsert,
	existing: Profile,
	hint: Hint,
): Promise<IDataObject> {
	const { attempt } = item;
	return attempt?.doubt && isAsAsked(attempt.body, existing)
		? created(item, existing, hint)
		: await change(odin, item, existing, hint);
}

async function createNew(odin: OdinClient, item: Upsert, hint: Hint): Promise<IDataObject> {
	const result = await postTrunkGroup(odin, item);
	if ('profile' in result) return created(item, result.profile, hint);
	const { refused } = result;
	if (refused.kind !== 'refused' && !isDuplicate(refused)) throw refused;
	// Perhaps another execution was faster, for example for the same ticket delivered twice. Odin's words for that are not
	// known for certain, so it is looked for, whatever it says.
	const existing = await findForItem(odin, item);
	if (!existing) {
		const isTaken = refused.kind === 'refused' && isDuplicate(refused);
		throw isTaken ? duplicate(item.key, refused) : refused;
	}
	return await updateExisting(odin, item, existing, hint);
}

function created(item: Upsert, profile: Profile, hint: Hint): IDataObject {
	if (item.generatePassword && !item.includeSipPassword) hint(LOST_PASSWORD);
	return output('created', [], profile, item, item.attempt?.body.sipAuthenticationPassword);
}

async function change(
	odin: OdinClient,
	item: Upsert,
	profile: Profile,
	hint: Hint,
): Promise<IDataObject> {
	const { key, desired, untouchedMaxActiveCalls } = item;
	const comparison = compareWithProfile(desired, profile);
	incomparableHint(comparison.incomparable).forEach(hint);
	const differences = comparison.differences.filter(
		({ field }) => !(untouchedMaxActiveCalls && field === MAX_ACTIVE_CALLS),
	);
	const body: JsonObject = Object.fromEntries(
		differences.map(({ field, wanted }) => [field, wanted]),
	);
	const setsPassword = item.setSipPassword && hasPassword(item);
	const needed =
		unusableChange(unclearable(differences)) ?? stillNeeded(body, profile, setsPassword);
	if (needed) throw needed;
	const changes = changesOf(setsPassword ? [...differences, PASSWORD_CHANGE] : differences);
	if (changes.length === 0) {
		// Done by an earlier try of the node, whose answer got lost.
		if (item.change?.isDoubtful) return output('updated', item.change.changes, profile, item);
		return item.previewOnly
			? { preview: true, outcome: 'unchanged', changes, request: null }
			: output('unchanged', changes, profile, item);
	}
	if (item.checkCapacity) await checkCapacity(odin, key, body);
	if (item.previewOnly) {
		const sent = { ...key, ...body, ...(setsPassword && { sipAuthenticationPassword: MASK }) };
		return {
			preview: true,
			outcome: 'updated',
			changes,
			request: { method: 'PUT', path: TRUNK_GROUPS, body: mask(sent) as IDataObject },
		};
	}
	const password = setsPassword ? await passwordToSet(odin, item) : undefined;
	item.change = { ...item.change, changes };
	const updated = await putTrunkGroup(
		odin,
		key,
		{ ...body, ...(password !== undefined && { sipAuthenticationPassword: password }) },
		item.change,
	);
	if (setsPassword && item.generatePassword && !item.includeSipPassword) hint(LOST_PASSWORD);
	return output('updated', changes, updated, item, password);
}

/** What it was is unknown, and what it becomes is not shown. */
const PASSWORD_CHANGE: Difference = {
	field: 'sipAuthenticationPassword',
	wanted: MASK,
	stored: null,
};

const hasPassword = ({ generatePassword, body }: Upsert): boolean =>
	generatePassword || body.sipAuthenticationPassword !== undefined;

async function passwordToSet(
	odin: OdinClient,
	{ key, body, generatePassword }: Upsert,
): Promise<string> {
	return generatePassword
		? await generateSipPassword(odin, key, String(body.sipAuthenticationUserName ?? ''))
		: String(body.sipAuthenticationPassword);
}

function output(
	outcome: 'created' | 'updated' | 'unchanged',
	changes: IDataObject[],
	profile: Profile,
	{ includeSipPassword, simplify }: Upsert,
	password?: unknown,
): IDataObject {
	const sipPassword = includeSipPassword ? password : undefined;
	return { outcome, changes, trunkGroup: shapeProfile(profile, { simplify, sipPassword }) };
}
