import fc from 'fast-check';
import { summarise } from '../../../nodes/Odin/model/summary';
import { deepFreeze, someOf, trunkGroupFields } from './fieldValues';
import { key, model } from './profiles';

const anyProfile = someOf(trunkGroupFields.filter(({ readable }) => readable));

test('is always the same ten flat fields', () => {
	const fields = Object.keys(summarise(model, key, {}));
	expect(fields).toHaveLength(10);
	fc.assert(
		fc.property(anyProfile, (profile) => {
			const flat = summarise(model, key, deepFreeze(profile));
			expect(Object.keys(flat)).toEqual(fields);
			for (const value of Object.values(flat)) {
				expect(value === null || typeof value !== 'object').toBe(true);
			}
		}),
	);
});
