import { byId, type Editor } from './support/editor';

const chosen = (value: string, cachedResultName = value) => ({
	__rl: true,
	mode: 'list',
	value,
	cachedResultName,
});

const entered = (mode: 'id' | 'name', value: string) => ({ __rl: true, mode, value });

const OF_GROUP = {
	trunkGroup: chosen('hq-main'),
	accessDevice: { deviceName: chosen('acme-sbc-1') },
	capacityExceeded: { capacityExceededRerouteTrunkGroupName: chosen('hq-backup') },
	additionalFields: {
		departmentName: chosen('Sales'),
		pilotUserId: chosen('anna@acme.example.com'),
	},
};

const GROUP = chosen('acme-hq', 'Acme Headquarters (acme-hq)');

/** Every locator whose list depends on others, with what it shows. */
const SHOWN = {
	groupId: 'Acme Headquarters (acme-hq)',
	trunkGroup: 'hq-main',
	deviceName: 'acme-sbc-1',
	capacityExceededRerouteTrunkGroupName: 'hq-backup',
	departmentName: 'Sales',
	pilotUserId: 'anna@acme.example.com',
};

const EMPTIED = Object.fromEntries(Object.keys(SHOWN).map((name) => [name, '']));

/** What was chosen from a list belongs to what was chosen above it. */
export function lists(opened: () => Editor): void {
	const update = { resource: 'trunkGroup', operation: 'update', fieldsMode: 'form' };

	const shown = async (): Promise<Record<string, string>> => {
		const values: Record<string, string> = {};
		for (const name of Object.keys(SHOWN)) {
			const locator = opened().form.locator(byId(`resource-locator-${name}`));
			values[name] = await locator.locator('input').last().inputValue();
		}
		return values;
	};

	/** Waits until the trunk group is emptied, as what depends on the same is then. */
	const emptied = async () => {
		const trunkGroup = opened().form.locator(byId('resource-locator-trunkGroup'));
		const input = await trunkGroup.locator('input').last().elementHandle();
		await opened().page.waitForFunction((one) => 'value' in one! && one.value === '', input);
	};

	beforeAll(async () => {
		await opened().openWorkflow([
			{
				name: 'Chosen',
				parameters: {
					...update,
					serviceProviderId: chosen('acme-ent', 'Acme Industries (acme-ent)'),
					groupId: GROUP,
					...OF_GROUP,
				},
			},
		]);
	});

	afterEach(async () => await opened().closeNode());

	it('is kept when the node is opened, and when the same is chosen again', async () => {
		await opened().openNode('Chosen');
		await opened().openList('groupId');
		await opened().listed.filter({ hasText: 'Acme Plant' }).waitFor();
		await opened().choose('Acme Headquarters');
		expect(await shown()).toEqual(SHOWN);
	});

	it('is dropped with another group', async () => {
		await opened().openNode('Chosen');
		await opened().openList('groupId');
		await opened().choose('Acme Plant');
		await emptied();
		expect(await shown()).toEqual({ ...EMPTIED, groupId: 'Acme Plant (acme-plant)' });
	});

	it('is dropped with another service provider', async () => {
		await opened().openNode('Chosen');
		await opened().openList('trunkGroup');
		await opened().listed.first().click();
		await opened().openList('serviceProviderId');
		await opened().choose('Globex');
		await emptied();
		expect(await shown()).toEqual(EMPTIED);
	});

	it('is kept where it is an expression, whatever those above give', async () => {
		const expressions = ['={{ $json.group }}', '={{ $json.name }}'] as const;
		const parameters = {
			...update,
			serviceProviderId: entered('id', '={{ $json.provider }}'),
			groupId: entered('id', expressions[0]),
			trunkGroup: entered('name', expressions[1]),
		};
		const input = { provider: 'globex-ent', group: 'globex-hq', name: 'west-main' };
		await opened().openWorkflow([{ name: 'By Expression', parameters }], input);
		await opened().openNode('By Expression');
		await opened().at('execute-previous-node').first().click();
		// What the expressions give is shown below them.
		for (const value of Object.values(input)) {
			await opened().form.getByText(value, { exact: true }).first().waitFor();
		}
		const text = await opened().form.innerText();
		for (const expression of expressions) expect(text).toContain(expression.slice(1));
	});
}
