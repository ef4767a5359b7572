/** Far more than Odin has to say: n8n holds the answers of all workflows in one process, and its helper has no limit. */
const MAX_BYTES = 64 * 1024 * 1024;

export const MAX_BODY_TEXT = '64 MB';

/** A body as n8n's helper hands it over with `encoding: 'stream'`, decompressed. */
interface BodyStream extends AsyncIterable<Uint8Array> {
	on(event: 'error', listener: () => void): unknown;
	destroy(error?: Error): unknown;
	socket?: { encrypted?: boolean } | null;
}

/** What n8n's request helper gives with `returnFullResponse`, once its body is read. */
export interface ReceivedResponse {
	statusCode: number;
	headers: Record<string, string>;
	body: string;
	/** The body was larger than any answer of Odin, so it was not read to its end */
	isTooLarge: boolean;
	/** A proxy refused to connect n8n with Odin: what was to be encrypted for Odin was answered in clear */
	isOfProxy: boolean;
}

/**
 * Reads the body of an answer while it arrives, to its end or to the limit. The connection is closed where it is too
 * large, and where `signal` ends it; then, and where the connection breaks, this throws. What was read is given back as it is.
 */
export async function receive(
	response: unknown,
	{ url, signal }: { url: string; signal: AbortSignal },
): Promise<ReceivedResponse> {
	if (isReceived(response)) return response;
	const { statusCode, headers, body } = response as Partial<ReceivedResponse> & { body: unknown };
	const { text, isTooLarge } = isStream(body)
		? await textOf(body, signal)
		: { text: typeof body === 'string' ? body : '', isTooLarge: false };
	return {
		statusCode: Number(statusCode),
		headers: headers ?? {},
		body: text,
		isTooLarge,
		isOfProxy:
			statusCode === PROXY_AUTHENTICATION_REQUIRED ||
			(/^https:/i.test(url) && isStream(body) && cameInClear(body)),
	};
}

const isReceived = (response: unknown): response is ReceivedResponse =>
	typeof response === 'object' && response !== null && 'isTooLarge' in response;

/** As axios names it. */
const ENDED_BY_SIGNAL = 'ERR_CANCELED';

/** Only a proxy may send it (RFC 9110, 15.5.8), before it passes a request on. */
const PROXY_AUTHENTICATION_REQUIRED = 407;

/** n8n's proxy agent hands the refusal of a tunnel on as if it were the answer of Odin. */
const cameInClear = ({ socket }: BodyStream): boolean =>
	typeof socket === 'object' && socket !== null && socket.encrypted !== true;

const isStream = (body: unknown): body is BodyStream =>
	typeof body === 'object' && body !== null && Symbol.asyncIterator in body;

async function textOf(
	stream: BodyStream,
	signal: AbortSignal,
): Promise<{ text: string; isTooLarge: boolean }> {
	// One that comes after the end of the reading would end n8n.
	stream.on('error', () => {});
	const end = () => stream.destroy(Object.assign(new Error('Ended'), { code: ENDED_BY_SIGNAL }));
	if (signal.aborted) end();
	signal.addEventListener('abort', end);
	const decoder = new TextDecoder();
	let text = '';
	let bytes = 0;
	try {
		// To leave the loop destroys the stream, and with it the connection.
		for await (const chunk of stream) {
			bytes += chunk.length;
			if (bytes > MAX_BYTES) return { text: '', isTooLarge: true };
			text += decoder.decode(chunk, { stream: true });
		}
		return { text: text + decoder.decode(), isTooLarge: false };
	} finally {
		signal.removeEventListener('abort', end);
	}
}
