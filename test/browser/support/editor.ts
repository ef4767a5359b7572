/* eslint-disable @n8n/community-nodes/require-node-api-error */
import type { Browser, Locator, Page } from 'playwright-core';
import { startBrowser } from '../../../scripts/browser/chromium';
import type { RealN8n } from '../../server/support/realN8n';

/** How long the editor may take for a step, on a machine that does other things as well. */
const PATIENCE_MS = 60_000;
export const WINDOW = { width: 1440, height: 800 };

export const byId = (id: string): string => `[data-test-id="${id}"]`;

export interface PlacedNode {
	name: string;
	parameters: Record<string, unknown>;
}

const INPUT = 'Input';

const inputNodes = (json: Record<string, unknown>) => [
	{
		id: 'start',
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [-480, 0],
		parameters: {},
	},
	{
		id: 'input',
		name: INPUT,
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		position: [-240, 0],
		parameters: { mode: 'raw', jsonOutput: JSON.stringify(json) },
	},
];

const connectionsTo = (nodes: PlacedNode[]) => ({
	Start: { main: [[{ node: INPUT, type: 'main', index: 0 }]] },
	[INPUT]: { main: [nodes.map(({ name }) => ({ node: name, type: 'main', index: 0 }))] },
});

/** n8n's editor in a browser, as the owner of the instance sees it. */
export class Editor {
	private constructor(
		private readonly browser: Browser,
		readonly page: Page,
		private readonly n8n: RealN8n,
	) {}

	static async open(n8n: RealN8n): Promise<Editor> {
		const browser = await startBrowser();
		try {
			const page = await browser.newPage({ viewport: WINDOW, colorScheme: 'light' });
			page.setDefaultTimeout(PATIENCE_MS);
			const { email, password } = n8n.owner;
			await page.request.post(`${n8n.url}/rest/login`, {
				data: { emailOrLdapLoginId: email, password },
			});
			return new Editor(browser, page, n8n);
		} catch (reason) {
			await browser.close();
			throw reason;
		}
	}

	async close(): Promise<void> {
		await this.browser.close();
	}

	at(id: string): Locator {
		return this.page.locator(byId(id));
	}

	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.n8n.url}/workflow/new`, { waitUntil: 'domcontentloaded' });
		await this.at('canvas-add-button').waitFor();
	}

	/**
	 * Opens a workflow of Odin nodes beside each other, saved before as they are. With `input` they are after a node that
	 * gives an item with this json once it is executed.
	 */
	async openWorkflow(nodes: PlacedNode[], input?: Record<string, unknown>): Promise<void> {
		const odinApi = { id: this.n8n.credentialId, name: 'Odin' };
		const { id } = await this.n8n.api.post<{ id: string }>('/workflows', {
			name: 'Odin',
			connections: input ? connectionsTo(nodes) : {},
			nodes: [
				...(input ? inputNodes(input) : []),
				...nodes.map((node, index) => ({
					...node,
					id: `node-${index}`,
					type: 'n8n-nodes-odin.odin',
					typeVersion: 1,
					position: [(index % 6) * 240, Math.floor(index / 6) * 240],
					credentials: { odinApi },
				})),
			],
		});
		await this.page.goto(`${this.n8n.url}/workflow/${id}`, { waitUntil: 'domcontentloaded' });
		await this.node(nodes[0]!.name).waitFor();
	}

	node(name: string): Locator {
		return this.page.locator(`${byId('canvas-node')}[data-node-name="${name}"]`);
	}

	/** The view of one node: its form between input and output. */
	get view(): Locator {
		return this.at('ndv');
	}

	get form(): Locator {
		return this.view.locator(byId('node-parameters')).first();
	}

	get output(): Locator {
		return this.view.locator(byId('output-panel'));
	}

	async openNode(name: string): Promise<void> {
		await this.node(name).dblclick();
		await this.field('operation').waitFor();
	}

	async closeNode(): Promise<void> {
		await this.at('ndv-close-button').click();
		await this.view.waitFor({ state: 'hidden' });
	}

	field(name: string): Locator {
		return this.form.locator(byId(`parameter-input-${name}`));
	}

	/** The labels of the form from top to bottom. */
	async labels(): Promise<string[]> {
		const texts = await this.form.locator('label .n8n-text:visible').allInnerTexts();
		return texts.map((text) => text.trim()).filter(Boolean);
	}

	async toggle(name: string): Promise<void> {
		await this.field(name).locator('.el-switch').click();
	}

	/** The entries of the list that is open. */
	get listed(): Locator {
		return this.page.locator(`${byId('rlc-item')}:visible`);
	}

	async openList(locator: string): Promise<void> {
		await this.form
			.locator(byId(`resource-locator-${locator}`))
			.locator(byId('rlc-input'))
			.click();
		await this.listed.first().waitFor();
	}

	async choose(entry: string): Promise<void> {
		await this.listed.filter({ hasText: entry }).click();
		await this.listed.first().waitFor({ state: 'hidden' });
	}

	async execute(): Promise<void> {
		await this.at('node-execute-button').click();
	}

	/** Away from everything that shows something when the mouse is over it. */
	async restMouse(): Promise<void> {
		await this.page.mouse.move(1, 1);
	}
}
