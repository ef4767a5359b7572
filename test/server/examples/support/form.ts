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

const ENTITIES: Record<string, string> = {
	lt: '<',
	gt: '>',
	amp: '&',
	quot: '"',
	'#39': "'",
	'#x27': "'",
	'#x3D': '=',
};

const plain = (html: string): string =>
	html.replace(/&(lt|gt|amp|quot|#39|#x27|#x3D);/g, (_, name: string) => ENTITIES[name] ?? '');

/** The heading of a page, and the text beneath it. */
function textOf(page: string): string {
	const [, title = '', message = ''] = /<h1>([^]*?)<\/h1>\s*<p[^>]*>([^]*?)<\/p>/.exec(page) ?? [];
	return plain(`${title}\n${message}`.replace(/<[^>]*>/g, ''));
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
async function endingPage(formWaitingUrl: string): Promise<Page> {
	return readPage(await end(formWaitingUrl, await nextPage(formWaitingUrl)));
}

const readPage = (html: string): Page => ({ text: textOf(html), file: fileOf(html) });

const isEnding = (html: string): boolean => !html.includes("id='n8n-form'");

/** Waits for a page that is another one than `before`. */
async function nextPage(formWaitingUrl: string, before?: string): Promise<string> {
	const deadline = Date.now() + PATIENCE_MS;
	const statusUrl = formWaitingUrl.replace('?', '/n8n-execution-status?');
	for (;;) {
		const status = await (await fetch(statusUrl, ONE_REQUEST)).text();
		if (status === 'form-waiting') {
			const page = await (await fetch(formWaitingUrl, ONE_REQUEST)).text();
			if (page !== before) return page;
		}
		if (status === 'error' || Date.now() > deadline) throw new Error(`The form is ${status}`);
		await delay(100);
	}
}

async function end(formWaitingUrl: string, page: string): Promise<string> {
	await fetch(formWaitingUrl, { ...ONE_REQUEST, method: 'POST' });
	return page;
}

const INPUT = /<label class='form-label[^']*' for='(field-\d+)'>([^<]*)<\/label>/g;

/** A form of several pages, filled in as a person does in a browser. */
export class FormVisit {
	#html = '';
	#waitingUrl = '';

	constructor(private readonly formUrl: string) {}

	/** What the page offers to choose from, by the label of the drop-down. */
	get choices(): Record<string, string[]> {
		return Object.fromEntries(
			this.inputs.map(([id, label]) => {
				const [, list = ''] =
					new RegExp(`<select id='${id}'[^]*?>([^]*?)</select>`).exec(this.#html) ?? [];
				const values = [...list.matchAll(/<option value='([^']+)'/g)].map(([, value]) =>
					plain(value!),
				);
				return [label, values];
			}),
		);
	}

	private get inputs(): Array<[id: string, label: string]> {
		return [...this.#html.matchAll(INPUT)].map(([, id, label]) => [id!, plain(label!)]);
	}

	/** Submits the page with answers by label, and returns the next one; the last one is ended as its script does. */
	async answer(answers: Record<string, string>): Promise<Page> {
		if (this.#html === '') this.#html = await (await fetch(this.formUrl, ONE_REQUEST)).text();
		const labels = this.inputs.map(([, label]) => label);
		const unknown = Object.keys(answers).filter((label) => !labels.includes(label));
		if (unknown.length > 0) throw new Error(`The page has no ${unknown.join(', ')}`);
		const body = new FormData();
		for (const [id, label] of this.inputs) body.append(id, answers[label] ?? '');
		const url = this.#waitingUrl || this.formUrl;
		const submission = await fetch(url, {
			...ONE_REQUEST,
			method: 'POST',
			body,
			redirect: 'manual',
		});
		if (this.#waitingUrl === '') {
			({ formWaitingUrl: this.#waitingUrl } = (await submission.json()) as {
				formWaitingUrl: string;
			});
		}
		this.#html = await nextPage(this.#waitingUrl, this.#html);
		if (isEnding(this.#html)) await end(this.#waitingUrl, this.#html);
		return readPage(this.#html);
	}
}
