import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Operation, PreparedItem } from '../../execution/operation';
import type { ItemParameters } from '../../execution/parameters';
import { fieldOf, TRUNK_GROUP_FIELDS } from '../../resources/trunkGroup/fields';
import { hiddenSecrets, parsePayload, readDesired, type DesiredFields } from '../../model/desired';
import type { Issue } from '../../values/issues';
import { compareWithProfile } from '../../model/diff';
import type { JsonObject } from '../../values/json';
import { keyText, newTrunkGroup, trunkGroupText, type TrunkGroupKey } from '../../model/key';
import { mask, MASK, secretsIn } from '../../secrets/redact';
import { missingNeeded, unwritable, updateBody } from '../../model/requestBody';
import { isAbsent, shown } from '../../model/convert';
import type { OdinClient } from '../../transport/odinClient';
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
	PASSWORD_NOT_SET,
	readAuthenticationChange,
	type AuthenticationChange,
} from '../../resources/trunkGroup/authentication';
import { checkCapacity } from '../../resources/trunkGroup/capacityCheck';
import { changesOf, putTrunkGroup, type PutTries } from '../put';
import { nameIsTaken } from '../conflict';
import { payloadHints, readSections, readWriteOptions, type WriteOptions } from '../input';
import { keyProperties, readExistingKey, readTrunkGroup } from '../lookup';
import { findTrunkGroup, shapeProfile, TRUNK_GROUPS, type Profile } from '../read';
import { payloadProperty, simplifyProperties } from '../properties';
import { sections } from '../form';
import { stillNeeded } from '../stillNeeded';

const newNameProperty: INodeProperties = {
	displayName: 'New Name',
	name: 'newName',
	type: 'string',
	default: '',
	placeholder: fieldOf('newName').placeholder,
	description:
		'Renames the trunk group. Reroutes of other trunk groups to the old name should be checked afterwards. 1 to 30 characters.',
};

const clearable = TRUNK_GROUP_FIELDS.filter((field) => field.clearable && field.type !== 'json');

const clearFieldsProperty: INodeProperties = {
	displayName: 'Clear Fields',
	name: 'clearFields',
	type: 'multiOptions',
	options: clearable
		.map(({ label, name }) => ({ name: label, value: name }))
		.sort((one, other) => one.name.localeCompare(other.name)),
	default: [],
	description:
		'Fields that are to have no value any more. An empty entry elsewhere leaves its field as it is.',
};

/** What one item asks for. */
interface Update extends WriteOptions {
	key: TrunkGroupKey;
	/** What is sent beside the key */
	body: JsonObject;
	desired: DesiredFields;
	generatePassword: boolean;
	tries: PutTries;
}

export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update a trunk group',
	description: 'Change what is named of a trunk group and leave all else as it is',
	builderHint:
		'Changes only the fields that are added. A field is cleared with clearFields, not with an empty text. A SIP password is sent only with authentication.setSipPassword.',
	properties: [
		...keyProperties,
		newNameProperty,
		...sections({ writes: ['update'] }),
		authenticationCollection,
		clearFieldsProperty,
		payloadProperty,
		...simplifyProperties,
		optionsCollection(checkCapacityOption, includeSipPasswordOption, previewOnlyOption),
	],
	prepare(parameters: ItemParameters): PreparedItem {
		const payload = parsePayload(parameters.read('payload'));
		const key = readExistingKey(parameters, payload);
		const authentication = readAuthenticationChange(parameters);
		const desired = readDesired({
			entries: {
				...readSections(parameters),
				...authentication.entries,
				...(authentication.ignoresPassword && { sipAuthenticationPassword: undefined }),
				newName: parameters.read('newName'),
			},
			payload,
			group: key,
		});
		const clearIssues = clear(desired, parameters.read('clearFields'));
		const generatePassword = authentication.setSipPassword && authentication.generate;
		const item: Update = {
			key,
			body: updateBody(desired),
			desired,
			generatePassword,
			tries: {},
			...readWriteOptions(parameters),
		};
		parameters.issues.push(
			...desired.issues,
			...hiddenSecrets(desired),
			...clearIssues,
			...updateIssues(item, authentication),
		);
		const newName = newNameOf(item);
		const hints = payloadHints(desired);
		if (authentication.ignoresPassword) hints.push(PASSWORD_NOT_SET);
		return {
			subject: trunkGroupText(key),
			...(newName !== undefined && {
				creates: newTrunkGroup({ ...key, name: newName }, fieldOf('newName').label),
			}),
			orderKey: keyText(key),
			hints,
			run: async (odin, hint) => {
				if (item.previewOnly) return [await preview(odin, item)];
				const json = await carryOut(odin, item);
				if (generatePassword && !item.includeSipPassword) hint(LOST_PASSWORD);
				return [json];
			},
		};
	},
};

/** The name after a rename; undefined without one. */
const newNameOf = ({ key, body }: Update): string | undefined =>
	typeof body.newName === 'string' && body.newName !== key.name ? body.newName : undefined;

/** Names fields for clearing; one that is also given a value is a contradiction. */
function clear(desired: DesiredFields, raw: unknown): Issue[] {
	const issues: Issue[] = [];
	const label = 'Clear Fields';
	for (const name of isAbsent(raw) ? [] : Array.isArray(raw) ? raw : [raw]) {
		const field = clearable.find((candidate) => candidate.name === name);
		if (!field) {
			issues.push({ label, reason: `names ${shown(name)}, which BroadWorks does not clear` });
		} else if (hasFormValue(desired, field.name)) {
			issues.push({ label, reason: `names '${field.label}', which is also given a value` });
		} else {
			desired.fields.set(field.name, { value: null, from: 'form' });
		}
	}
	return issues;
}

/** Null is no value: the action None clears its field, and so does a field that is named twice. */
function hasFormValue({ fields }: DesiredFields, name: string): boolean {
	const given = fields.get(name);
	return given?.from === 'form' && given.value !== null;
}

function updateIssues(item: Update, authentication: AuthenticationChange): Issue[] {
	const { body, desired, generatePassword } = item;
	const issues = unwritable(desired, 'update');
	issues.push(...missingPassword(authentication, body.sipAuthenticationPassword));
	if (Object.keys(body).length === 0 && !generatePassword && desired.issues.length === 0) {
		issues.push({
			label: '',
			reason: `There is nothing to update: no field was named. ${authentication.ignoresPassword ? PASSWORD_NOT_SET : 'An empty entry leaves its field as it is'}`,
		});
	}
	// What is missing here may be stored in Odin; only what this very update clears is certain.
	const clears = (name: string) => body[name] === null;
	return [
		...issues,
		...missingNeeded(
			(name) => body[name],
			(name) => !clears(name),
		),
	];
}

/** The profile before, where it decides something. */
async function check(odin: OdinClient, item: Update): Promise<Profile | undefined> {
	const { key, body, generatePassword } = item;
	for (const secret of secretsIn(body)) odin.keepSecret(secret);
	let profile: Profile | undefined;
	const has = (name: string) =>
		body[name] !== undefined || (name === 'sipAuthenticationPassword' && generatePassword);
	if (missingNeeded((name) => body[name], has).length > 0) {
		profile = await readTrunkGroup(odin, key);
		const failure = stillNeeded(body, profile, generatePassword);
		if (failure) throw failure;
	}
	if (item.checkCapacity) await checkCapacity(odin, key, body);
	return profile;
}

async function preview(odin: OdinClient, item: Update): Promise<IDataObject> {
	const { key, desired, generatePassword } = item;
	const profile = (await check(odin, item)) ?? (await readTrunkGroup(odin, key));
	await refuseTakenName(odin, item);
	const body = generatePassword ? { ...item.body, sipAuthenticationPassword: MASK } : item.body;
	const changes = previewChanges(desired, body, profile);
	return {
		preview: true,
		outcome: changes.length > 0 ? 'updated' : 'unchanged',
		changes,
		request: { method: 'PUT', path: TRUNK_GROUPS, body: mask({ ...key, ...body }) as IDataObject },
	};
}

/** The real run meets a name that is taken as Odin's refusal; a preview has to look for it. */
async function refuseTakenName(odin: OdinClient, item: Update): Promise<void> {
	const { key } = item;
	const newName = newNameOf(item);
	if (newName === undefined) return;
	const taken = { ...key, name: newName };
	if (await findTrunkGroup(odin, taken)) throw nameIsTaken(key, taken);
}

/** Fields that no profile shows (a password, a new name) count as changes: they are sent to change something. */
function previewChanges(desired: DesiredFields, body: JsonObject, profile: Profile): IDataObject[] {
	const { differences } = compareWithProfile(desired, profile);
	const unseen = Object.keys(body)
		.filter((field) => !Object.hasOwn(profile, field) && body[field] !== null)
		.filter((field) => !differences.some((difference) => difference.field === field))
		.map((field) => ({ field, wanted: body[field]!, stored: null }));
	const renamed =
		body.newName === profile.name ? unseen.filter(({ field }) => field !== 'newName') : unseen;
	return changesOf([...differences, ...renamed]);
}

async function carryOut(odin: OdinClient, item: Update): Promise<IDataObject> {
	const { key, generatePassword, includeSipPassword, simplify, tries } = item;
	// An earlier try of the node has checked it, and may have renamed it.
	if (!tries.isDoubtful) await check(odin, item);
	const userName = String(item.body.sipAuthenticationUserName ?? '');
	const body = generatePassword
		? { ...item.body, sipAuthenticationPassword: await generateSipPassword(odin, key, userName) }
		: item.body;
	const profile = await putTrunkGroup(odin, key, body, tries);
	const sipPassword = includeSipPassword ? body.sipAuthenticationPassword : undefined;
	return shapeProfile(profile, { simplify, sipPassword });
}
