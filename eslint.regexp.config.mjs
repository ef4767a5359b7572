import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

/**
 * Regular expressions of the published code take linear time: they read what a server sends, in the one process that
 * runs every customer's workflow. In a file of its own, since n8n's strict lint takes its own configuration only.
 */
export default [
	{
		files: ['credentials/**/*.ts', 'nodes/**/*.ts'],
		languageOptions: { parser: tseslint.parser },
		linterOptions: { noInlineConfig: true },
		plugins: { regexp },
		rules: {
			'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
			'regexp/no-super-linear-move': ['error', { report: 'potential', ignorePartial: false }],
		},
	},
];
