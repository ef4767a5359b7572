import { PARTS } from '../../scripts/tests/parts';
import { commandsOf, textOf, workflow } from './workflows';

const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };

/** The script of package.json that a command of npm runs; undefined for any other command. */
export function scriptOf(command: string): string | undefined {
	const [, name] = /^npm (?:run (?:--silent )?)?(\S+)/.exec(command) ?? [];
	const isScript = /^npm (run|start|test)\b/.test(command);
	return isScript && name !== undefined ? name : undefined;
}

export const contentOf = (script: string): string | undefined => scripts[script];

const VARIABLES = /^(?:[A-Z_]+=\S+ )+/;

/** A command and all that it leads to, by the scripts of package.json. */
function expanded(command: string): string[] {
	const script = scriptOf(command);
	const content = script === undefined ? undefined : contentOf(script);
	// A quoted part is a command that runs beside others; a variable before a command makes it no other one.
	const parts = content?.split(/ && |"/).map((part) => part.trim().replace(VARIABLES, '')) ?? [];
	// npm test runs its parts from a script.
	const ofScript = command === 'npm test' ? Object.values(PARTS) : [];
	return [command, ...[...parts, ...ofScript].flatMap(expanded)];
}

/** Every command that runs when the project is tested: by .ci/run, and by the jobs of the CI workflow. */
export function executedCommands(): Set<string> {
	const lines = [
		...textOf('.ci/run').split('\n'),
		...Object.values(workflow('ci').jobs).flatMap(commandsOf),
	];
	const commands = lines.flatMap((line) => line.trim().split(' && '));
	return new Set(commands.filter((command) => command.startsWith('npm ')).flatMap(expanded));
}
