// Each change is tried against all of them: what a property would not see in some runs it hardly sees in many.
process.env.FC_RUNS ??= '25';
process.env.FC_SHRINK ??= 'false';

/** The tests that npm run mutation holds the pure code to: those of the same folders, but for what only takes long if it is wrong. */
module.exports = require('./jest.project.js')(
	'unit',
	['model', 'secrets', 'values', 'watch'].map((folder) => `unit/${folder}`),
	{ testPathIgnorePatterns: ['hostileTexts'] },
);
