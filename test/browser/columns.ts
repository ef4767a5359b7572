import type { RealN8n } from '../server/support/realN8n';
import { byId, type Editor } from './support/editor';
import { look } from './support/pictures';

const GROUP = { serviceProviderId: 'acme-ent', groupId: 'acme-plant' };

/** A row of a sheet with headings as people write them. */
const ROW = {
	'Service Provider': GROUP.serviceProviderId,
	Group: GROUP.groupId,
	'Trunk Group Name': 'plant-sheet',
	'Max Active Calls': '4',
	'Device Name': '',
	Comment: 'call first',
};

/** Fields from the columns of a sheet, mapped by n8n's resource mapper. */
export function columns(server: () => RealN8n, opened: () => Editor): void {
	const chooseOption = async (text: string) => {
		const option = opened().page.locator(
			'[role="option"]:visible, .el-select-dropdown__item:visible',
		);
		await option.filter({ hasText: text }).first().click();
	};
	const mode = () => opened().form.locator(byId('mapping-mode-select'));
	const run = async () => {
		await opened().execute();
		await opened().output.locator(byId('node-run-status-success')).waitFor();
	};
	const stored = (name: string) =>
		server().simulator.network.trunkGroup(GROUP.serviceProviderId, GROUP.groupId, name);

	beforeAll(async () => {
		const parameters = { resource: 'trunkGroup', operation: 'create' };
		await opened().openWorkflow([{ name: 'Sheet', parameters }], ROW);
		await opened().openNode('Sheet');
		await opened().at('execute-previous-node').first().click();
		await opened().field('fieldsMode').click();
		await chooseOption('Columns');
		await mode().waitFor();
	});

	afterAll(async () => await opened().closeNode());

	it('takes a sheet without any expression', async () => {
		expect(await mode().locator('input').inputValue()).toBe('Map Automatically');
		await look(opened(), 'columns-automatic');
		await run();
		expect(stored('plant-sheet')).toMatchObject({ maxActiveCalls: 4 });
		await opened().output.getByText("'Comment' is not a field of a trunk group").waitFor();
	});

	it('maps each by hand, the columns being the fields of the catalogue', async () => {
		await mode().locator('.el-select, input').first().click();
		await chooseOption('Map Each Column Manually');
		const fields = opened().form.locator(byId('mapping-fields-container'));
		const fieldOf = (label: string) =>
			fields
				.locator('.parameter-item')
				.filter({ has: opened().page.getByText(label, { exact: true }) })
				.locator('input');
		for (const [label, value] of [
			['Service Provider', GROUP.serviceProviderId],
			['Group', GROUP.groupId],
			['Name', 'plant-by-hand'],
			['Max Active Calls', '2'],
		] as const) {
			await fieldOf(label).fill(value);
		}
		await fields.getByRole('button', { name: 'Add column to send' }).click();
		const offered = opened().page.locator('[role="menuitem"]:visible');
		await offered.first().waitFor();
		expect(await offered.allInnerTexts()).toEqual(
			expect.arrayContaining(['Device Name', 'Always Forward To', 'SIP User Name']),
		);
		await offered.filter({ hasText: /^Prefix Enabled$/ }).click();
		await fieldOf('Prefix Enabled').click();
		await chooseOption('True');
		await look(opened(), 'columns-by-hand');
		await run();
		await opened().output.getByText('plant-by-hand').first().waitFor();
		expect(stored('plant-by-hand')).toMatchObject({ maxActiveCalls: 2, prefixEnabled: true });
	});
}
