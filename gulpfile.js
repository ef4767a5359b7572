const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { dest, parallel, series, src, watch } = require('gulp');

// Engine tests build into a folder of their own (test/engine/harness/builtPackage.ts).
const OUT = process.env.BUILD_FOLDER ?? 'dist';

const ASSETS = {
	icons: 'icons/*.svg',
	codex: 'nodes/**/*.node.json',
	schemas: 'nodes/**/__schema__/**/*.json',
};

const clean = () => rm(OUT, { recursive: true, force: true });

const compile = () =>
	spawn(
		process.execPath,
		[require.resolve('typescript/bin/tsc'), '--project', 'tsconfig.json', '--outDir', OUT],
		{ stdio: 'inherit' },
	);

// `base` keeps the folders, since n8n finds icons, codex and schemas by their path beside the compiled node.
const copy = (glob) => src(glob, { base: '.', allowEmpty: true }).pipe(dest(OUT));
const copyIcons = () => copy(ASSETS.icons);
const copyCodex = () => copy(ASSETS.codex);
const copySchemas = () => copy(ASSETS.schemas);

const build = series(clean, parallel(compile, copyIcons, copyCodex, copySchemas));

// One pattern a folder: a brace over both, beside other patterns, makes the watcher miss changes (glob-watcher 6).
const watchSources = () =>
	watch(['credentials/**/*.ts', 'nodes/**/*.ts', ...Object.values(ASSETS)], build);

exports.clean = clean;
exports.compile = compile;
exports.copy = parallel(copyIcons, copyCodex, copySchemas);
exports.build = build;
exports.watch = series(build, watchSources);
exports.default = build;
