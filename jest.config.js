const { availableParallelism } = require('node:os');
const project = require('./jest.project.js');

/**
 * What runs with npm test. A running n8n server: jest.server.config.js. Several of them: jest.queue.config.js. Its editor:
 * jest.browser.config.js.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	projects: [
		project('unit', ['unit']),
		project('engine', ['engine'], { globalSetup: '<rootDir>/test/engine/buildNode.ts' }),
		project('simulator', ['simulator']),
		project('scripts', ['bench', 'n8n', 'release', 'system']),
		project('gates', ['gates']),
	],
	// Far above what any test takes, on a machine that does much else as well.
	testTimeout: 180_000,
	// Tests of the engine wait now and then, so that more of them than cores keep these busy.
	maxWorkers: Math.ceil(availableParallelism() * 1.5),
};
