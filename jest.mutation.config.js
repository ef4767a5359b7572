/** The tests that npm run mutation holds the pure code to: those of the same folders. */
module.exports = require('./jest.project.js')(
	'unit',
	['model', 'secrets', 'values', 'watch'].map((folder) => `unit/${folder}`),
);
