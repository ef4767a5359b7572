import fc from 'fast-check';
import { TRUNK_GROUP_FIELDS } from '../../../nodes/Odin/resources/trunkGroup/fields';
import { simplified } from '../../../nodes/Odin/model/summary';
import { deepFreeze, someOf } from './fieldValues';

const anyProfile = someOf(TRUNK_GROUP_FIELDS.filter(({ readable }) => readable));

test('is always the same ten flat fields', () => {
	const fields = Object.keys(simplified({}));
	expect(fields).toHaveLength(10);
	fc.assert(
		fc.property(anyProfile, (profile) => {
			const flat = simplified(deepFreeze(profile));
			expect(Object.keys(flat)).toEqual(fields);
			for (const value of Object.values(flat)) {
				expect(value === null || typeof value !== 'object').toBe(true);
			}
		}),
	);
});
