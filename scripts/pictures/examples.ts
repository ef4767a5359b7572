/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { startBrowser } from '../browser/chromium';
import { startRealN8n, type RealN8n } from '../../test/server/support/realN8n';

const CHECKOUT = resolve(__dirname, '../..');
/** How large the canvas is drawn, so that the notes can be read; a long workflow is drawn smaller. */
const SCALE = 0.8;
const MAX_WIDTH = 2_000;
/** Pixels; a page of large pictures is slow to load. */
const MAX_AREA = 0.9e6;
const MARGIN = 24;
/** What the editor keeps free around a workflow that it fits into the window. */
const FITTING = 1.2;
/** How long the canvas takes to zoom. */
const ZOOM_MS = 1_500;
/** A node, and beneath it its name in up to two lines with what it does. */
const NODE = { width: 96, height: 160 };

interface Example {
	file: string;
	/** Real ids for those that stand in the example: what a user chooses after the import. */
	credentials: Record<string, string>;
}

interface Placed {
	type: string;
	position: [number, number];
	parameters: { width?: number; height?: number };
}

/** The size of a workflow on the canvas, in the units of its positions. */
function sizeOf(nodes: Placed[]): { width: number; height: number } {
	const span = (axis: 0 | 1, side: 'width' | 'height') => {
		const from = Math.min(...nodes.map(({ position }) => position[axis]));
		const to = nodes.map(
			({ position, parameters }) => position[axis] + (parameters[side] ?? NODE[side]),
		);
		return Math.max(...to) - from;
	};
	return { width: span(0, 'width'), height: span(1, 'height') };
}

/** Lets the canvas have the whole window, without what the editor draws over it. */
const ONLY_CANVAS = `
	body * { visibility: hidden; }
	[data-test-id="canvas-wrapper"], [data-test-id="canvas-wrapper"] * { visibility: visible; }
	[data-test-id="canvas-wrapper"] { position: fixed !important; inset: 0; }
	[data-test-id="canvas-background"], [data-test-id="canvas-controls"], [data-test-id="canvas-minimap"],
	[data-test-id="canvas-node-toolbar"], [data-test-id="canvas-handle-plus-wrapper"],
	[data-test-id="canvas-wrapper"] > :not(#canvas),
	[data-test-id="canvas-wrapper"] :has(> [data-test-id="node-creator-plus-button"]),
	[data-test-id="command-bar-button"], [data-test-id="add-sticky-button"], [data-test-id="toggle-focus-panel-button"],
	[data-test-id="node-creator-plus-button"] { display: none !important; }
`;

async function logIn(page: Page, { url, owner }: RealN8n): Promise<void> {
	await page.request.post(`${url}/rest/login`, {
		data: { emailOrLdapLoginId: owner.email, password: owner.password },
	});
}

/** The part of the window with something in it. */
async function usedArea(drawn: Locator) {
	const boxes = await drawn.evaluateAll((elements) =>
		elements
			.map((element) => element.getBoundingClientRect())
			.filter(({ width }) => width > 0)
			.map(({ left, top, right, bottom }) => ({ left, top, right, bottom })),
	);
	const x = Math.min(...boxes.map(({ left }) => left)) - MARGIN;
	const y = Math.min(...boxes.map(({ top }) => top)) - MARGIN;
	return {
		x,
		y,
		width: Math.max(...boxes.map(({ right }) => right)) + MARGIN - x,
		height: Math.max(...boxes.map(({ bottom }) => bottom)) + MARGIN - y,
	};
}

/** Imports an example in the editor, as a user does from the menu, and photographs the canvas. */
async function photograph(page: Page, n8nUrl: string, { file, credentials }: Example) {
	const text = await readFile(join(CHECKOUT, 'examples', file), 'utf8');
	const { nodes } = JSON.parse(text) as { nodes: Placed[] };
	const { width, height } = sizeOf(nodes);
	const fits = Math.sqrt(MAX_AREA / (width * height));
	const scale = Math.min(SCALE, MAX_WIDTH / width, fits) * FITTING;
	await page.setViewportSize({
		width: Math.round(width * scale),
		height: Math.round(height * scale),
	});
	await page.goto(`${n8nUrl}/workflow/new`);
	const chosen = Object.entries(credentials).reduce(
		(changed, [id, real]) => changed.replaceAll(`"${id}"`, `"${real}"`),
		text,
	);
	await page.locator('[data-test-id="workflow-import-input"]').setInputFiles({
		name: file,
		mimeType: 'application/json',
		buffer: Buffer.from(chosen),
	});
	const drawn = page.locator('[data-test-id="canvas-node"], [data-test-id="sticky"]');
	await drawn.nth(nodes.length - 1).waitFor();
	await page.addStyleTag({ content: ONLY_CANVAS });
	// What was just imported is selected: a click beside it ends that.
	await page.mouse.click(4, 4);
	await page.keyboard.press('1');
	await page.waitForTimeout(ZOOM_MS);
	// Names and subtitles reach beyond their nodes.
	const names = page.locator('[data-test-id="canvas-node"] *:not(svg *)').or(drawn);
	const picture = join(CHECKOUT, 'docs/pictures', `example-${basename(file, '.json')}.png`);
	await page.screenshot({ path: picture, clip: await usedArea(names) });
	process.stdout.write(`${relative(CHECKOUT, picture)}\n`);
}

async function main(): Promise<void> {
	const n8n = await startRealN8n();
	const browser = await startBrowser();
	try {
		const made = async (name: string, type: string, data: object): Promise<string> =>
			(await n8n.api.post<{ id: string }>('/credentials', { name, type, data })).id;
		const credentials = {
			odinDemoCredential: n8n.credentialId,
			odinMcpToken: await made('Odin MCP Token', 'httpBearerAuth', { token: 'picture' }),
			odinMailCredential: await made('SMTP', 'smtp', { host: 'mail.example.com', port: 465 }),
			odinVaultToken: await made('Vault Token', 'httpHeaderAuth', {
				name: 'X-Vault-Token',
				value: 'picture',
			}),
		};
		const page = await browser.newPage();
		await logIn(page, n8n);
		const [only] = process.argv.slice(2);
		const files = await readdir(join(CHECKOUT, 'examples'));
		for (const file of files.filter((name) => only === undefined || name.startsWith(only))) {
			await photograph(page, n8n.url, { file, credentials });
		}
	} finally {
		await browser.close();
		await n8n.stop();
	}
}

void main();
