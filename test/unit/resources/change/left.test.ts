import { resources } from '../../../../nodes/Odin/resources';
import { readLeft, UNDOABLE } from '../../../../nodes/Odin/resources/change/left';

const updatable = resources.filter(({ operations }) =>
	operations.some(({ value }) => value === 'upsert'),
);

test('UNDOABLE in nodes/Odin/resources/change/left.ts is every resource with Create or Update', () => {
	const undoable = UNDOABLE.map(({ value }) => value);
	expect(undoable.sort()).toEqual(updatable.map(({ value }) => value).sort());
});

test.each(updatable)(
	'an output item of Create or Update of a $value is read as one',
	(resource) => {
		const { value, id } = resource.model!;
		const item = {
			...{ serviceProviderId: 'acme-ent', groupId: 'acme-hq', [id]: 'one', outcome: 'updated' },
			...{ [value]: {}, changes: [{ field: 'description', from: null, to: 'x' }] },
		};
		expect(readLeft(item)).toMatchObject({ model: { value }, key: { id: 'one' } });
	},
);
