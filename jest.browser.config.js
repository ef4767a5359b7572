const project = require('./jest.project.js');

/** Tests of the form in n8n's editor, with a real n8n and Chromium: npm run test:browser. */
module.exports = {
	projects: [project('browser', ['browser'])],
	// The first page takes the editor half a minute on a machine that does other things as well.
	testTimeout: 300_000,
	maxWorkers: 1,
};
