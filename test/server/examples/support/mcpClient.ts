interface Reply {
	result?: unknown;
	error?: { message: string };
}

export interface Tool {
	name: string;
	description: string;
	inputSchema: { properties: Record<string, { type: string; description: string }> };
}

export interface ToolResult {
	isError?: boolean;
	content: Array<{ type: string; text: string }>;
}

/** A client of the Model Context Protocol over streamable HTTP, as far as an agent needs it to use tools. */
export class McpClient {
	#session: string | undefined;
	#requests = 0;

	private constructor(
		private readonly url: string,
		private readonly token: string,
	) {}

	static async connect(url: string, token: string): Promise<McpClient> {
		const client = new McpClient(url, token);
		await client.request('initialize', {
			protocolVersion: '2025-03-26',
			capabilities: {},
			clientInfo: { name: 'test', version: '1.0.0' },
		});
		await client.send({ method: 'notifications/initialized' });
		return client;
	}

	async tools(): Promise<Tool[]> {
		const { tools } = (await this.request('tools/list', {})) as { tools: Tool[] };
		return tools;
	}

	async call(name: string, args: Record<string, unknown>): Promise<ToolResult> {
		return (await this.request('tools/call', { name, arguments: args })) as ToolResult;
	}

	private async request(method: string, params: object): Promise<unknown> {
		const response = await this.send({ id: ++this.#requests, method, params });
		this.#session = response.headers.get('mcp-session-id') ?? this.#session;
		const text = await response.text();
		// The answer comes as one event of a stream, or as plain JSON.
		const json = /^data: (.*)$/m.exec(text)?.[1] ?? text;
		const { result, error } = JSON.parse(json) as Reply;
		if (error !== undefined) throw new Error(`${method}: ${error.message}`);
		return result;
	}

	private async send(message: object): Promise<Response> {
		const response = await fetch(this.url, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				accept: 'application/json, text/event-stream',
				authorization: `Bearer ${this.token}`,
				...(this.#session !== undefined && { 'mcp-session-id': this.#session }),
			},
			body: JSON.stringify({ jsonrpc: '2.0', ...message }),
		});
		if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
		return response;
	}
}
