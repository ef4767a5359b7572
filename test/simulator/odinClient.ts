import axios, { type AxiosRequestConfig } from 'axios';

import type { Simulator } from '../../simulator';

export interface Answer {
	status: number;
	// Tests look into answers of many shapes.
	data: Record<string, unknown> & { error?: string };
	headers: Record<string, unknown>;
}

export type Params = Record<string, string | number | boolean | undefined>;

/** A client that answers every status instead of throwing. */
export interface OdinClient {
	token: string;
	get(path: string, params?: Params): Promise<Answer>;
	post(path: string, body?: unknown): Promise<Answer>;
	put(path: string, body?: unknown): Promise<Answer>;
	delete(path: string, params?: Params): Promise<Answer>;
	request(config: AxiosRequestConfig): Promise<Answer>;
}

export function clientOf(simulator: Simulator, token = ''): OdinClient {
	const http = axios.create({
		baseURL: simulator.baseUrl,
		validateStatus: () => true,
		maxRedirects: 0,
		proxy: false,
		headers: token ? { authorization: `Bearer ${token}` } : {},
	});
	const request = async (config: AxiosRequestConfig): Promise<Answer> => {
		const { status, data, headers } = await http.request(config);
		return { status, data, headers: { ...headers } };
	};
	return {
		token,
		request,
		get: (url, params) => request({ method: 'GET', url, params }),
		post: (url, data) => request({ method: 'POST', url, data }),
		put: (url, data) => request({ method: 'PUT', url, data }),
		delete: (url, params) => request({ method: 'DELETE', url, params }),
	};
}

export async function logIn(simulator: Simulator): Promise<OdinClient> {
	const { username, password } = simulator;
	const { data } = await clientOf(simulator).post('/auth/token', { username, password });
	return clientOf(simulator, String(data.token));
}
