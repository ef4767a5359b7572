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

/** Uploads a file through an n8n form, as a browser does, and returns the page that ends it. */
export async function pageAfterUpload(formUrl: string, content: string): Promise<string> {
	const form = new FormData();
	form.append('field-0', new Blob([content], { type: 'text/csv' }), 'rows.csv');
	const submission = await fetch(formUrl, { ...ONE_REQUEST, method: 'POST', body: form });
	const { formWaitingUrl } = (await submission.json()) as { formWaitingUrl: string };

	const deadline = Date.now() + PATIENCE_MS;
	const statusUrl = formWaitingUrl.replace('?', '/n8n-execution-status?');
	for (;;) {
		const status = await (await fetch(statusUrl, ONE_REQUEST)).text();
		if (status === 'form-waiting') break;
		if (status === 'error' || Date.now() > deadline) throw new Error(`The form is ${status}`);
		await delay(100);
	}
	const page = await (await fetch(formWaitingUrl, ONE_REQUEST)).text();
	// The script of the page does the same once it is shown; it ends the execution.
	await fetch(formWaitingUrl, { ...ONE_REQUEST, method: 'POST' });
	return page;
}

/** The same, where the page gives a file to download. */
export async function uploadThroughForm(
	formUrl: string,
	content: string,
): Promise<{ page: string; fileName: string; content: string }> {
	const page = await pageAfterUpload(formUrl, content);
	const [encoded] = /%5B%7B%22data%22[^"']*/.exec(page) ?? [];
	if (encoded === undefined) throw new Error('The page has no file');
	const [file] = JSON.parse(decodeURIComponent(encoded)) as [ReturnedFile];
	return { page, fileName: file.fileName, content: Buffer.from(file.data.data).toString() };
}
