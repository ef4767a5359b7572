import { secretPart } from '../model/field';
import type { ResourceModel } from '../model/resourceModel';
import { secretsIn } from '../secrets/redact';
import { isAbsent } from '../values/text';
import type { PasswordHook } from './resource';

/** The password that is a part of an object, as the part's `setWith` says. */
export function passwordPart({ noun, fields }: ResourceModel): PasswordHook {
	const field = fields.all.find((one) => secretPart(one)?.setWith)!;
	const { entry = '', label, setWith } = secretPart(field)!;
	return {
		field: field.name,
		// Its entries stand among those of its section.
		properties: { create: [], upsert: [], update: [] },
		options: [],
		read(parameters, payload, write) {
			const form = parameters.collection(field.section ?? '');
			const keys = 'keys' in payload ? payload.keys : {};
			const isGiven =
				!isAbsent(form[entry]) || !isAbsent(keys[entry]) || secretsIn(keys[field.name]).length > 0;
			const setOnExisting =
				write !== 'upsert' ||
				parameters.flag(
					setWith!.entry,
					setWith!.label,
					form[setWith!.entry] ?? keys[setWith!.entry],
				);
			if (write === 'upsert' && setOnExisting && !isGiven) {
				parameters.issues.push({ label, reason: `is needed when '${setWith!.label}' is on` });
			}
			return {
				entries: {},
				generate: false,
				setOnExisting,
				ignoredOnExisting: isGiven && !setOnExisting,
			};
		},
		issues: () => [],
		notSet: `An existing ${noun} gets '${label}' only when '${setWith!.label}' is on`,
		lost: '',
	};
}
