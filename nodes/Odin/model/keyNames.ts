import { withoutSpelling } from '../values/text';
import type { Field } from './field';
import type { ResourceModel } from './resourceModel';

/** How fields can be named in Payload. */
interface KeyNames {
	/** The fields that the form, or for whose parts it, has other names, by these */
	entries: ReadonlyMap<string, Field>;
	/** The names by their spelling, or that of their labels */
	bySpelling: ReadonlyMap<string, ReadonlySet<string>>;
}

const known = new WeakMap<ResourceModel, KeyNames>();

export function keyNames(model: ResourceModel): KeyNames {
	const names = known.get(model) ?? collect(model);
	known.set(model, names);
	return names;
}

function collect({ fields }: ResourceModel): KeyNames {
	const entries = new Map<string, Field>();
	const bySpelling = new Map<string, Set<string>>();
	const add = (spelling: string, name: string) => {
		const key = withoutSpelling(spelling);
		bySpelling.set(key, (bySpelling.get(key) ?? new Set()).add(name));
	};
	for (const field of fields.all) {
		const formNames = (field.parts ?? []).flatMap(({ entry, label }) =>
			entry === undefined ? [] : { entry, label },
		);
		for (const { entry, label } of formNames) {
			entries.set(entry, field);
			add(entry, entry);
			add(label, entry);
		}
		if (field.entry !== undefined) {
			entries.set(field.entry, field);
			add(field.entry, field.entry);
		}
		add(field.name, field.name);
		// The label of an object may be the one of its name, which is what the form shows.
		if (formNames.every(({ label }) => label !== field.label)) add(field.label, field.name);
	}
	return { entries, bySpelling };
}

/** The names that a key means which is none, but differs from them only in its spelling. */
export const namesMeant = (model: ResourceModel, key: string): string[] => [
	...(keyNames(model).bySpelling.get(withoutSpelling(key)) ?? []),
];
