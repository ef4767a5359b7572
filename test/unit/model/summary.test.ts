import fc from 'fast-check';
import { summarise } from '../../../nodes/Odin/model/summary';
import { deepFreeze, someOf, trunkGroupFields } from './fieldValues';
import { everyKind } from './everyKind';
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

test.each([
	[{}, [null, null, null]],
	[{ calls: 0, site: { name: 'HQ' }, device: { end: { port: 5 } } }, [0, 'HQ', 5]],
	// In lists an object is only what it is named by.
	[{ calls: '5', site: 'HQ', device: { end: {} } }, ['5', 'HQ', null]],
])('of %j shows what Odin has, and null for what it has not', (profile, [calls, site, port]) => {
	expect(summarise(everyKind, key, profile)).toEqual({
		...{ serviceProviderId: key.serviceProviderId, groupId: key.groupId, lineId: key.id },
		...{ calls, siteName: site, port },
	});
});
