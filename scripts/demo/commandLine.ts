/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error */
import { parseArgs } from 'node:util';
import { Failure } from '../processes/failure';

export const USAGE = `Usage: npm start [-- <options>]

Starts n8n with the Odin node and an Odin simulator, sends a ticket, and shows the trunk group it became.

  --once         end after the first ticket, with status 0 or 1; all ports are free ones
  --port <n>     the port of the n8n editor (5678)
  --keep         keep the temporary n8n user folder
  --help         show this text

Environment
  ODIN_BASE_URL, ODIN_USERNAME, ODIN_PASSWORD             use this Odin instead of the simulator
  ODIN_SERVICE_PROVIDER, ODIN_GROUP, ODIN_TRUNK_GROUP     create this trunk group there; without them nothing is created
  ODIN_ALLOW_UNAUTHORIZED_CERTS=true                      accept a self-signed certificate
  N8N_NODES_ODIN_CACHE                                    where n8n is kept between starts
`;

export interface CommandLine {
	once: boolean;
	keep: boolean;
	help: boolean;
	port: number | undefined;
}

/** Reads the options after `npm start --`; throws a Failure that shows the usage for anything else. */
export function readCommandLine(args: string[]): CommandLine {
	try {
		const { values } = parseArgs({
			args,
			options: {
				once: { type: 'boolean', default: false },
				keep: { type: 'boolean', default: false },
				help: { type: 'boolean', short: 'h', default: false },
				port: { type: 'string' },
			},
		});
		return { ...values, port: values.port === undefined ? undefined : readPort(values.port) };
	} catch (error) {
		if (error instanceof Failure) throw error;
		throw new Failure(`${(error as Error).message}\n\n${USAGE.trimEnd()}`);
	}
}

function readPort(text: string): number {
	const port = Number(text);
	if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
		throw new Failure(`--port takes a number from 1 to 65535, not '${text}'`);
	}
	return port;
}
