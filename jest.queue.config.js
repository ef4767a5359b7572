/** Tests on n8n in queue mode, with Redis and PostgreSQL: npm run test:queue. */
module.exports = {
	...require('./jest.config.js'),
	testMatch: ['<rootDir>/test/queue/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
	testTimeout: 900_000,
	maxWorkers: 1,
};
