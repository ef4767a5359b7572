/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { Agent } from 'node:http';

import axios from 'axios';
import type { IDataObject } from 'n8n-workflow';

import type { Account } from './simulatorMessages';
import { Stopwatch, type Taken } from './stopwatch';

/** What a script would do: axios and a bounded number of requests at once. */
export class AxiosClient {
	private constructor(
		private readonly baseUrl: string,
		private readonly token: string,
	) {}

	static async logIn({ baseUrl, username, password }: Account): Promise<AxiosClient> {
		const { data } = await axios.post<{ token: string }>(`${baseUrl}/auth/token`, {
			username,
			password,
		});
		return new AxiosClient(baseUrl, data.token);
	}

	/** Creates a trunk group for each body. */
	async create(
		bodies: IDataObject[],
		{ concurrency, keepAlive }: { concurrency: number; keepAlive: boolean },
	): Promise<Taken> {
		const httpAgent = new Agent({ keepAlive });
		const client = axios.create({
			baseURL: this.baseUrl,
			headers: { Authorization: `Bearer ${this.token}` },
			httpAgent,
			proxy: false,
		});
		const stopwatch = new Stopwatch();
		let next = 0;
		const worker = async () => {
			while (next < bodies.length) await client.post('/groups/trunk-groups', bodies[next++]);
		};
		await Promise.all(Array.from({ length: concurrency }, worker));
		const taken = stopwatch.read();
		httpAgent.destroy();
		return taken;
	}
}
