import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Operation, PreparedItem } from '../../execution/operation';
import type { ItemParameters } from '../../execution/parameters';
import { notShown } from '../../model/diff';
import { hiddenSecrets, parsePayload } from '../../model/payload';
import { keyText, outputKey, recordText } from '../../model/key';
import { reconcile, type Wanted } from '../../model/reconcile';
import { withoutEffect } from '../../model/requestBody';
import type { OdinClient } from '../../transport/odinClient';
import type { JsonObject } from '../../values/json';
import { askedRecord, readApproval, type Approval } from '../approval';
import { isShown } from '../confirm';
import { alreadyThere, findConflicting, isConflict, refuseOther } from '../conflict';
import { newRecordProperties, payloadProperty } from '../form';
import { defaultsBeside, readColumns } from '../columns';
import {
	readNewKey,
	readRecord,
	readWriteOptions,
	refuseLostPassword,
	untouchedParameters,
	type Hint,
	type WriteOptions,
} from '../input';
import { groupLocator, serviceProviderLocator } from '../locators';
import { keyProperties, moreFields } from '../moreFields';
import { optionsCollection, planOptions, unknownFieldsOption } from '../options';
import { outputProperties, readOutput, shapeProfile } from '../output';
import { passwordIn, shown } from '../password';
import { keepPasswords, post, type Creation } from '../post';
import { hintAtMissingGroup } from '../places';
import type { Plan } from '../preview';
import { find, type Profile } from '../read';
import { ReadOnce } from '../readOnce';
import type { Provisioned } from '../resource';
import { listed, withArticle } from '../../values/text';

const ifExistsOption = ({ noun }: Provisioned): INodeProperties => ({
	displayName: 'If Exists',
	name: 'ifExists',
	type: 'options',
	options: [
		{ name: 'Fail', value: 'fail', description: `Stop with a message that names the ${noun}` },
		{
			name: 'Return Existing',
			value: 'returnExisting',
			description: `Return the profile of the existing ${noun}, unchanged`,
		},
	],
	default: 'fail',
	description: `What to do when the group already has ${withArticle(noun)} with this name`,
});

const ifExistsRule = {
	name: 'ifExists',
	label: 'If Exists',
	type: 'choice' as const,
	choices: ['fail', 'returnExisting'],
};

/** What one item asks for. */
interface NewRecord extends Creation, WriteOptions {
	/** Whether groups are there, of which a preview is to tell */
	groups: ReadOnce;
	returnExisting: boolean;
	/** What of the body the item itself names */
	asked: JsonObject;
	approval: Approval;
}

/** The operation that creates a record of a resource. */
export const create = (model: Provisioned): Operation => ({
	name: 'Create',
	value: 'create',
	action: `Create ${model.noun}`,
	description: `Create ${withArticle(model.noun)} with the documented defaults of the Odin API`,
	builderHint: `Choose this when an existing ${model.noun} must stop the item. When the same request may arrive twice, choose upsert, or set options.ifExists to returnExisting.`,
	properties: [
		...keyProperties(serviceProviderLocator, groupLocator, ...newRecordProperties(model, false)),
		...(model.password?.properties.create ?? []),
		...moreFields(model, { writes: ['create'], without: ownNames(model) }, 'none'),
		payloadProperty,
		...outputProperties(model),
		optionsCollection(
			...(model.check ? [model.check.option] : []),
			...(model.password?.options ?? []),
			ifExistsOption(model),
			...planOptions,
			unknownFieldsOption,
		),
	],
	prepare: (parameters) => prepare(model, parameters),
});

export const ownNames = ({ fields }: Provisioned): string[] =>
	fields.all.flatMap(({ name, ownParameter }) => (ownParameter === undefined ? [] : [name]));

function prepare(model: Provisioned, parameters: ItemParameters): PreparedItem {
	const columns = readColumns(parameters, model);
	const key = readNewKey(parameters, model, columns);
	const { desired, password } = readRecord(
		parameters,
		model,
		key,
		{ write: 'create', isNew: true, nulls: 'ignore' },
		parsePayload(parameters.read('payload')),
		columns,
	);
	const wanted: Wanted = {
		key,
		desired,
		onlyWhenNew: new Set(),
		generatedPassword: password.generate ? model.password?.field : undefined,
		setsPassword: true,
	};
	const planned = reconcile(model, wanted, undefined);
	parameters.issues.push(...hiddenSecrets(model, desired));
	if ('issues' in planned) parameters.issues.push(...planned.issues);
	const body = 'plan' in planned ? planned.plan.body : {};
	const untouched = untouchedParameters(parameters, model, desired);
	const isAsked = (name: string) => desired.fields.has(name) && !untouched.has(name);
	const options = readWriteOptions(parameters, model);
	const approval = readApproval(parameters, askedRecord(model, wanted));
	const { previewOnly } = approval;
	refuseLostPassword(parameters, model, password.generate, { ...options, previewOnly });
	const record: NewRecord = {
		approval,
		key,
		body,
		generatePassword: password.generate,
		attempt: {},
		returnExisting: parameters.option<string>(ifExistsRule, 'fail') === 'returnExisting',
		asked: Object.fromEntries(Object.entries(body).filter(([name]) => isAsked(name))),
		output: readOutput(parameters),
		groups: parameters.shared(() => new ReadOnce(), 'groups'),
		...options,
	};
	const subject = recordText(model, key);
	return {
		subject,
		creates: { key: keyText(model, key), text: subject, label: model.fields.get(model.id).label },
		hints: [
			...desired.hints,
			...defaultsBeside(columns, model, untouched),
			...withoutEffect(model, desired, (name) => body[name]),
		],
		run: async (odin, hint) => [
			previewOnly
				? await previewCreate(odin, model, record, hint)
				: await carryOut(odin, model, record, hint),
		],
	};
}

async function previewCreate(
	odin: OdinClient,
	model: Provisioned,
	record: NewRecord,
	hint: Hint,
): Promise<IDataObject> {
	keepPasswords(odin, record);
	const existing = await findOwn(odin, model, record);
	if (existing && !record.returnExisting) throw alreadyThere(model, record.key);
	if (existing) hint(existsText(model, record, existing));
	else await hintAtMissingGroup(odin, record.key, record.groups, hint);
	if (!existing && record.check) await model.check?.run(odin, record.key, record.body);
	return await record.approval.preview(
		odin,
		outputKey(model, record.key),
		planOf(model, record, existing),
	);
}

/** That nothing is created, and what of the existing one is not as the item asks. */
function existsText(model: Provisioned, { asked }: NewRecord, existing: Profile): string {
	const labels = notShown(model, asked, existing).map(
		({ field }) => model.fields.find(field)?.label ?? field,
	);
	const differs = labels.length > 0 ? `; not as asked: ${listed(labels)}` : '';
	return `The ${model.noun} exists already and is returned as it is${differs}`;
}

/** The record that is there already, unless it is somebody else's. */
async function findOwn(
	odin: OdinClient,
	model: Provisioned,
	{ key }: NewRecord,
): Promise<Profile | undefined> {
	const existing = await find(odin, model, key);
	if (existing) refuseOther(model, key, existing);
	return existing;
}

const planOf = (model: Provisioned, record: NewRecord, existing: Profile | undefined): Plan => ({
	outcome: existing ? 'unchanged' : 'created',
	changes: [],
	request: existing ? null : { method: 'POST', path: model.path, body: shown(model, record) },
});

/** Throws OdinError where the approved plan is another one; what it is to create may be there already. */
const admit = async (
	odin: OdinClient,
	model: Provisioned,
	record: NewRecord,
	existing: Profile | undefined,
): Promise<void> =>
	await record.approval.admit(
		odin,
		recordText(model, record.key),
		planOf(model, record, existing),
		existing !== undefined && isShown({ model, body: record.body }, existing),
	);

async function carryOut(
	odin: OdinClient,
	model: Provisioned,
	record: NewRecord,
	hint: Hint,
): Promise<IDataObject> {
	const { key, body, attempt, approval, returnExisting } = record;
	const asItIs = (existing: Profile) => {
		hint(existsText(model, record, existing));
		return shapeProfile(model, key, existing, record);
	};
	// One that an earlier try may have created is looked for as such.
	if (approval.isGiven && !attempt.unknown) {
		keepPasswords(odin, record);
		const existing = await findOwn(odin, model, record);
		await admit(odin, model, record, existing);
		if (existing) return asItIs(existing);
	}
	// Of one that an earlier try may have created, this was checked then.
	if (record.check && !attempt.unknown) {
		keepPasswords(odin, record);
		const existing = await checkOrFind(odin, model, record);
		if (existing) return asItIs(existing);
	}
	const result = await post(odin, model, record);
	if ('seen' in result) {
		return shapeProfile(model, key, result.seen, {
			...record,
			password: record.includePassword ? passwordIn(model, attempt.body) : undefined,
		});
	}
	const { refused } = result;
	const isRefusedByOdin = Math.floor((refused.httpStatus ?? 0) / 100) === 4;
	if (!isConflict(refused) && !(returnExisting && isRefusedByOdin)) throw refused;
	// Odin's words may be about another thing; only what is seen counts.
	if (returnExisting || approval.isGiven) {
		const existing = await findConflicting(odin, model, key, refused);
		if (!existing) throw refused;
		refuseOther(model, key, existing, refused);
		await admit(odin, model, record, existing);
		return asItIs(existing);
	}
	const existing = await find(odin, model, key).catch(() => undefined);
	if (!existing) throw refused;
	refuseOther(model, key, existing, refused);
	const taken = alreadyThere(model, key, refused);
	// As asked: perhaps this very request made it, and a proxy in front of Odin sent it twice.
	throw isShown({ model, body: attempt.body ?? body }, existing)
		? taken.with({ effect: '' })
		: taken;
}

/** Checks what is to be written; one that is there already needs no room, where it may be returned. */
async function checkOrFind(
	odin: OdinClient,
	model: Provisioned,
	{ key, body, returnExisting }: NewRecord,
): Promise<Profile | undefined> {
	return await Promise.resolve(model.check?.run(odin, key, body)).then(
		() => undefined,
		async (error: unknown) => {
			const existing = returnExisting ? await find(odin, model, key) : undefined;
			if (existing) refuseOther(model, key, existing);
			if (existing) return existing;
			throw error;
		},
	);
}
