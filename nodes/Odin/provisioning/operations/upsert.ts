import type { IDataObject } from 'n8n-workflow';
import type { Operation, PreparedItem } from '../../execution/operation';
import type { ItemParameters } from '../../execution/parameters';
import { hiddenSecrets, parsePayload } from '../../model/payload';
import { zeroHintsFor } from '../../model/equivalence';
import { keyText, lookupKey, outputKey, recordText } from '../../model/key';
import { generatedField, reconcile, type Plan, type Wanted } from '../../model/reconcile';
import { certainIssues, createBody, withoutEffect } from '../../model/requestBody';
import { OdinError } from '../../transport/odinError';
import type { OdinClient } from '../../transport/odinClient';
import { issuesText } from '../../values/issues';
import { askedRecord, readApproval, type Approval } from '../approval';
import { findConflicting, refuseOther } from '../conflict';
import { clearFieldsProperty, newRecordProperties, payloadProperty } from '../form';
import { defaultsBeside, readColumns, unknownColumns, type Columns } from '../columns';
import {
	incomparableHint,
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
import { isCreated, keepPasswords, post, type Creation } from '../post';
import { passwordIn, shown, withPassword } from '../password';
import { hintAtMissingGroup } from '../places';
import { changesOf, type Plan as WritePlan } from '../preview';
import { put } from '../put';
import { find, type Profile } from '../read';
import { ReadOnce } from '../readOnce';
import type { PasswordInput, Provisioned } from '../resource';
import { whileUnknown, type Attempt } from '../settle';
import { ownNames } from './create';

/** What one item asks for. */
interface WantedRecord extends WriteOptions {
	wanted: Wanted;
	columns: Columns | undefined;
	password: PasswordInput;
	/** How it is created, where Odin does not have it */
	creation: Creation;
	/** How it is changed, where Odin has it; the changes are those of the first request */
	change: Attempt & { changes?: IDataObject[]; body?: Plan['body'] };
	approval: Approval;
	/** Whether groups are there, of which a preview is to tell */
	groups: ReadOnce;
}

/** The operation that creates a record or changes what differs. */
export const upsert = (model: Provisioned): Operation => ({
	name: 'Create or Update',
	value: 'upsert',
	action: `Create or update ${model.noun}`,
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	builderHint:
		'Choose this when the same request may arrive twice or a spreadsheet is applied again: the second run writes nothing.',
	properties: [
		...keyProperties(serviceProviderLocator, groupLocator, ...newRecordProperties(model, true)),
		...(model.password?.properties.upsert ?? []),
		clearFieldsProperty(model),
		...moreFields(
			model,
			{
				writes: ['create', 'update'],
				comparable: true,
				passwords: 'ifSet',
				without: ownNames(model),
			},
			'none',
		),
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
	const key = readNewKey(parameters, model, columns);
	const { desired, password } = readRecord(
		parameters,
		model,
		key,
		{ write: 'existing', isNew: true, nulls: 'ignore' },
		parsePayload(parameters.read('payload')),
		columns,
	);
	const wanted: Wanted = {
		key,
		desired,
		onlyWhenNew: untouchedParameters(parameters, model, desired),
		generatedPassword: password.generate ? model.password?.field : undefined,
		setsPassword: password.setOnExisting,
	};
	const options = readWriteOptions(parameters, model);
	const named = model.password && desired.fields.get(model.password.field)?.value;
	parameters.issues.push(
		...hiddenSecrets(model, desired),
		...certainIssues(model, desired),
		...(model.password?.issues(password, named) ?? []),
	);
	const generates = generatedField(model, wanted) !== undefined;
	const approval = readApproval(parameters, askedRecord(model, wanted));
	const { previewOnly } = approval;
	refuseLostPassword(parameters, model, generates, { ...options, previewOnly });
	const record: WantedRecord = {
		wanted,
		columns,
		password,
		creation: {
			key,
			body: createBody(model, key, desired),
			generatePassword: password.generate,
			attempt: {},
		},
		change: {},
		approval,
		output: readOutput(parameters),
		groups: parameters.shared(() => new ReadOnce(), 'groups'),
		...options,
	};
	const subject = recordText(model, key);
	return {
		subject,
		creates: { key: keyText(model, key), text: subject, label: model.fields.get(model.id).label },
		orderKey: keyText(model, key),
		hints: desired.hints,
		run: async (odin, hint) => [await carryOut(odin, model, record, hint)],
	};
}

/** Finds what is there, plans what is missing, and shows the plan or applies it. */
async function carryOut(
	odin: OdinClient,
	model: Provisioned,
	record: WantedRecord,
	hint: Hint,
): Promise<IDataObject> {
	const { wanted, creation } = record;
	keepPasswords(odin, creation);
	const current = await whileUnknown(
		openWrite(record),
		async () => await find(odin, model, wanted.key),
	);
	return await bringTo(odin, model, record, current, hint);
}

/** The write of an earlier try of the node whose outcome is unknown. */
const openWrite = ({ creation, change }: WantedRecord): Attempt =>
	creation.attempt.unknown ? creation.attempt : change;

async function bringTo(
	odin: OdinClient,
	model: Provisioned,
	record: WantedRecord,
	current: Profile | undefined,
	hint: Hint,
): Promise<IDataObject> {
	const { wanted, creation, change, approval, groups } = record;
	const { key } = wanted;
	if (!current && approval.previewOnly) await hintAtMissingGroup(odin, key, groups, hint);
	if (current) refuseOther(model, key, current);
	// An earlier try of this item made it.
	if (current && isCreated(model, creation, current)) return created(model, record, current);
	const plan = await whileUnknown(openWrite(record), async () => {
		const planned = planFor(model, wanted, current);
		if (record.check && planned.outcome !== 'unchanged') {
			await model.check?.run(odin, key, planned.body);
		}
		return planned;
	});
	if (!approval.previewOnly) {
		await approval.admit(odin, recordText(model, key), writePlan(model, key, plan));
	}
	if (plan.outcome === 'created' && !approval.previewOnly) {
		return await createNew(odin, model, record, plan, hint);
	}
	hintsOf(model, record, plan, current).forEach(hint);
	if (approval.previewOnly) {
		return {
			...(await approval.preview(odin, outputKey(model, key), writePlan(model, key, plan))),
			...unknownColumns(record.columns),
		};
	}
	if (plan.outcome === 'updated') return await update(odin, model, record, plan, current);
	// Done by an earlier try of the node, whose response got lost.
	const changes = change.unknown ? (change.changes ?? []) : [];
	const outcome = changes.length > 0 ? 'updated' : 'unchanged';
	return output(model, record, { outcome, changes, profile: current! });
}

function planFor(model: Provisioned, wanted: Wanted, current: Profile | undefined): Plan {
	const reconciled = reconcile(model, wanted, current);
	if ('plan' in reconciled) return reconciled.plan;
	const issues = issuesText(reconciled.issues);
	const subject = recordText(model, wanted.key);
	throw new OdinError({
		kind: 'parameter',
		message: current ? issues : `Odin has no ${subject}, and it can't be created: ${issues}`,
		effect: 'Nothing was written',
		description: current
			? "Name what is needed, and leave out what can't be changed"
			: `Add the fields that a new ${model.noun} needs`,
	});
}

function hintsOf(
	model: Provisioned,
	{ wanted: { desired, onlyWhenNew }, columns, password, creation }: WantedRecord,
	{ body, hints, incomparable }: Plan,
	current: Profile | undefined,
): string[] {
	if (!current) {
		const defaults = defaultsBeside(columns, model, onlyWhenNew);
		return [...defaults, ...withoutEffect(model, desired, (name) => body[name])];
	}
	const after = (name: string) => (body[name] === undefined ? current[name] : body[name]);
	return [
		...hints,
		...incomparableHint(incomparable, '; left unchanged'),
		...zeroHintsFor(model, desired, current),
		...withoutEffect(model, desired, after),
		...(password.ignoredOnExisting && model.password && !wasCreated(creation)
			? [model.password.notSet]
			: []),
	];
}

/** An earlier try of this item created it, though not as asked: it has the password of that try. */
const wasCreated = ({ attempt }: Creation): boolean => attempt.unknown?.kind === 'notApplied';

function writePlan(model: Provisioned, key: Wanted['key'], plan: Plan): WritePlan {
	const { outcome, body, changes, generates } = plan;
	const sent = shown(model, { body, generatePassword: generates !== undefined });
	const { path } = model;
	const requests: Record<Plan['outcome'], WritePlan['request']> = {
		created: { method: 'POST', path, body: sent },
		updated: { method: 'PUT', path, body: { ...lookupKey(model, key), ...sent } },
		unchanged: null,
	};
	return { outcome, changes: changesOf(changes), request: requests[outcome] };
}

async function createNew(
	odin: OdinClient,
	model: Provisioned,
	record: WantedRecord,
	plan: Plan,
	hint: Hint,
): Promise<IDataObject> {
	const { creation } = record;
	const generatePassword = plan.generates !== undefined;
	const result = await post(odin, model, { ...creation, generatePassword });
	if ('seen' in result) {
		hintsOf(model, record, plan, undefined).forEach(hint);
		return created(model, record, result.seen);
	}
	const { refused } = result;
	if (refused.kind !== 'refused') throw refused;
	// Perhaps another execution was faster, for example for the same ticket delivered twice. Odin's words for that are not
	// known for certain, so it is looked for, whatever it says.
	const existing = await findConflicting(odin, model, creation.key, refused);
	if (!existing) throw refused;
	return await bringTo(odin, model, record, existing, hint);
}

const created = (model: Provisioned, record: WantedRecord, profile: Profile): IDataObject =>
	output(model, record, {
		outcome: 'created',
		changes: [],
		profile,
		sent: record.creation.attempt.body,
	});

async function update(
	odin: OdinClient,
	model: Provisioned,
	record: WantedRecord,
	plan: Plan,
	current: Profile | undefined,
): Promise<IDataObject> {
	const { wanted, change } = record;
	const { key } = wanted;
	const changes = changesOf(plan.changes);
	change.changes ??= changes;
	const body = (change.body = await withPassword(odin, model, {
		key,
		body: plan.body,
		generate: plan.generates !== undefined,
		attempt: change,
		stored: current,
	}));
	const profile = await put(odin, model, { key, body, attempt: change });
	return output(model, record, { outcome: 'updated', changes, profile, sent: body });
}

function output(
	model: Provisioned,
	{ wanted, columns, creation, includePassword, output }: WantedRecord,
	result: {
		outcome: Plan['outcome'];
		changes: IDataObject[];
		profile: Profile;
		sent?: Plan['body'];
	},
): IDataObject {
	const { outcome, changes, profile, sent } = result;
	const earlier = wasCreated(creation) ? passwordIn(model, creation.attempt.body) : {};
	const password = includePassword ? { ...earlier, ...passwordIn(model, sent) } : undefined;
	return {
		...outputKey(model, wanted.key, profile),
		outcome,
		changes,
		...unknownColumns(columns),
		[model.value]: shapeProfile(model, wanted.key, profile, { output, password }),
	};
}
