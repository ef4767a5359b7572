import fc from 'fast-check';

import { addClonePlaces, EAST, WEST } from '../support/clonePlaces';
import { asParameters, fieldSet } from '../support/fieldSets';
import { useOdin, type Json, type TrunkGroupKey } from '../support/odinRuns';
import { propertyRuns } from '../../propertyRuns';

const odin = useOdin({ arrange: ({ network }) => addClonePlaces(network) });
let count = 0;

const newName = () => `trunk-${(count += 1)}`;

const read = async ({ name, ...group }: TrunkGroupKey): Promise<Json> =>
	await odin.one('trunkGroup.get', { ...group, trunkGroup: name, simplify: false });

/** A profile as it would be under this key: a department of the group is then one of the other group. */
function movedTo(key: TrunkGroupKey, profile: Json): Json {
	const { department } = profile;
	const isOwn = (department as Json | undefined)?.groupId === profile.groupId;
	return {
		...profile,
		...key,
		...(isOwn && { department: { ...(department as Json), groupId: key.groupId } }),
	};
}

const writers = fc.constantFrom('trunkGroup.create', 'trunkGroup.upsert');
const places = fc.constantFrom(EAST, WEST);
const inPayload = fc.func(fc.boolean());

it('create → get → export → create or upsert elsewhere gives an equal profile', async () => {
	const property = fc.asyncProperty(
		fieldSet,
		inPayload,
		writers,
		writers,
		places,
		fc.boolean(),
		async (fields, toPayload, first, second, elsewhere, asObject) => {
			const source = { ...EAST, name: newName() };
			await odin.all(first, {
				...source,
				...asParameters(fields, { group: EAST, isNew: true, inPayload: toPayload }),
			});
			const profile = await read(source);
			const { name: trunkGroup, ...group } = source;
			const exported = await odin.one('trunkGroup.export', { ...group, trunkGroup });

			const target = { ...elsewhere, name: newName() };
			const payload = asObject ? '={{ $json }}' : '={{ JSON.stringify($json) }}';
			const items = [exported];
			await odin.all(second, { ...target, payload }, { items });
			expect(await read(target)).toEqual(movedTo(target, profile));

			odin.forget();
			const again = await odin.one('trunkGroup.upsert', { ...target, payload }, { items });
			expect(again).toMatchObject({ outcome: 'unchanged', changes: [] });
			expect(odin.writes()).toEqual([]);
		},
	);
	await fc.assert(property, propertyRuns(50));
});

it('a clone takes its own device, department and forward address from the form', async () => {
	const source = {
		...EAST,
		name: newName(),
		accessDevice: { deviceName: 'sbc-1' },
		additionalFields: { departmentName: 'Sales' },
		callForwardingAlways: {
			callForwardingAlwaysAction: 'Forward',
			callForwardingAlwaysForwardAddress: '15550100',
		},
	};
	await odin.all('trunkGroup.create', source);
	const exported = await odin.one('trunkGroup.export', { ...EAST, trunkGroup: source.name });
	const name = newName();
	await odin.all('trunkGroup.create', {
		...WEST,
		name,
		payload: exported,
		accessDevice: { deviceName: 'shared-sbc', deviceLevel: 'Service Provider' },
		additionalFields: { departmentName: '1001' },
		callForwardingAlways: { callForwardingAlwaysForwardAddress: '15550200' },
	});
	expect(await read({ ...WEST, name })).toMatchObject({
		accessDevice: { deviceName: 'shared-sbc', deviceLevel: 'Service Provider' },
		department: { ...WEST, name: '1001' },
		callForwardingAlwaysAction: 'Forward',
		callForwardingAlwaysForwardAddress: 15550200,
	});
});

it('a clone of one with authentication gets a password of its own', async () => {
	const source = {
		...EAST,
		name: newName(),
		requireAuthentication: true,
		sipAuthenticationUserName: 'pbx',
		sipAuthenticationPassword: 'First-Secret-1',
	};
	await odin.all('trunkGroup.create', source);
	const payload = await odin.one('trunkGroup.export', { ...EAST, trunkGroup: source.name });
	expect(payload).toMatchObject({ requireAuthentication: true, sipAuthenticationUserName: 'pbx' });
	expect(JSON.stringify(payload)).not.toContain('First-Secret-1');

	const name = newName();
	odin.forget();
	const complaint = await odin.complaint('trunkGroup.create', { ...WEST, name, payload });
	expect(complaint).toContain("'SIP Password' is needed when 'Require Authentication' is on");
	expect(odin.requests()).toEqual([]);

	await odin.all('trunkGroup.upsert', {
		...WEST,
		name,
		payload,
		authentication: { sipPasswordSource: 'generate' },
		options: { includeSipPassword: true },
	});
	expect(odin.sipPassword({ ...WEST, name })).toMatch(/^.{8,}$/);
	expect(await read({ ...WEST, name })).toMatchObject({ sipAuthenticationUserName: 'pbx' });
});

it('an export of every trunk group of the example network is taken back', async () => {
	const places = [
		{ serviceProviderId: 'acme-ent', groupId: 'acme-plant', trunkGroup: 'plant-overflow' },
		{ serviceProviderId: 'globex-ent', groupId: 'globex-south', trunkGroup: 'south-trunk-1' },
		{ serviceProviderId: 'globex-ent', groupId: 'globex-north', trunkGroup: 'north-trunk-1' },
	];
	for (const place of places) {
		const { trunkGroup: name, ...group } = place;
		const payload = await odin.one('trunkGroup.export', place);
		odin.forget();
		expect(await odin.one('trunkGroup.upsert', { ...group, name, payload })).toMatchObject({
			outcome: 'unchanged',
		});
		expect(odin.writes()).toEqual([]);
	}
});
