/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as delay } from 'node:timers/promises';

const PATIENCE_MS = 120_000;
/** Under load n8n may close a connection that is kept alive just when the next request goes out on it. */
const ONE_REQUEST = { headers: { connection: 'close' } };

interface ReturnedFile {
	fileName: string;
	/** A Buffer as JSON: n8n's form ending page carries the file in this shape. */
	data: { data: number[] };
}

export interface Upload {
	content: string | Uint8Array<ArrayBuffer>;
	fileName?: string;
	/** The options that are ticked beside the file. */
	ticked?: string[];
}

export interface Page {
	/** What a person reads on it. */
	text: string;
	/** The file that it gives to download. */
	file?: { name: string; content: Buffer<ArrayBuffer> };
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" };

/** The heading and the message of an ending page. */
function textOf(page: string): string {
	const [, title = '', message = ''] = /<h1>([^]*?)<\/h1>\s*<p[^>]*>([^]*?)<\/p>/.exec(page) ?? [];
	return `${title}\n${message}`
		.replace(/<[^>]*>/g, '')
		.replace(/&(lt|gt|amp|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? '');
}

function fileOf(page: string): Page['file'] {
	const [encoded] = /%5B%7B%22data%22[^"']*/.exec(page) ?? [];
	if (encoded === undefined) return undefined;
	const [{ fileName, data }] = JSON.parse(decodeURIComponent(encoded)) as [ReturnedFile];
	return { name: fileName, content: Buffer.from(data.data) };
}

/** Uploads a file through an n8n form, as a browser does, and returns the page that ends it. */
export async function uploadThroughForm(formUrl: string, upload: Upload): Promise<Page> {
	const { content, fileName = 'rows.csv', ticked = [] } = upload;
	const form = new FormData();
	// A browser's form leaves an empty file out.
	if (content.length > 0) form.append('field-0', new Blob([content]), fileName);
	form.append('field-1', JSON.stringify(ticked));
	const submission = await fetch(formUrl, { ...ONE_REQUEST, method: 'POST', body: form });
	const { formWaitingUrl } = (await submission.json()) as { formWaitingUrl: string };
	return await endingPage(formWaitingUrl);
}

/** Waits for the page that ends a form, and ends the execution as the script of the page does. */
export async function endingPage(formWaitingUrl: string): Promise<Page> {
	const deadline = Date.now() + PATIENCE_MS;
	const statusUrl = formWaitingUrl.replace('?', '/n8n-execution-status?');
	for (;;) {
		const status = await (await fetch(statusUrl, ONE_REQUEST)).text();
		if (status === 'form-waiting') break;
		if (status === 'error' || Date.now() > deadline) throw new Error(`The form is ${status}`);
		await delay(100);
	}
	const page = await (await fetch(formWaitingUrl, ONE_REQUEST)).text();
	await fetch(formWaitingUrl, { ...ONE_REQUEST, method: 'POST' });
	return { text: textOf(page), file: fileOf(page) };
}
