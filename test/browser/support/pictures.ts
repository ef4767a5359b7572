/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Locator } from 'playwright-core';
import { WINDOW, type Editor } from './editor';

const CHECKOUT = resolve(__dirname, '../../..');
/** Room that the editor needs around the form. */
const AROUND_FORM = 200;

/** Bytes that a picture may have, and its width: people read the README on slow connections, too. */
const MAX_BYTES = 120_000;

/** n8n's messages at the corner of the window come and go. */
const WITHOUT_MESSAGES = '.el-notification { display: none !important; }';

export interface Clip {
	x: number;
	y: number;
	width: number;
	height: number;
}

/**
 * Takes a picture of the README. It is written to the folder that PICTURES names; a run of the tests alone leaves those
 * in the docs as they are.
 */
export async function picture({ page }: Editor, name: string, clip: Clip): Promise<void> {
	const { PICTURES } = process.env;
	const png = await page.screenshot({
		clip,
		animations: 'disabled',
		caret: 'hide',
		style: WITHOUT_MESSAGES,
	});
	expect([name, png.length < MAX_BYTES]).toEqual([name, true]);
	if (PICTURES) await writeFile(resolve(CHECKOUT, PICTURES, `editor-${name}.png`), png);
}

export async function clipOf(locator: Locator): Promise<Clip> {
	const box = await locator.boundingBox();
	if (!box) throw new Error('Nothing of it is shown');
	return box;
}

/** Takes a picture of the whole form, however long, into the folder that LOOKS names; without it none is taken. */
export async function look(editor: Editor, name: string): Promise<void> {
	const { LOOKS } = process.env;
	if (!LOOKS) return;
	await mkdir(LOOKS, { recursive: true });
	const { page, form } = editor;
	const before = page.viewportSize() ?? WINDOW;
	const height = await form.evaluate((element) => Number(element.scrollHeight));
	await page.setViewportSize({ ...before, height: Math.max(before.height, height + AROUND_FORM) });
	await form.screenshot({ path: join(LOOKS, `${name}.png`), animations: 'disabled' });
	await page.setViewportSize(before);
}
