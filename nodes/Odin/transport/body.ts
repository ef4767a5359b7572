/** Far more than Odin has to say: n8n holds the answers of all workflows in one process, and its helper has no limit. */
const MAX_BYTES = 64 * 1024 * 1024;

export const MAX_BODY_TEXT = '64 MB';

/** A body as n8n's helper hands it over with `encoding: 'stream'`, decompressed. */
interface BodyStream extends AsyncIterable<Uint8Array> {
	on(event: 'error', listener: () => void): unknown;
	destroy(error?: Error): unknown;
}

/** What n8n's request helper gives with `returnFullResponse`, once its body is read. */
export interface ReceivedResponse {
	statusCode: number;
	headers: Record<string, string>;
	body: string;
	/** The body was larger than any answer of Odin, so it was not read to its end */
	isTooLarge: boolean;
	/** A proxy refused to connect n8n with Odin */
	isOfProxy: boolean;
}

/** With these a proxy refuses a tunnel. n8n throws them, with the connection that they came by: it tells whose they are. */
const REFUSALS_OF_TUNNELS = [403, 500, 502, 503, 504];

/** Only a proxy may send it (RFC 9110, 15.5.8), before it passes a request on. */
const PROXY_AUTHENTICATION_REQUIRED = 407;

const isEncrypted = (url: string): boolean => /^https:/i.test(url);

/** What every request to Odin asks of n8n's helper, so that its answer can be received: with any status, unread. */
export const receivable = (url: string) => ({
	encoding: 'stream' as const,
	returnFullResponse: true,
	disableFollowRedirect: true,
	ignoreHttpStatusErrors: isEncrypted(url)
		? { ignore: true as const, except: REFUSALS_OF_TUNNELS }
		: true,
});

/**
 * Reads the body of an answer while it arrives, to its end or to the limit. The connection is closed where it is too
 * large, and where `signal` ends it; then, and where the connection breaks, this throws. What was read already is given
 * back as it is.
 */
export async function receive(
	sending: Promise<unknown>,
	{ url, signal }: { url: string; signal: AbortSignal },
): Promise<ReceivedResponse> {
	const answer = await sending.catch(answerIn);
	if (isReceived(answer)) return answer;
	const { statusCode, headers, body, socket } = answer as Partial<RawAnswer>;
	const { text, isTooLarge } = isStream(body)
		? await textOf(body, signal)
		: { text: typeof body === 'string' ? body : '', isTooLarge: false };
	return {
		statusCode: Number(statusCode),
		headers: headers ?? {},
		body: text,
		isTooLarge,
		// n8n's proxy agent hands the refusal of a tunnel on as the answer of Odin; what Odin says comes encrypted.
		isOfProxy:
			statusCode === PROXY_AUTHENTICATION_REQUIRED ||
			(isEncrypted(url) && socket !== undefined && socket.encrypted !== true),
	};
}

interface RawAnswer {
	statusCode: number;
	headers: Record<string, string>;
	body: unknown;
	/** What it came by, where n8n tells */
	socket?: { encrypted?: boolean };
}

interface ThrownAnswer {
	response?: { status: number; headers: Record<string, string>; data: unknown };
	request?: { socket?: RawAnswer['socket'] };
	cause?: ThrownAnswer | null;
}

/** The answer in what n8n's helper threw for its status; throws what is none. */
function answerIn(error: unknown): RawAnswer {
	const thrown = error as ThrownAnswer;
	const source = thrown.cause?.response ? thrown.cause : thrown;
	if (source.response?.status === undefined) throw error;
	const { status, headers, data } = source.response;
	return { statusCode: status, headers, body: data, socket: source.request?.socket };
}

const isReceived = (response: unknown): response is ReceivedResponse =>
	typeof response === 'object' && response !== null && 'isTooLarge' in response;

const isStream = (body: unknown): body is BodyStream =>
	typeof body === 'object' && body !== null && Symbol.asyncIterator in body;

/** As axios names it. */
const ENDED_BY_SIGNAL = 'ERR_CANCELED';

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
