import ts from 'typescript';
import { filesIn } from './checkout';
import { sourceFiles, visit } from './sourceFiles';

const files = sourceFiles('nodes', 'credentials');

const MAX_LINES = 330;

test('every file name says what is in it', () => {
	const vague = /util|helper|common|misc|generic|shared/i;
	const paths = ['nodes', 'credentials', 'simulator', 'scripts'].flatMap((folder) =>
		filesIn(folder),
	);
	expect(paths.filter((path) => vague.test(path))).toEqual([]);
});

test('the types are strict everywhere', () => {
	const found: string[] = [];
	for (const { path, syntax, text } of files) {
		visit(syntax, (node) => {
			if (node.kind === ts.SyntaxKind.AnyKeyword) {
				const { line } = syntax.getLineAndCharacterOfPosition(node.getStart());
				found.push(`${path}:${line + 1} any`);
			}
		});
		for (const [comment] of text.matchAll(/@ts-(ignore|expect-error|nocheck)|eslint-disable/g)) {
			found.push(`${path} ${comment}`);
		}
	}
	expect(found).toEqual([]);
});

test(`no file is longer than ${MAX_LINES} lines`, () => {
	const long = files
		.map(({ path, text }) => `${path}: ${text.trimEnd().split('\n').length}`)
		.filter((line) => Number(line.split(': ')[1]) > MAX_LINES);
	expect(long).toEqual([]);
});

test('nothing tells where or by whom it was written', () => {
	const paths = files.filter(({ text }) => /\/(home|root|work|Users|tmp)\//.test(text));
	expect(paths.map(({ path }) => path)).toEqual([]);
});
