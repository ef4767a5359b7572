/** Far more than Odin has to say: n8n holds the answers of all workflows in one process, and its helper has no limit. */
const MAX_BYTES = 64 * 1024 * 1024;

export const MAX_BODY_TEXT = '64 MB';

/** A body as n8n's helper hands it over with `encoding: 'stream'`, decompressed. */
interface BodyStream {
	on(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
	on(event: 'end' | 'close', listener: () => void): unknown;
	on(event: 'error', listener: (error: Error) => void): unknown;
	destroy(error?: Error): unknown;
	readonly destroyed: boolean;
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
	typeof body === 'object' && body !== null && 'destroy' in body;

/** As axios names it. */
const ENDED_BY_SIGNAL = 'ERR_CANCELED';

/** As Node.js names a stream that ends before its end. */
const closedEarly = () =>
	Object.assign(new Error('Premature close'), { code: 'ERR_STREAM_PREMATURE_CLOSE' });

async function textOf(
	stream: BodyStream,
	signal: AbortSignal,
): Promise<{ text: string; isTooLarge: boolean }> {
	const end = () => stream.destroy(Object.assign(new Error('Ended'), { code: ENDED_BY_SIGNAL }));
	const decoder = new TextDecoder();
	let text = '';
	let bytes = 0;
	// By its events: to iterate over a stream costs more than to read an answer of the usual size.
	const reading = new Promise<{ text: string; isTooLarge: boolean }>((resolve, reject) => {
		stream.on('data', (chunk: Uint8Array) => {
			bytes += chunk.length;
			if (bytes <= MAX_BYTES) {
				text += decoder.decode(chunk, { stream: true });
				return;
			}
			resolve({ text: '', isTooLarge: true });
			stream.destroy();
		});
		let isWhole = false;
		stream.on('end', () => {
			isWhole = true;
			resolve({ text: text + decoder.decode(), isTooLarge: false });
		});
		stream.on('error', reject);
		stream.on('close', () => {
			if (!isWhole) reject(closedEarly());
		});
		// Nothing is told of it any more.
		if (stream.destroyed) reject(closedEarly());
	});
	if (signal.aborted) end();
	signal.addEventListener('abort', end);
	try {
		return await reading;
	} finally {
		signal.removeEventListener('abort', end);
	}
}
