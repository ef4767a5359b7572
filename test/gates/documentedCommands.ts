/** Where a command is carried out that `.ci/run` does not carry out itself. */
export interface Execution {
	/** The file of the test */
	test: string;
	/** What stands in that file and carries the command out */
	does: string;
	/** What npm runs for the command, where the test calls that program instead of npm */
	script?: string;
}

const HERE = 'test/gates/documentedCommands.test.ts';
const START = 'test/server/start.test.ts';
const RELEASE = 'test/release/commandLine.test.ts';

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
		test: 'test/server/install.test.ts',
		does: "N8N_UNVERIFIED_PACKAGES_ENABLED: 'true'",
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
};
