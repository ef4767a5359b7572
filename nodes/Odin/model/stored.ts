import { isObject } from '../values/json';
import { isAbsent } from '../values/text';
import type { ResourceModel } from './resourceModel';

/** A profile with its objects complete: Odin may show a part of one at the top instead. */
export function completed(
	{ fields }: ResourceModel,
	profile: Record<string, unknown>,
): Record<string, unknown> {
	let complete = profile;
	for (const { name, parts = [] } of fields.composed) {
		const atTop = parts.flatMap(({ property, shownAs }) => {
			const shown = shownAs === undefined ? undefined : profile[shownAs];
			return isAbsent(shown) ? [] : [[property, shown] as const];
		});
		if (atTop.length === 0) continue;
		const inside = isObject(profile[name]) ? Object.entries(profile[name]) : [];
		const whole = Object.fromEntries([...atTop, ...inside.filter(([, value]) => !isAbsent(value))]);
		complete = { ...complete, [name]: whole };
	}
	return complete;
}
