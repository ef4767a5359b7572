import type { ItemParameters } from '../execution/parameters';
import type { DesiredFields } from '../model/desired';
import type { Payload } from '../model/payload';
import { readDesired } from '../model/desired';
import { secretPart, type ValueRule } from '../model/field';
import type { Key } from '../model/key';
import { convertTextList } from '../model/references';
import type { ResourceModel } from '../model/resourceModel';
import { listed } from '../values/text';
import { columnFields } from './columnFields';
import { neededKey, refuseMissingKey, refuseUnknown, withColumns, type Columns } from './columns';
import type { OutputShape } from './output';
import type { PasswordInput, PasswordWrite, Provisioned } from './resource';
import { readGroupKey } from './scope';

/** A hint about an item, shown above the node's output. */
export type Hint = (message: string) => void;

/** The record that an item creates or brings to a state, as the form names it. */
export function readNewKey(parameters: ItemParameters, model: Provisioned, columns?: Columns): Key {
	const key = {
		...readGroupKey(parameters, columns),
		id: readId(parameters, model, {
			parameter: model.form.newId,
			label: model.fields.get(model.id).label,
			columns,
		}),
	};
	refuseMissingKey(parameters, model, columns);
	return key;
}

/** The existing record that an item points at. Where its id is enough, Odin tells its group. */
export function readExistingKey(
	parameters: ItemParameters,
	model: Provisioned,
	columns?: Columns,
): Key {
	const { name: parameter, displayName: label } = model.form.locator;
	const group = model.isIdAlone
		? { serviceProviderId: '', groupId: '' }
		: readGroupKey(parameters, columns);
	const key = { ...group, id: readId(parameters, model, { parameter, label, columns }) };
	refuseMissingKey(parameters, model, columns);
	return key;
}

const readId = (
	parameters: ItemParameters,
	{ fields, id }: ResourceModel,
	{ label, ...given }: { parameter: string; label: string; columns: Columns | undefined },
): string => neededKey(parameters, { ...fields.get(id), label }, given);

/** The texts of a list, as it may be given: an array, JSON of one, or texts separated by commas. */
export function readTextList(
	{ issues }: ItemParameters,
	rule: ValueRule & { label: string },
	given: unknown,
): string[] {
	const read = convertTextList(rule, given);
	if ('refused' in read) {
		issues.push({ label: rule.label, reason: read.refused });
		return [];
	}
	return Array.isArray(read.value) ? read.value.map(String) : [];
}

/** The entries of all sections of the form by name; the names differ across sections. */
function readSections(
	parameters: ItemParameters,
	{ sections, fields }: ResourceModel,
	withoutPasswords = false,
): Record<string, unknown> {
	const entries: Record<string, unknown> = Object.assign(
		{},
		...sections.map(({ name }) => parameters.collection(name)),
	);
	if (withoutPasswords)
		for (const field of fields.all) delete entries[secretPart(field)?.entry ?? ''];
	return entries;
}

const writeOf = ({
	write,
	isNew,
}: {
	write: 'create' | 'existing';
	isNew: boolean;
}): PasswordWrite => (write === 'create' ? 'create' : isNew ? 'upsert' : 'update');

/** Fields that the form of a new record shows on their own, with the default that they have there. */
const ownParameters = ({ fields }: ResourceModel) =>
	fields.all.filter(({ ownParameter }) => ownParameter !== undefined);

const NO_PASSWORD: PasswordInput = {
	entries: {},
	generate: false,
	setOnExisting: false,
	ignoredOnExisting: false,
};

export interface RecordInput {
	key: Key;
	desired: DesiredFields;
	password: PasswordInput;
}

/** Reads what an item names of a record. What can't be used is added to the issues of `parameters`. */
export function readRecord(
	parameters: ItemParameters,
	model: Provisioned,
	key: Key,
	use: {
		write: 'create' | 'existing';
		/** Whether the form shows the parameters of a new record */
		isNew: boolean;
		nulls: 'clear' | 'ignore';
		/** Left out of what is wanted, since it is read for nothing */
		withoutPassword?: boolean;
	},
	payload: Payload,
	columns?: Columns,
): RecordInput {
	const password =
		use.withoutPassword || !model.password
			? NO_PASSWORD
			: model.password.read(parameters, withColumns(payload, columns), writeOf(use));
	const own = use.isNew ? ownParameters(model) : [];
	const named = columns && columnFields(parameters, model, key, columns);
	const unknownFields = readUnknownFields(parameters);
	const desired = readDesired({
		model,
		key,
		columns: named?.fields,
		entries: {
			...named?.parts,
			...readSections(parameters, model, use.withoutPassword),
			...password.entries,
			...Object.fromEntries(own.map(({ name }) => [name, parameters.locator(name)])),
			...(model.rename !== undefined &&
				!use.isNew && { [model.rename]: parameters.read(model.rename) }),
		},
		payload,
		overridableDefaults: {
			...Object.fromEntries(own.map(({ name, ownParameter }) => [name, ownParameter!])),
			...password.overridableDefaults,
		},
		nulls: use.nulls,
		clearFields: use.write === 'existing' ? parameters.read('clearFields') : undefined,
		unknownFields,
	});
	if (unknownFields === 'refuse') refuseUnknown(parameters, columns);
	parameters.issues.push(...desired.issues);
	desired.hints.push(...(columns?.hints ?? []));
	return { key, desired, password };
}

/** Whether an item names any field, of those that the node knows or of others. */
export const namesAny = ({ fields, unknownKeys }: DesiredFields): boolean =>
	fields.size > 0 || unknownKeys.size > 0;

/** Fields of the form that nobody touched: they count for a new record only. */
export const untouchedParameters = (
	parameters: ItemParameters,
	model: ResourceModel,
	{ fields }: DesiredFields,
): ReadonlySet<string> =>
	new Set(
		ownParameters(model)
			.filter(
				({ name, ownParameter }) =>
					fields.get(name)?.from === 'form' && parameters.isDefaultUntouched(name, ownParameter),
			)
			.map(({ name }) => name),
	);

const readUnknownFields = (parameters: ItemParameters): 'send' | 'ignore' | 'refuse' =>
	parameters.option(
		{
			name: 'unknownFields',
			label: 'Unknown Fields',
			type: 'choice',
			choices: ['send', 'ignore', 'refuse'],
		},
		'send',
	) as 'send' | 'ignore' | 'refuse';

/** How a write is carried out and shown. */
export interface WriteOptions {
	check: boolean;
	includePassword: boolean;
	output: OutputShape;
}

export const readWriteOptions = (
	parameters: ItemParameters,
	model: Provisioned,
): Omit<WriteOptions, 'output'> => ({
	check: model.check !== undefined && readFlag(parameters, model.check.option),
	includePassword: (model.password?.options ?? []).some((option) => readFlag(parameters, option)),
});

/** A generated password that is in no output would be gone for good. */
export function refuseLostPassword(
	parameters: ItemParameters,
	{ password }: Provisioned,
	generates: boolean,
	{ includePassword, previewOnly }: { includePassword: boolean; previewOnly: boolean },
): void {
	if (generates && !includePassword && !previewOnly && password?.lost !== undefined) {
		parameters.refuse(password.lost);
	}
}

const readFlag = (
	parameters: ItemParameters,
	{ name, displayName }: { name: string; displayName: string },
): boolean => parameters.optionFlag(name, displayName);

/** Fields that no profile shows were named on a record that exists. `result`: what that leads to. */
export const incomparableHint = (names: string[], result = ''): string[] =>
	names.length === 0
		? []
		: [`${listed(names)} is not returned by Odin, so it can't be compared${result}`];
