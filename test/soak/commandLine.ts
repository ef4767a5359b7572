/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error */
import { parseArgs } from 'node:util';

import { Failure } from '../../scripts/processes/failure';

export const USAGE = `Usage: npm run soak [-- <options>]

Turns SIP trunks up and down through faults of every kind, killed and stopped anywhere and run again; previews, approves,
carries out and undoes changes while others change Odin, too; audits and looks for references; then sends trunk groups through
the faults, one campaign after the other. Checks after each that Odin is as it must be, record by record, and that every message
was true. Ends with status 1 at the first campaign where that is not so.

  --sip-trunks <n>     how many SIP trunks (500)
  --changes <n>        how many changes (400)
  --reads <n>          how many audits and searches for references (1000)
  --trunk-groups <n>   how many in all (50000)
  --minutes <n>        begin no further campaign after so many minutes (10)
  --seed <n>           of the first campaign; the next ones count up from it (a random one)
  --help               show this text
`;

export interface CommandLine {
	sipTrunks: number;
	changes: number;
	reads: number;
	trunkGroups: number;
	minutes: number;
	seed: number;
	help: boolean;
}

/** Seeds that are easy to type. */
const SEEDS = 1_000_000;

/** Reads the options after `npm run soak --`; throws a Failure that shows the usage for anything else. */
export function readCommandLine(args: string[]): CommandLine {
	try {
		const text = { type: 'string' } as const;
		const { values } = parseArgs({
			args,
			options: {
				'sip-trunks': text,
				changes: text,
				reads: text,
				'trunk-groups': text,
				minutes: text,
				seed: text,
				help: { type: 'boolean', short: 'h', default: false },
			},
		});
		return {
			sipTrunks: readNumber('sip-trunks', values['sip-trunks'], 500),
			changes: readNumber('changes', values.changes, 400),
			reads: readNumber('reads', values.reads, 1000),
			trunkGroups: readNumber('trunk-groups', values['trunk-groups'], 50_000),
			minutes: readNumber('minutes', values.minutes, 10),
			seed: readNumber('seed', values.seed, Math.floor(Math.random() * SEEDS)),
			help: values.help,
		};
	} catch (error) {
		if (error instanceof Failure) throw error;
		throw new Failure(`${(error as Error).message}\n\n${USAGE.trimEnd()}`);
	}
}

function readNumber(option: string, text: string | undefined, byDefault: number): number {
	if (text === undefined) return byDefault;
	if (!/^\d{1,9}$/.test(text)) {
		throw new Failure(`--${option} takes a whole number, not '${text}'`);
	}
	return Number(text);
}
