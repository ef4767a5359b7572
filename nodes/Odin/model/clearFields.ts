import { readList } from '../values/list';
import { isAbsent, trimmed } from '../values/text';
import { shown } from './convert';
import type { DesiredFields, DesiredInput } from './desired';
import type { Field } from './field';
import type { ResourceModel } from './resourceModel';

/** What can be cleared by name. A field that no profile shows can't be seen to be cleared, but for a secret. */
export const clearableFields = ({ fields }: ResourceModel): Field[] =>
	fields.all.filter(({ clearable, readable, secret }) => clearable && (readable || secret));

/** Names fields for clearing; one that is also given a value is a contradiction. */
export function readClearFields(
	{ model, clearFields }: DesiredInput,
	desired: DesiredFields,
): void {
	if (isAbsent(clearFields)) return;
	const refuse = (reason: string) => desired.issues.push({ label: 'Clear Fields', reason });
	const read = readList(clearFields);
	if ('refused' in read) {
		refuse(read.refused);
		return;
	}
	const clearable = clearableFields(model);
	for (const raw of read.list) {
		const name = typeof raw === 'string' ? trimmed(raw) : raw;
		const field = clearable.find((candidate) => candidate.name === name);
		if (!field) {
			refuse(`names ${shown(raw)}, which BroadWorks does not clear`);
		} else if ((desired.fields.get(field.name)?.value ?? null) !== null) {
			refuse(`names '${field.label}', which is also given a value`);
		} else {
			desired.fields.set(field.name, { value: null, from: 'form' });
		}
	}
}
