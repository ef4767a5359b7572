/**
 * Whether the unit tests notice a change of the pure code: npm run mutation.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
	mutate: ['nodes/Odin/{model,secrets,values,watch}/**/*.ts'],
	testRunner: 'jest',
	jest: { configFile: 'jest.mutation.config.js' },
	coverageAnalysis: 'perTest',
	// What is made once, as a file is loaded, would take all tests anew for each change: hours.
	ignoreStatic: true,
	// What the unit tests do not read.
	ignorePatterns: [
		'/bench',
		'/dist',
		'/examples',
		'/test/{browser,engine,gates,queue,server,simulator,soak}',
	],
	reporters: ['clear-text', 'progress'],
	thresholds: { high: 95, low: 85, break: 85 },
	concurrency: 2,
	// Where a mutant never ends.
	timeoutMS: 2000,
	dryRunTimeoutMinutes: 20,
};
