/* eslint-disable @n8n/community-nodes/no-restricted-globals */

/** What n8n may take over from the surroundings. An n8n or database set up elsewhere on this machine stays out of it. */
const INHERITED =
	/^(PATH|HOME|USERPROFILE|APPDATA|LOCALAPPDATA|SYSTEMROOT|COMSPEC|LANG|LC_.*|TZ|NODE_EXTRA_CA_CERTS)$/i;
const PROXIES = /^(HTTPS?_PROXY|NO_PROXY|ALL_PROXY)$/i;

export interface N8nSettings {
	userFolder: string;
	port: number;
	brokerPort: number;
	/** A real Odin may be reachable through a proxy only; everything else is on this machine. */
	useProxies: boolean;
	/** The one folder that workflows may read and write files in; without it n8n's own default. */
	filesFolder?: string;
	/** Whether n8n fetches packages that its database knows and its user folder lacks. */
	reinstallMissing?: boolean;
	/** For one of several machines that share the work: what they have in common. */
	queue?: QueueSettings;
	/** Further environment variables of n8n */
	variables?: Record<string, string>;
}

export interface QueueSettings {
	/** The same on every machine, since all of them read the credentials. */
	encryptionKey: string;
	redis: { port: number; password: string };
	postgres: { port: number; user: string; password: string; database: string };
}

/** An n8n that listens on loopback only, and asks nobody on the internet for anything. */
export function n8nEnvironment(
	settings: N8nSettings,
	surroundings: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
	const inherited = Object.entries(surroundings).filter(
		([name]) => INHERITED.test(name) || (settings.useProxies && PROXIES.test(name)),
	);
	return {
		...Object.fromEntries(inherited),
		N8N_USER_FOLDER: settings.userFolder,
		// n8n leaves a folder behind in the temporary folder.
		...{ TMPDIR: settings.userFolder, TEMP: settings.userFolder, TMP: settings.userFolder },
		...(settings.filesFolder && { N8N_RESTRICT_FILE_ACCESS_TO: settings.filesFolder }),
		...(settings.reinstallMissing && { N8N_REINSTALL_MISSING_PACKAGES: 'true' }),
		N8N_PORT: String(settings.port),
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(settings.brokerPort),
		N8N_SECURE_COOKIE: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_DISABLED_MODULES: 'mcp-registry,instance-ai,insights,chat-hub,agents',
		...(settings.queue && queueEnvironment(settings.queue)),
		...settings.variables,
	};
}

/** What keeps n8n's data in PostgreSQL. */
export const postgresEnvironment = (postgres: QueueSettings['postgres']): NodeJS.ProcessEnv => ({
	DB_TYPE: 'postgresdb',
	DB_POSTGRESDB_HOST: '127.0.0.1',
	DB_POSTGRESDB_PORT: String(postgres.port),
	DB_POSTGRESDB_USER: postgres.user,
	DB_POSTGRESDB_PASSWORD: postgres.password,
	DB_POSTGRESDB_DATABASE: postgres.database,
});

function queueEnvironment({ encryptionKey, redis, postgres }: QueueSettings): NodeJS.ProcessEnv {
	return {
		EXECUTIONS_MODE: 'queue',
		N8N_ENCRYPTION_KEY: encryptionKey,
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		QUEUE_BULL_REDIS_PASSWORD: redis.password,
		...postgresEnvironment(postgres),
		// With n8n's own limits (2 connections, 20 s, 5 s) it refuses webhooks when hundreds of them arrive at once.
		DB_POSTGRESDB_POOL_SIZE: '10',
		DB_POSTGRESDB_CONNECTION_TIMEOUT: '120000',
		DB_PING_TIMEOUT_MS: '60000',
	};
}
