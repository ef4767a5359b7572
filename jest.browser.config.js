/** Tests of the form in n8n's editor, with a real n8n and Chromium: npm run test:browser. */
module.exports = {
	...require('./jest.config.js'),
	testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
	// The first page takes the editor half a minute on a machine that does other things as well.
	testTimeout: 300_000,
	maxWorkers: 1,
};
