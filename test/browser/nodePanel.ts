import { resources } from '../../nodes/Odin/resources';
import { byId, type Editor } from './support/editor';
import { clipOf, picture } from './support/pictures';

/** Finding the node in the panel, and dragging it onto the canvas. */
export function nodePanel(opened: () => Editor): void {
	const items = () => opened().at('item-iterator-item');
	const search = async (words: string) => {
		await opened().at('node-creator-search-bar').fill(words);
		await items()
			.filter({ has: opened().page.getByText('Odin', { exact: true }) })
			.first()
			.waitFor();
	};

	beforeAll(async () => {
		await opened().newWorkflow();
		await opened().at('canvas-add-button').click();
		await opened().at('node-creator-search-bar').waitFor();
	});

	it.each(['odin', 'broadworks', 'trunk group'])('finds it first by "%s"', async (words) => {
		await search(words);
		const first = items().first();
		expect(await first.locator(byId('node-creator-item-name')).innerText()).toBe('Odin');
		// On an empty canvas n8n shows node and trigger as one, with the words of the trigger.
		expect(await first.locator(byId('node-creator-item-description')).innerText()).toBe(
			'Starts the workflow when a BroadWorks trunk group changes in Odin',
		);
		const icon = first.locator('img').first();
		expect(
			await icon.evaluate((image) => (image as HTMLImageElement).naturalWidth),
		).toBeGreaterThan(0);
	});

	it('lists every operation as an action', async () => {
		await search('odin');
		await items().first().click();
		await opened()
			.page.getByText(/^Actions \(/)
			.click();
		await opened().page.getByText('Create trunk group', { exact: true }).waitFor();
		const shown = (await items().allInnerTexts()).map((text) => text.trim());
		const actions = resources.flatMap(({ operations }) => operations.map(({ action }) => action));
		// The panel draws a long list in parts.
		for (const action of actions.filter((one) => !shown.includes(one))) {
			await opened().page.getByText(action, { exact: true }).first().waitFor({ state: 'attached' });
		}
		await opened().restMouse();
		await picture(opened(), 'node-panel', await clipOf(opened().at('node-creator')));
	});

	it('puts an action on the canvas where it is dragged, with its form open', async () => {
		const { page } = opened();
		const action = await clipOf(items().filter({ hasText: /^\s*Create trunk group\s*$/ }));
		await page.mouse.move(action.x + action.width / 3, action.y + action.height / 2);
		await page.mouse.down();
		await page.mouse.move(action.x - 100, action.y, { steps: 5 });
		await page.mouse.move(action.x - 400, 300, { steps: 10 });
		await page.mouse.up();
		await opened().field('name').waitFor();
		expect(await opened().node('Create trunk group').count()).toBe(1);
		expect(await opened().labels()).toEqual(expect.arrayContaining(['Service Provider', 'Name']));
		expect(await opened().field('resource').locator('input').inputValue()).toBe('Trunk Group');
		expect(await opened().field('operation').locator('input').inputValue()).toBe('Create');
	});
}
