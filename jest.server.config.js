const project = require('./jest.project.js');

/** Tests on a running n8n server: one after the other, since each has the machine's two cores to itself then. */
module.exports = {
	projects: [project('server', ['server'])],
	testTimeout: 300_000,
	maxWorkers: 1,
};
