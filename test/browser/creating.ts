import type { RealN8n } from '../server/support/realN8n';
import { byId, type Editor } from './support/editor';
import { clipOf, picture, type Clip } from './support/pictures';

const KEY = { serviceProviderId: 'acme-ent', groupId: 'acme-hq', name: 'acme-hq-trunk-1' };
const AUTHENTICATION = ['SIP User Name', 'SIP Password Source', 'SIP Password'];

/** From the empty form of the node that was just dragged in to a trunk group, and to its duplicate. */
export function creating(server: () => RealN8n, opened: () => Editor): void {
	const listed = async () => (await opened().listed.allInnerTexts()).map((text) => text.trim());
	const message = (part: 'message' | 'description') =>
		opened().output.locator(byId(`node-error-${part}`));

	/** The form with what stands beside it on the right. */
	const formAndOutput = async (): Promise<Clip> => {
		const { y, height, ...view } = await clipOf(opened().view);
		const { x } = await clipOf(opened().form);
		return { x, y, width: view.x + view.width - x, height };
	};

	it('offers the service providers of Odin, and finds one by its name', async () => {
		await opened().openList('serviceProviderId');
		expect(await listed()).toEqual([
			'Acme Industries (acme-ent)',
			'CityTel (citytel-sp)',
			'Globex Corporation (globex-ent)',
		]);
		await opened()
			.page.locator(`${byId('rlc-search')}:visible`)
			.fill('acme');
		await opened().listed.nth(1).waitFor({ state: 'hidden' });
		await opened().listed.first().waitFor();
		expect(await listed()).toEqual(['Acme Industries (acme-ent)']);
		await opened().choose('Acme Industries');
	});

	it('offers the groups of that service provider alone', async () => {
		await opened().openList('groupId');
		expect(await listed()).toEqual([
			'Acme Headquarters (acme-hq)',
			'Acme Lab (acme-lab)',
			'Acme Plant (acme-plant)',
		]);
		await opened().choose('Acme Headquarters');
	});

	it('says what a field is for when the mouse is over its name', async () => {
		const label = opened().form.locator('label[for="maxActiveCalls"]');
		await label.hover();
		await label.locator('svg').first().hover();
		const tip = opened().page.getByText('The ceiling is the call capacity of the group');
		await tip.first().waitFor();
		await opened().restMouse();
	});

	it('shows the fields of the authentication while it is required, and no longer', async () => {
		const shown = async () =>
			(await opened().labels()).filter((label) => AUTHENTICATION.includes(label));
		const notice = opened().form.getByText('saved in the workflow, in its history');
		expect(await shown()).toEqual([]);

		await opened().toggle('requireAuthentication');
		await opened().field('sipAuthenticationPassword').waitFor();
		await notice.waitFor();
		expect(await shown()).toEqual(AUTHENTICATION);
		const password = opened().field('sipAuthenticationPassword').locator('input');
		expect(await password.getAttribute('type')).toBe('password');

		await opened().field('sipPasswordSource').click();
		await opened().page.locator('[role="option"]:visible', { hasText: 'Generate' }).click();
		await opened().field('sipAuthenticationPassword').waitFor({ state: 'hidden' });
		expect(await notice.count()).toBe(0);
		await opened().form.getByText('Odin never returns the generated password').waitFor();
		expect(await shown()).toEqual(AUTHENTICATION.slice(0, 2));

		await opened().toggle('requireAuthentication');
		await opened().field('sipPasswordSource').waitFor({ state: 'hidden' });
		expect(await shown()).toEqual([]);
	});

	it('is short until further fields are asked for', async () => {
		expect(await opened().labels()).toEqual([
			...['Credential', 'Resource', 'Operation', 'Service Provider', 'Group', 'Name'],
			...['Max Active Calls', 'Require Authentication', 'More Fields', 'Further Fields (JSON)'],
			...['Simplify', 'Options'],
		]);
		const height = await opened().form.evaluate((form) => Number(form.scrollHeight));
		expect(height).toBeLessThan(1000);
	});

	it('takes further fields of a section one by one', async () => {
		await opened().field('fieldsMode').click();
		const modes = opened().page.locator('[role="option"]:visible', { hasText: 'Odin portal' });
		await modes.click();
		await modes.waitFor({ state: 'hidden' });
		const section = opened().form.locator('.multi-parameter', {
			has: opened().page.locator('label[for="callCapacity"]'),
		});
		await section.locator(byId('collection-parameter-add')).click();
		const offered = opened()
			.page.locator(
				'[role="option"]:visible, [role="menuitem"]:visible, .el-select-dropdown__item:visible',
			)
			.filter({ hasText: /\S/ });
		await offered.first().waitFor();
		expect((await offered.allInnerTexts()).map((text) => text.trim())).toEqual([
			'Max Incoming Calls',
			'Max Outgoing Calls',
			'Enable Bursting Capacity',
			'Bursting Max Active Calls',
			'Bursting Max Incoming Calls',
			'Bursting Max Outgoing Calls',
		]);
		await offered.filter({ hasText: 'Max Incoming Calls' }).first().click();
		await opened().field('maxIncomingCalls').locator('input').fill('20');
	});

	it('creates the trunk group and shows it', async () => {
		await opened().field('name').locator('input').fill(KEY.name);
		await opened().field('maxActiveCalls').locator('input').fill('30');
		// Ten fields of the profile instead of sixty.
		await opened().toggle('simplify');
		await opened().execute();
		await opened().output.locator(byId('node-run-status-success')).waitFor();
		await opened().output.locator(byId('radio-button-json')).click();
		await opened().output.getByText(`"${KEY.name}"`).waitFor();
		const { network } = server().simulator;
		const created = network.trunkGroups(KEY.serviceProviderId, KEY.groupId);
		expect(created).toMatchObject([{ ...KEY, maxActiveCalls: 30, maxIncomingCalls: 20 }]);
		await opened().at('node-credentials-select').scrollIntoViewIfNeeded();
		await opened().restMouse();
		await picture(opened(), 'create', await formAndOutput());
	});

	it('tells in plain words that the trunk group is already there, and what to do', async () => {
		await opened().execute();
		await message('message').waitFor();
		expect(await message('message').innerText()).toMatch(
			/^Trunk group 'acme-hq-trunk-1' in group 'acme-hq' of service provider 'acme-ent' already exists\./,
		);
		expect(await message('description').innerText()).toBe(
			"To go on with the existing one, set 'If Exists' in the options to 'Return Existing'; to bring it to these values, use the operation 'Create or Update'",
		);
		await opened().restMouse();
		const { width, x, y } = await clipOf(opened().output);
		const end = await clipOf(message('description'));
		const height = end.y + end.height - y + 24;
		await picture(opened(), 'duplicate', { x, y, width, height });
	});
}
