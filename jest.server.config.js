/** Tests on a running n8n server: one after the other, since each has the machine's two cores to itself then. */
module.exports = {
	...require('./jest.config.js'),
	testMatch: ['<rootDir>/test/server/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
	testTimeout: 300_000,
	maxWorkers: 1,
};
