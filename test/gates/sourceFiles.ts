/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import ts from 'typescript';
import { CHECKOUT, filesIn } from './checkout';

/** One import or re-export of a module. */
export interface Import {
	/** The file in the checkout without its ending, or the name of a package */
	target: string;
	isPackage: boolean;
	/** Whether nothing of it is left when the program runs */
	isTypeOnly: boolean;
}

export interface SourceFile {
	path: string;
	text: string;
	imports: Import[];
	syntax: ts.SourceFile;
}

/** The TypeScript files of these folders, read and parsed. */
export function sourceFiles(...folders: string[]): SourceFile[] {
	return folders
		.flatMap((folder) => filesIn(folder))
		.filter((path) => path.endsWith('.ts'))
		.map((path) => {
			const text = readFileSync(join(CHECKOUT, path), 'utf8');
			const syntax = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
			return { path, text, syntax, imports: importsOf(path, syntax) };
		});
}

export function visit(node: ts.Node, look: (node: ts.Node) => void): void {
	look(node);
	node.forEachChild((child) => visit(child, look));
}

function importsOf(path: string, syntax: ts.SourceFile): Import[] {
	const imports: Import[] = [];
	visit(syntax, (node) => {
		const specifier = moduleOf(node);
		if (specifier === undefined) return;
		const isPackage = !specifier.startsWith('.');
		imports.push({
			target: isPackage ? specifier : posix.join(dirname(path), specifier),
			isPackage,
			isTypeOnly: isTypeOnly(node),
		});
	});
	return imports;
}

/** The module that a node of the syntax tree names: import, export from, import(), require(), import type. */
function moduleOf(node: ts.Node): string | undefined {
	let specifier: ts.Node | undefined;
	if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
		specifier = node.moduleSpecifier;
	} else if (ts.isImportTypeNode(node)) {
		specifier = ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
	} else if (ts.isCallExpression(node)) {
		const isCall =
			node.expression.kind === ts.SyntaxKind.ImportKeyword ||
			(ts.isIdentifier(node.expression) && node.expression.text === 'require');
		specifier = isCall ? node.arguments[0] : undefined;
	}
	return specifier && ts.isStringLiteralLike(specifier) ? specifier.text : undefined;
}

function isTypeOnly(node: ts.Node): boolean {
	if (ts.isImportTypeNode(node)) return true;
	if (ts.isExportDeclaration(node)) return node.isTypeOnly;
	const clause = ts.isImportDeclaration(node) ? node.importClause : undefined;
	if (!clause) return false;
	if (clause.isTypeOnly) return true;
	const { name, namedBindings } = clause;
	return (
		!name &&
		namedBindings !== undefined &&
		ts.isNamedImports(namedBindings) &&
		namedBindings.elements.every((element) => element.isTypeOnly)
	);
}
