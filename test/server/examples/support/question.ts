/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as delay } from 'node:timers/promises';

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const PATIENCE_MS = 30_000;

/** Opens a link of a question as a person's browser does. Returns what it shows. */
export async function openLink(link: string, userAgent = BROWSER): Promise<string> {
	const deadline = Date.now() + PATIENCE_MS;
	for (;;) {
		const answer = await fetch(link, { headers: { 'user-agent': userAgent } });
		const text = await answer.text();
		// The question is out a moment before the execution waits.
		if (!/is running/.test(text) || Date.now() > deadline) return text;
		await delay(50);
	}
}
