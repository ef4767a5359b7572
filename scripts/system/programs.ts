/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error */
import { execFile } from 'node:child_process';
import { constants, rmSync } from 'node:fs';
import { access, readdir, stat, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { Failure } from '../processes/failure';

export interface Program {
	/** The names it goes by on different systems, the preferred one first. */
	names: string[];
	debianPackage: string;
	/** What needs it, in words that follow 'for'. */
	purpose: string;
	/** An environment variable in which a user can say where the program is. */
	variable?: string;
}

export interface Machine {
	env: NodeJS.ProcessEnv;
	/** May install packages. */
	isRoot: boolean;
	/** Where Debian keeps PostgreSQL's programs: outside of PATH, in one folder a version. */
	postgresql: string;
	/** The program that Debian's packages ask whether they may start their services. */
	servicePolicy: string;
	/** Tells the user what is installed, and what for. */
	say(line: string): void;
}

const thisMachine = (): Machine => ({
	env: process.env,
	isRoot: process.getuid?.() === 0,
	postgresql: '/usr/lib/postgresql',
	servicePolicy: '/usr/sbin/policy-rc.d',
	say: (line) => void process.stderr.write(`${line}\n`),
});

const KEPT_LINES = 10;

async function isProgram(path: string): Promise<boolean> {
	try {
		await access(path, constants.X_OK);
		return (await stat(path)).isFile();
	} catch {
		return false;
	}
}

async function postgresqlFolders({ postgresql }: Machine): Promise<string[]> {
	const versions = await readdir(postgresql).catch(() => []);
	const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
	return newestFirst.map((version) => join(postgresql, version, 'bin'));
}

async function findProgram(names: string[], machine: Machine): Promise<string | undefined> {
	const onPath = (machine.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
	const folders = [...onPath, ...(await postgresqlFolders(machine))];
	for (const name of names) {
		for (const folder of folders) {
			const path = join(folder, name);
			if (await isProgram(path)) return path;
		}
	}
	return undefined;
}

/** Programs whose place is told are taken from there or not at all: a typing slip must not go unnoticed. */
async function toldProgram(variable: string, machine: Machine): Promise<string | undefined> {
	const path = machine.env[variable];
	if (path === undefined || path === '') return undefined;
	if (await isProgram(path)) return path;
	throw new Failure(`${variable} is ${path}, which is not a program that can be started.`);
}

async function runAptGet(aptGet: string, args: string[], { env }: Machine): Promise<void> {
	// Another start may be installing something at the same time.
	const options = ['-y', '-qq', '-o', 'DPkg::Lock::Timeout=300'];
	const noQuestions = { ...env, DEBIAN_FRONTEND: 'noninteractive' };
	await promisify(execFile)(aptGet, [...options, ...args], { env: noQuestions });
}

/** Does the work while no package may start its services: tests start what they need, and end it. */
async function withoutServices(machine: Machine, work: () => Promise<void>): Promise<void> {
	// Forbids only as long as this process lives, should it be killed before it can take the policy back.
	const forbid = `#!/bin/sh\nkill -0 ${process.pid} 2>/dev/null && exit 101\nexit 0\n`;
	const isOurs = await writeFile(machine.servicePolicy, forbid, { flag: 'wx', mode: 0o755 }).then(
		() => true,
		// The machine has a policy of its own.
		() => false,
	);
	const takeBack = () => {
		if (isOurs) rmSync(machine.servicePolicy, { force: true });
	};
	process.once('exit', takeBack);
	try {
		await work();
	} finally {
		process.off('exit', takeBack);
		takeBack();
	}
}

/** Installs the package where that can be done without asking anybody: as root, with apt-get. */
async function install({ debianPackage, purpose }: Program, machine: Machine): Promise<void> {
	const aptGet = await findProgram(['apt-get'], machine);
	if (!machine.isRoot || aptGet === undefined) return;
	machine.say(`Installing the Debian package ${debianPackage} with apt-get, for ${purpose} …`);
	try {
		await runAptGet(aptGet, ['update'], machine);
		await withoutServices(machine, async () => {
			await runAptGet(aptGet, ['install', '--no-install-recommends', debianPackage], machine);
		});
	} catch (error) {
		const { stderr = '', message } = error as Error & { stderr?: string };
		const lines = (stderr.trim() || message).split('\n').slice(-KEPT_LINES);
		throw new Failure(`apt-get could not install ${debianPackage}. ${lines.join(' ')}`, lines);
	}
}

/**
 * The path of a program that tests need beside Node.js. On a new Debian it is installed first, if there are root
 * rights; elsewhere the failure says what to install.
 */
export async function requireProgram(program: Program, machine = thisMachine()): Promise<string> {
	const { names, debianPackage, purpose, variable } = program;
	const told = variable === undefined ? undefined : await toldProgram(variable, machine);
	const present = told ?? (await findProgram(names, machine));
	if (present !== undefined) return present;
	await install(program, machine);
	const installed = await findProgram(names, machine);
	if (installed !== undefined) return installed;
	const orTell = variable === undefined ? '' : `, or name its path in ${variable}`;
	throw new Failure(
		`The program ${names.join(' or ')} is needed for ${purpose}, and not on PATH. Please install it, ` +
			`on Debian with: apt-get install ${debianPackage}${orTell}`,
	);
}
