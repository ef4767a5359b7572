import type { RealN8n } from '../server/support/realN8n';
import { byId, type Editor } from './support/editor';
import { layoutFaults } from './support/layout';
import { clipOf, picture } from './support/pictures';

/** Making and testing the credential, from the form of a node. */
export function credential(server: () => RealN8n, opened: () => Editor): void {
	const modal = () => opened().at('editCredential-modal');
	const fill = async (values: Record<string, string>) => {
		for (const [name, value] of Object.entries(values)) {
			await modal()
				.locator(byId(`parameter-input-${name}`))
				.locator('input')
				.fill(value);
		}
	};
	const save = async () => await modal().locator(byId('credential-save-button')).click();
	const works = () => modal().locator(byId('credentials-config-container-test-success'));
	const refusal = () => modal().getByText('Couldn’t connect with these settings');

	/** Why it does not work, as it is told behind "More details". */
	const reason = async () => {
		await refusal().waitFor();
		await modal().getByText('More details').click();
		const words = modal()
			.getByText(/Odin refused the login/)
			.last();
		await words.waitFor();
		return (await words.innerText()).replace(/\s+/g, ' ').trim();
	};
	const WRONG_PASSWORD =
		"Odin refused the login of 'odin-admin' (HTTP 401). Check 'Username' and 'Password' of the credential.";

	it('has a form whose fields have names and room', async () => {
		await opened().at('node-credentials-select').click();
		await opened()
			.page.locator(`${byId('node-credentials-select-item-new')}:visible`)
			.click();
		await modal().locator(byId('parameter-input-baseUrl')).waitFor();
		const labels = await modal().locator('label .n8n-text').allInnerTexts();
		expect(labels.map((label) => label.replace('*', '').trim())).toEqual(
			expect.arrayContaining([
				'Base URL',
				'Username',
				'Password',
				'Allow Unauthorized Certificates',
			]),
		);
		const fields = modal().locator(byId('credential-connection-parameter'));
		expect(await fields.count()).toBeGreaterThanOrEqual(4);
		for (const field of await fields.all()) {
			expect(await field.evaluate(layoutFaults)).toEqual([]);
		}
	});

	it('says why it does not work with a wrong password', async () => {
		const { baseUrl, username } = server().simulator;
		await fill({ baseUrl, username, password: 'wrong-password' });
		await save();
		expect(await reason()).toContain(WRONG_PASSWORD);
	});

	it('says that it works with the right one', async () => {
		await fill({ password: server().simulator.password });
		await save();
		// n8n closes the form of a new credential once it works.
		await Promise.race([works().waitFor(), modal().waitFor({ state: 'hidden' })]);
		if (await modal().isHidden()) await opened().at('credential-edit-button').click();
		await works().waitFor();
		expect(await works().innerText()).toContain('Connection tested successfully');
		await opened().restMouse();
		await picture(opened(), 'credential', await clipOf(modal()));
	});

	it('says it again at once when the password is changed to a wrong one', async () => {
		await fill({ password: 'mistyped' });
		await save();
		expect(await reason()).toContain(WRONG_PASSWORD);
		await modal().locator('[aria-label="Close this dialog"]').click();
		await modal().waitFor({ state: 'hidden' });
	});
}
