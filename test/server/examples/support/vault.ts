import fastify from 'fastify';

interface Version {
	data: Record<string, unknown> | null;
	created_time: string;
}

interface Write {
	options?: { cas?: number };
	data?: Record<string, unknown>;
}

/** HashiCorp Vault with its KV engine of version 2 at "secret", as far as its API of 2024 is documented. */
export interface Vault {
	url: string;
	token: string;
	/** The versions of each secret, by its path */
	secrets: Map<string, Version[]>;
	/** What the newest version of a secret holds */
	holds(path: string): Record<string, unknown> | undefined;
	/** Puts a version into it, past its API */
	put(path: string, data: Record<string, unknown> | null): void;
	/** Answers requests of a method, after `skip` of them, in another way; undefined: as ever. */
	fault?: { method: string; skip: number; status: number; body: unknown } | undefined;
	close(): Promise<void>;
}

const TOKEN = 'hvs.test-token';

export async function startVault(): Promise<Vault> {
	const app = fastify();
	const secrets = new Map<string, Version[]>();
	const metadataOf = (versions: Version[]) => ({
		version: versions.length,
		created_time: versions.at(-1)?.created_time,
		custom_metadata: null,
		deletion_time: versions.at(-1)?.data === null ? versions.at(-1)?.created_time : '',
		destroyed: false,
	});
	const put = (path: string, data: Record<string, unknown> | null): Version[] => {
		const versions = [
			...(secrets.get(path) ?? []),
			{ data, created_time: new Date().toISOString() },
		];
		secrets.set(path, versions);
		return versions;
	};
	const vault: Vault = {
		url: '',
		token: TOKEN,
		secrets,
		holds: (path) => secrets.get(path)?.at(-1)?.data ?? undefined,
		put: (path, data) => void put(path, data),
		close: async () => await app.close(),
	};

	app.addHook('onRequest', async (request, reply) => {
		if (request.headers['x-vault-token'] !== TOKEN) {
			return await reply.code(403).send({ errors: ['permission denied'] });
		}
		const { fault } = vault;
		if (fault?.method === request.method && fault.skip-- <= 0) {
			return await reply.code(fault.status).send(fault.body);
		}
	});
	app.get<{ Params: { '*': string } }>('/v1/secret/data/*', async ({ params }, reply) => {
		const versions = secrets.get(params['*']);
		if (versions === undefined) return await reply.code(404).send({ errors: [] });
		const metadata = metadataOf(versions);
		const data = versions.at(-1)!.data;
		return await reply.code(data === null ? 404 : 200).send({ data: { data, metadata } });
	});
	app.post<{ Params: { '*': string }; Body: Write }>(
		'/v1/secret/data/*',
		async ({ params, body }, reply) => {
			if (body.data === undefined) {
				return await reply.code(400).send({ errors: ['no data provided'] });
			}
			const present = secrets.get(params['*'])?.length ?? 0;
			if (body.options?.cas !== undefined && body.options.cas !== present) {
				const errors = ['check-and-set parameter did not match the current version'];
				return await reply.code(400).send({ errors });
			}
			return { data: metadataOf(put(params['*'], body.data)) };
		},
	);
	app.setNotFoundHandler(async ({ url }, reply) => {
		const errors = [`no handler for route "${url.replace('/v1/', '')}". route entry not found.`];
		return await reply.code(404).send({ errors });
	});
	vault.url = await app.listen({ host: '127.0.0.1', port: 0 });
	return vault;
}
