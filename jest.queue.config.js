const project = require('./jest.project.js');

/** Tests on n8n in queue mode, with Redis and PostgreSQL: npm run test:queue. */
module.exports = {
	projects: [project('queue', ['queue'])],
	testTimeout: 900_000,
	maxWorkers: 1,
};
