import { locator, useOdin, type Json } from './support/odinRuns';
import { HOME } from './support/creation';

const odin = useOdin({ loggedIn: true });

const AUTOMATIC: Json = {
	fieldsMode: 'columns',
	columns: { mappingMode: 'autoMapInputData', value: null },
};

it('creates a trunk group from a sheet without any expression', async () => {
	const row = {
		'Service Provider': HOME.serviceProviderId,
		Group: HOME.groupId,
		'Trunk Group Name': 'north-1',
		'Max Active Calls': '10 ',
		'Device Name': '',
		prefix: '',
		max_incoming_calls: '5',
		Customer: 'North Ltd',
	};
	const { error, output, hints } = await odin.run('trunkGroup.create', AUTOMATIC, { items: [row] });
	expect(error).toBeUndefined();
	expect(output[0]![0]!.json).toMatchObject({
		name: 'north-1',
		maxActiveCalls: 10,
		maxIncomingCalls: 5,
	});
	expect(hints.map(({ message }) => message)).toEqual([
		"Column 'Customer' is not a field of a trunk group and was not sent (item 0).",
	]);
});

it('maps by hand', async () => {
	const columns = {
		mappingMode: 'defineBelow',
		value: {
			name: '={{ $json.n }}',
			maxActiveCalls: '={{ $json.c }}',
			departmentName: null,
			enableBursting: '={{ $json.b }}',
		},
		matchingColumns: [],
		schema: [
			{
				id: 'maxActiveCalls',
				displayName: 'x',
				required: false,
				defaultMatch: false,
				display: true,
				type: 'number',
			},
		],
	};
	const item = await odin.one(
		'trunkGroup.create',
		{
			...HOME,
			serviceProviderId: locator('id', HOME.serviceProviderId),
			fieldsMode: 'columns',
			columns,
		},
		{ items: [{ n: 'x', c: '7', b: 'TRUE' }] },
	);
	expect(item).toMatchObject({ name: 'x', maxActiveCalls: 7, enableBursting: true });
});
