/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readdirSync } from 'node:fs';
import { parsers } from 'prettier/plugins/markdown';
import { CHECKOUT, filesIn } from './checkout';
import { textOf } from './workflows';

const FOLDERS = ['.github', 'bench', 'docs', 'examples', 'simulator', 'scripts', 'test'];

/**
 * What a person reads; of an example its notes. The changelog tells of the past, whose commands need not work any more.
 */
export const DOCUMENTS = [...readdirSync(CHECKOUT), ...FOLDERS.flatMap((folder) => filesIn(folder))]
	.filter((path) => /\.md$|^examples\/.*\.json$/.test(path) && path !== 'CHANGELOG.md')
	.sort();

interface Example {
	nodes: Array<{ parameters: { content?: string } }>;
}

/** A document as Markdown. */
function markdownOf(document: string): string {
	if (!document.endsWith('.json')) return textOf(document);
	const { nodes } = JSON.parse(textOf(document)) as Example;
	return nodes.map(({ parameters }) => parameters.content ?? '').join('\n\n');
}

interface MarkdownNode {
	type: string;
	lang?: string | null;
	value?: string;
	children?: MarkdownNode[];
}

export interface Documented {
	document: string;
	/** One command, as it is typed */
	command: string;
}

const SHELLS = ['sh', 'bash', 'shell', 'console', 'powershell'];
const SETTING = /^[A-Z][A-Z0-9_]*=\S*$/;
const PROGRAM =
	/^(npm|npx|node|tsx|jest|gulp|git|gh|curl|docker|n8n|bash|sh|cd|export|sudo|apt-get|brew|\.\/\S+)$/;

/** Whether a word in the middle of a text is something to type: a setting, or a program with what it is given. */
function isCommand(code: string): boolean {
	const words = code.trim().split(/\s+/);
	const [program, ...others] = words.filter((word) => !SETTING.test(word));
	if (program === undefined) return true;
	return PROGRAM.test(program) && others.length > 0;
}

/** The lines of a block of commands, without comments; a backslash at the end joins two. */
const linesOf = (block: string): string[] =>
	block
		.replace(/\\\n\s*/g, '')
		.split('\n')
		.map((line) => line.replace(/(^|\s)#.*$/, '').trim())
		.filter((line) => line !== '');

const separate = (line: string): string[] => line.split(' && ').map((command) => command.trim());

export interface Found {
	commands: Documented[];
	/** Blocks that do not say what they are, so that commands could hide in them */
	unnamed: string[];
}

/** Every command of a document, from its blocks and from its sentences. */
export async function commandsIn(document: string, text = markdownOf(document)): Promise<Found> {
	const found: Found = { commands: [], unnamed: [] };
	const add = (line: string) => {
		for (const command of separate(line)) found.commands.push({ document, command });
	};
	const visit = ({ type, lang, value = '', children = [] }: MarkdownNode) => {
		if (type === 'code' && !lang) found.unnamed.push(`${document}: ${value}`);
		if (type === 'code' && SHELLS.includes(lang ?? '')) linesOf(value).forEach(add);
		if (type === 'inlineCode' && isCommand(value)) add(value.trim());
		children.forEach(visit);
	};
	visit((await parsers.markdown.parse(text, {} as never)) as MarkdownNode);
	return found;
}
