const { satisfies } = require('semver');
const { engines } = require('./package.json');

if (!satisfies(process.versions.node, engines.node)) {
	// n8n-core would not load, or would behave as it never does in production.
	throw new Error(
		`The tests need Node.js ${engines.node}, and this is ${process.versions.node}. ` +
			'This brings one: npm run test:jest -- FILES AND OPTIONS OF JEST',
	);
}

/** The tests in some folders of test/. */
module.exports = (displayName, folders, more) => ({
	displayName,
	rootDir: __dirname,
	testEnvironment: 'node',
	testMatch: folders.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
	setupFiles: ['<rootDir>/test/propertySeed.ts'],
	transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022' } }] },
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	...more,
});
