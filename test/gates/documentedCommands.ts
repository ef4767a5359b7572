/** Where a command is carried out that `.ci/run` does not carry out itself. */
export interface Execution {
	/** The file of the test */
	test: string;
	/** What stands in that file and carries the command out */
	does: string;
	/** The file in which it stands, where that is one that the test imports */
	from?: string;
	/** What npm runs for the command, where the test calls that program instead of npm */
	script?: string;
}

const HERE = 'test/gates/documentedCommands.test.ts';
const START = 'test/server/start.test.ts';
const INSTALL = 'test/server/install.test.ts';
const VERSIONS = 'test/server/versions.test.ts';
const RELEASE = 'test/release/commandLine.test.ts';

/** A setting that every n8n of the tests in queue mode gets. */
const inQueueMode = (does: string): Execution => ({
	test: 'test/queue/queue.test.ts',
	from: 'scripts/n8n/environment.ts',
	does,
});

/** A setting that several mains get which poll together. */
const onSeveralMains = (does: string): Execution => ({ test: 'test/queue/trigger.test.ts', does });

/** How the README puts the packed package into n8n; its test takes the commands from there. */
const fromReadme: Execution = { test: INSTALL, does: "commandsIn('README.md')" };

/** The first command of docs/examples.md; its test takes it from there. */
const TICKET_COMMAND =
	"curl -X POST https://n8n.example.com/webhook/odin-ticket -H 'Content-Type: application/json' " +
	`-d '{"ticketId":"T-1001","serviceProvider":"acme-ent","group":"acme-hq","trunkGroup":"acme-hq-trunk-1","channels":30}'`;

/**
 * One row for each command of the documents, except for those that are steps of `.ci/run` or of the CI workflow: these
 * are known from there. A command without a row fails the test beside this file, and so does a row without a command.
 */
export const EXECUTIONS: Record<string, Execution> = {
	'npm start': { test: START, does: 'npm start -- --port' },
	'npm start -- --port 5700': { test: START, does: 'npm start -- --port' },
	'npm start -- --keep': { test: START, does: '--keep' },
	'ODIN_BASE_URL=https://odin.example.com/api/v2 ODIN_USERNAME=admin ODIN_PASSWORD=secret npm start':
		{ test: START, does: 'ODIN_BASE_URL: simulator.baseUrl' },
	'ODIN_ALLOW_UNAUTHORIZED_CERTS=true': {
		test: START,
		does: "ODIN_ALLOW_UNAUTHORIZED_CERTS: 'true'",
	},
	'N8N_UNVERIFIED_PACKAGES_ENABLED=true': {
		test: INSTALL,
		does: "N8N_UNVERIFIED_PACKAGES_ENABLED: 'true'",
	},
	'npm pack --pack-destination ~': fromReadme,
	'mkdir -p ~/.n8n/nodes/node_modules/n8n-nodes-odin': fromReadme,
	'tar -xzf ~/n8n-nodes-odin-*.tgz -C ~/.n8n/nodes/node_modules/n8n-nodes-odin --strip-components=1':
		fromReadme,
	'N8N_REINSTALL_MISSING_PACKAGES=true': {
		test: INSTALL,
		does: "N8N_REINSTALL_MISSING_PACKAGES: 'true'",
	},
	'npm run soak': {
		test: 'test/n8n/soak.test.ts',
		does: "['--import', 'tsx', 'test/soak/index.ts'",
		script: 'exec node --import tsx scripts/suitableNode.ts --import tsx test/soak/index.ts',
	},
	'npm test -- --no-install': {
		test: 'test/n8n/npmTest.test.ts',
		does: "'npm test -- --no-install'",
	},
	'npm run simulator': { test: HERE, does: "'npm run simulator -- --port 0'" },
	'npm run watch': {
		test: 'test/gates/watch.test.ts',
		does: "'node_modules/gulp/bin/gulp.js'), 'watch']",
		script: 'gulp watch',
	},
	'npm run generate': { test: HERE, does: "'npm run generate'" },
	'npm run format': { test: HERE, does: "'npm run format'" },
	'npm run release -- minor --dry-run': {
		test: RELEASE,
		does: "'npm run release -- minor --dry-run'",
	},
	'npm run release -- minor': { test: RELEASE, does: "'npm run release -- minor'" },
	'npm run bench': {
		test: 'test/server/bench.test.ts',
		does: "['--import', 'tsx', 'bench/index.ts', '--quick']",
		script: 'exec node --import tsx bench/index.ts',
	},
	'npm run bench -- --quick': {
		test: 'test/server/bench.test.ts',
		does: "['--import', 'tsx', 'bench/index.ts', '--quick']",
		script: 'exec node --import tsx bench/index.ts',
	},
	'npm run test:versions': { test: VERSIONS, does: '`npm run test:versions -- ${N8N_VERSION}`' },
	'npm run test:versions -- 2.35.3': {
		test: VERSIONS,
		does: '`npm run test:versions -- ${N8N_VERSION}`',
	},
	'ENGINE_FOLDER=~/.cache/n8n-nodes-odin/n8n-2.35.3 npx jest test/engine': {
		test: VERSIONS,
		does: '`ENGINE_FOLDER=${folder} npx jest test/engine`',
	},
	[TICKET_COMMAND]: {
		test: 'test/server/examples/examples.test.ts',
		from: 'test/server/examples/ticket.ts',
		does: "commandsIn('docs/examples.md')",
	},
	'EXECUTIONS_MODE=queue': inQueueMode("EXECUTIONS_MODE: 'queue'"),
	'N8N_ENCRYPTION_KEY=…': inQueueMode('N8N_ENCRYPTION_KEY: encryptionKey'),
	'QUEUE_BULL_REDIS_HOST=redis.example.com': inQueueMode("QUEUE_BULL_REDIS_HOST: '127.0.0.1'"),
	'DB_TYPE=postgresdb': inQueueMode("DB_TYPE: 'postgresdb'"),
	'DB_POSTGRESDB_HOST=postgres.example.com': inQueueMode("DB_POSTGRESDB_HOST: '127.0.0.1'"),
	'DB_POSTGRESDB_POOL_SIZE=10': inQueueMode("DB_POSTGRESDB_POOL_SIZE: '10'"),
	'DB_POSTGRESDB_CONNECTION_TIMEOUT=120000': inQueueMode(
		"DB_POSTGRESDB_CONNECTION_TIMEOUT: '120000'",
	),
	'DB_PING_TIMEOUT_MS=60000': inQueueMode("DB_PING_TIMEOUT_MS: '60000'"),
	'N8N_SCHEDULER_ENABLED=true': onSeveralMains("N8N_SCHEDULER_ENABLED: 'true'"),
	'N8N_SCHEDULER_POLL_TRIGGERS_ENABLED=true': onSeveralMains(
		"N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true'",
	),
	'N8N_POLLER_DURABLE_CURSORS_ENABLED=true': onSeveralMains(
		"N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true'",
	),
	'N8N_USE_WORKFLOW_PUBLICATION_SERVICE=true': onSeveralMains(
		"N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'true'",
	),
	'nginx -p ~/odin-sidecar -c nginx.conf -e stderr': {
		test: 'test/queue/sidecar.test.ts',
		does: "startsWith('nginx -p')",
	},
	'npm run measure:queue': {
		test: 'test/queue/measure.test.ts',
		does: "'npm run measure:queue -- --tickets 5'",
	},
};
