/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	// A running n8n server: jest.server.config.js. Several of them: jest.queue.config.js. Its editor: jest.browser.config.js.
	testPathIgnorePatterns: [
		'/node_modules/',
		'<rootDir>/test/server/',
		'<rootDir>/test/queue/',
		'<rootDir>/test/browser/',
	],
	setupFiles: ['<rootDir>/test/propertySeed.ts'],
	transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022' } }] },
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	testTimeout: 60_000,
	// Jest leaves one core free, which on two cores means that it runs on one.
	maxWorkers: '100%',
};
