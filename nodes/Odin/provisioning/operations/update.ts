import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Operation, PreparedItem } from '../../execution/operation';
import type { ItemParameters } from '../../execution/parameters';
import { hiddenSecrets, parsePayload } from '../../model/payload';
import { type DesiredFields } from '../../model/desired';
import { compareWithProfile } from '../../model/diff';
import { keyText, lookupKey, outputKey, recordText, type Key } from '../../model/key';
import { generatedField, passwordChange, stillMissing } from '../../model/reconcile';
import {
	completedBody,
	missingNeeded,
	missingSecrets,
	unwritable,
	updateBody,
	withoutEffect,
} from '../../model/requestBody';
import { secretsIn } from '../../secrets/redact';
import { OdinError } from '../../transport/odinError';
import type { OdinClient } from '../../transport/odinClient';
import { issuesText, type Issue } from '../../values/issues';
import type { JsonObject } from '../../values/json';
import { askedRecord, readApproval, type Approval } from '../approval';
import { nameIsTaken } from '../conflict';
import { clearFieldsProperty, payloadProperty } from '../form';
import { readColumns } from '../columns';
import {
	namesAny,
	readExistingKey,
	readRecord,
	readWriteOptions,
	refuseLostPassword,
	type Hint,
	type WriteOptions,
} from '../input';
import { placeLocators } from '../locators';
import { keyProperties, moreFields } from '../moreFields';
import { optionsCollection, planOptions, unknownFieldsOption } from '../options';
import { outputProperties, readOutput, shapeProfile } from '../output';
import { passwordIn, shown, withPassword } from '../password';
import { changesOf, type Plan } from '../preview';
import { findRenamed, keyAfter, put } from '../put';
import { find, read, type Profile } from '../read';
import type { PasswordInput, Provisioned, ReferenceWatch } from '../resource';
import type { Attempt } from '../settle';
import { withArticle } from '../../values/text';
import { wireText } from '../../values/wireValues';

const newNameProperty = ({ noun, fields, rename }: Provisioned): INodeProperties[] => {
	if (rename === undefined) return [];
	const { label, placeholder, description, maxLength } = fields.get(rename);
	return [
		{
			displayName: label,
			name: rename,
			type: 'string',
			default: '',
			placeholder,
			description: `${description}. References of others to this ${noun} should be checked afterwards. 1 to ${maxLength} characters.`,
		},
	];
};

/** What one item asks for. */
interface Update extends WriteOptions {
	key: Key;
	/** What is sent beside the key */
	body: JsonObject;
	desired: DesiredFields;
	generatePassword: boolean;
	attempt: Attempt & { body?: JsonObject };
	approval: Approval;
	/** Where it is renamed */
	watch?: ReferenceWatch;
}

/** The operation that changes what is named of an existing record. */
export const update = (model: Provisioned): Operation => ({
	name: 'Update',
	value: 'update',
	action: `Update ${model.noun}`,
	description: `Change the given fields of ${withArticle(model.noun)} and leave all others as they are`,
	builderHint:
		'Changes only the fields that are added. A field is cleared with clearFields, not with an empty text.',
	properties: [
		...keyProperties(...placeLocators(model), model.form.locator),
		...newNameProperty(model),
		...(model.password?.properties.update ?? []),
		clearFieldsProperty(model),
		...moreFields(model, { writes: ['update'] }, 'form'),
		payloadProperty,
		...outputProperties(model),
		optionsCollection(
			...(model.check ? [model.check.option] : []),
			...(model.password?.options ?? []),
			...planOptions,
			unknownFieldsOption,
		),
	],
	prepare: (parameters) => prepare(model, parameters),
});

function prepare(model: Provisioned, parameters: ItemParameters): PreparedItem {
	const columns = readColumns(parameters, model);
	const key = readExistingKey(parameters, model, columns);
	const { desired, password } = readRecord(
		parameters,
		model,
		key,
		{ write: 'existing', isNew: false, nulls: 'clear' },
		parsePayload(parameters.read('payload')),
		columns,
	);
	const generatedPassword = password.generate ? model.password?.field : undefined;
	const generatePassword =
		password.setOnExisting && generatedField(model, { generatedPassword, desired }) !== undefined;
	if (!password.setOnExisting && password.ignoredOnExisting && model.password) {
		desired.fields.delete(model.password.field);
	}
	const item: Update = {
		key,
		body: updateBody(model, desired),
		desired,
		generatePassword,
		attempt: {},
		approval: readApproval(parameters, askedRecord(model, { key, desired, generatedPassword })),
		output: readOutput(parameters),
		...readWriteOptions(parameters, model),
	};
	const { previewOnly } = item.approval;
	parameters.issues.push(...hiddenSecrets(model, desired), ...updateIssues(model, item, password));
	const hints = [
		...desired.hints,
		...(password.ignoredOnExisting && model.password ? [model.password.notSet] : []),
	];
	if (!namesAny(desired) && !generatePassword && parameters.issues.length === 0) {
		// Nobody sees the hints of an item that fails.
		const why = hints.length > 0 ? hints : ['An empty entry leaves its field as it is'];
		parameters.refuse(['There is nothing to update: no field was named', ...why].join('. '));
	}
	refuseLostPassword(parameters, model, generatePassword, { ...item, previewOnly });
	const after = keyAfter(model, key, item.body);
	const isRenamed = after.id !== key.id;
	if (isRenamed && model.references) {
		item.watch = parameters.shared(model.references, 'references');
	}
	return {
		subject: recordText(model, key),
		...(isRenamed && {
			creates: {
				key: keyText(model, after),
				text: recordText(model, after),
				label: model.fields.get(model.rename!).label,
			},
		}),
		orderKey: keyText(model, key),
		hints,
		run: async (odin, hint) => {
			if (previewOnly) return [await previewUpdate(odin, model, item, hint)];
			const profile = await carryOut(odin, model, item, hint);
			hintsOf(model, item, profile).forEach(hint);
			const sent = item.includePassword ? passwordIn(model, item.attempt.body) : undefined;
			return [
				shapeProfile(model, keyAfter(model, key, item.body), profile, {
					output: item.output,
					password: sent,
				}),
			];
		},
	};
}

/** What was named and does nothing, in view of what is stored. */
const hintsOf = (model: Provisioned, { desired, body }: Update, profile: Profile): string[] =>
	withoutEffect(model, desired, (name) => (body[name] === undefined ? profile[name] : body[name]));

function updateIssues(model: Provisioned, item: Update, password: PasswordInput): Issue[] {
	const { body, desired } = item;
	const issues = unwritable(model, desired, 'update');
	if (model.password) issues.push(...model.password.issues(password, body[model.password.field]));
	// What is missing here may be stored in Odin; only what this very update clears is certain.
	const clears = (name: string) => body[name] === null;
	const refused = new Set(desired.issues.map(({ label }) => label));
	return [
		...issues,
		...missingSecrets(model, body).filter(({ label }) => !refused.has(label)),
		...missingNeeded(
			model,
			(name) => body[name],
			(name) => !clears(name),
		),
	];
}

/** What is sent, and the profile before, where it decides something. */
async function check(
	odin: OdinClient,
	model: Provisioned,
	{ key, body: named, generatePassword, check: isChecked }: Update,
): Promise<{ body: JsonObject; profile: Profile | undefined }> {
	const dependsOnStored = (model.completion?.dependsOnStored ?? []).some((name) => name in named);
	let profile = dependsOnStored ? await read(odin, model, key) : undefined;
	// It exists, whether or not it was read: what only a new one gets is not for it.
	const body = completedBody(model, key, named, profile ?? {});
	for (const secret of secretsIn(body)) odin.keepSecret(secret);
	const generated = generatePassword ? model.password?.field : undefined;
	const has = (name: string) => body[name] !== undefined || name === generated;
	if (missingNeeded(model, (name) => body[name], has).length > 0) {
		profile ??= await read(odin, model, key);
		const issues = stillMissing(model, body, profile, generated);
		if (issues.length > 0) {
			throw new OdinError({
				kind: 'parameter',
				message: issuesText(issues),
				effect: 'Nothing was written',
				description: 'Name it in the same update',
			});
		}
	}
	if (isChecked) await model.check?.run(odin, key, body);
	return { body, profile };
}

async function previewUpdate(
	odin: OdinClient,
	model: Provisioned,
	item: Update,
	hint: Hint,
): Promise<IDataObject> {
	const { key } = item;
	const { plan, profile } = await planUpdate(odin, model, item);
	hintsOf(model, item, profile).forEach(hint);
	// The real run meets a name that is taken as Odin's refusal; a preview has to look for it.
	const after = keyAfter(model, key, item.body);
	if (after.id !== key.id && (await find(odin, model, after))) {
		throw nameIsTaken(model, key, after);
	}
	const referrers = await item.watch?.before(odin, key, 'rename');
	referrers?.hints.forEach(hint);
	return {
		...(await item.approval.preview(odin, outputKey(model, key, profile), plan)),
		...(referrers && referrers.references.length > 0 && { references: referrers.references }),
	};
}

/** What is sent, and what of it is new. */
async function planUpdate(
	odin: OdinClient,
	model: Provisioned,
	item: Update,
): Promise<{ plan: Plan; body: JsonObject; profile: Profile }> {
	const { key, desired, generatePassword } = item;
	const checked = await check(odin, model, item);
	const profile = checked.profile ?? (await read(odin, model, key));
	const body = shown(model, { body: checked.body, generatePassword });
	const changes = previewChanges(model, desired, body, profile);
	const plan: Plan = {
		outcome: changes.length > 0 ? 'updated' : 'unchanged',
		changes,
		request: { method: 'PUT', path: model.path, body: { ...lookupKey(model, key), ...body } },
	};
	return { plan, body: checked.body, profile };
}

/** What is sent where the approved plan is this one; the profile alone where Odin shows the result already. Throws OdinError. */
async function admit(
	odin: OdinClient,
	model: Provisioned,
	item: Update,
): Promise<{ body: JsonObject } | { done: Profile }> {
	const { key, approval } = item;
	const text = recordText(model, key);
	const renamed = await findRenamed(odin, model, item);
	if (renamed) {
		await approval.admit(odin, text, { outcome: 'unchanged' });
		return { done: renamed };
	}
	const { plan, body, profile } = await planUpdate(odin, model, item);
	await approval.admit(odin, text, plan);
	return plan.outcome === 'unchanged' ? { done: profile } : { body };
}

/** Fields that no profile shows (a password, a new name) count as changes: they are sent to change something. */
function previewChanges(
	model: Provisioned,
	desired: DesiredFields,
	body: JsonObject,
	profile: Profile,
): IDataObject[] {
	const { differences } = compareWithProfile(model, desired, profile);
	const known = new Set(differences.map(({ field }) => field));
	const oldName = (field: string) =>
		field === model.rename ? wireText(profile[model.id]) || null : null;
	const unseen = Object.entries(body)
		.filter(([field, value]) => !Object.hasOwn(profile, field) && value !== null)
		.filter(([field]) => !known.has(field) && !model.fields.find(field)?.readable)
		.filter(([field, value]) => field !== model.rename || value !== profile[model.id])
		.map(([field, wanted]) => ({ field, wanted, stored: oldName(field) }));
	const password = passwordChange(model, desired, profile);
	const isSeen = [...differences, ...unseen].some(({ field }) => field === password?.field);
	return changesOf([...differences, ...unseen, ...(password && !isSeen ? [password] : [])]);
}

/** Carries it out, and tells who refers to what is renamed: whether Odin takes them along, nobody knows. */
async function carryOut(
	odin: OdinClient,
	model: Provisioned,
	item: Update,
	hint: Hint,
): Promise<Profile> {
	const { key, attempt, approval, generatePassword, watch } = item;
	// An earlier try of the node has checked it, and may have renamed it.
	if (!attempt.unknown || !attempt.body) {
		const admitted = await (approval.isGiven ? admit(odin, model, item) : check(odin, model, item));
		if ('done' in admitted) return admitted.done;
		const { body } = admitted;
		const generate = generatePassword;
		attempt.body ??= await withPassword(odin, model, { key, body, generate, attempt });
	}
	// Many reads, which a write that is refused should not cost.
	const referrers = attempt.unknown ? undefined : await watch?.before(odin, key, 'rename');
	const profile = await put(odin, model, { key, body: attempt.body, attempt });
	if (watch && referrers) {
		const to = keyAfter(model, key, attempt.body);
		(await watch.renamed(odin, referrers, { from: key, to })).forEach(hint);
	}
	return profile;
}
