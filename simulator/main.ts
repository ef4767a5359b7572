/* eslint-disable no-console, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { parseArgs } from 'node:util';

import { type SimulatorOptions, startSimulator } from '.';

const USAGE = `npm run simulator -- [options]
  --port N             default 8085
  --strict             no conversion of types, no unknown keys, all required defaults
  --single-session     a login ends every older token
  --token-lifetime N   seconds, default 43200
  --latency N          milliseconds before every answer
  --rate-limit N       requests a second, more are answered with 429
  --empty              start without the example network
  --help`;

function stop(message: string, exitCode: number): never {
	(exitCode === 0 ? console.log : console.error)(message);
	process.exit(exitCode);
}

function optionsFromArguments(): SimulatorOptions {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '8085' },
			strict: { type: 'boolean' },
			'single-session': { type: 'boolean' },
			'token-lifetime': { type: 'string' },
			latency: { type: 'string' },
			'rate-limit': { type: 'string' },
			empty: { type: 'boolean' },
			help: { type: 'boolean' },
		},
	});
	if (values.help) stop(USAGE, 0);

	const number = (flag: 'port' | 'token-lifetime' | 'latency' | 'rate-limit') => {
		const value = values[flag];
		if (value === undefined) return undefined;
		if (!/^\d+(\.\d+)?$/.test(value)) throw new Error(`--${flag} wants a number, not ${value}`);
		return Number(value);
	};
	const tokenLifetime = number('token-lifetime');
	const requestsPerSecond = number('rate-limit');
	return {
		port: number('port'),
		strict: values.strict,
		singleSession: values['single-session'],
		tokenLifetimeMs: tokenLifetime === undefined ? undefined : tokenLifetime * 1000,
		latencyMs: number('latency'),
		rateLimit: requestsPerSecond ? { requestsPerSecond } : undefined,
		seed: values.empty ? 'empty' : 'example',
	};
}

async function main(): Promise<void> {
	const options = readOptions();
	const simulator = await startSimulator(options).catch((error: NodeJS.ErrnoException) =>
		stop(
			error.code === 'EADDRINUSE'
				? `Port ${options.port} is taken. Choose another one: npm run simulator -- --port 8086`
				: `The simulator did not start: ${error.message}`,
			1,
		),
	);
	const { url, baseUrl, username, password } = simulator;
	console.log(`Odin simulator on ${url} (Ctrl-C ends it)

  Base URL   ${baseUrl}
  Username   ${username}
  Password   ${password}

Log in, then list the service providers:
  TOKEN=$(curl -s ${baseUrl}/auth/token -H 'content-type: application/json' -d '{"username":"${username}","password":"${password}"}' | sed 's/.*"token":"\\([^"]*\\)".*/\\1/')
  curl -s ${baseUrl}/service-providers -H "authorization: Bearer $TOKEN"
`);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void simulator.close().then(() => process.exit(0)));
	}
}

function readOptions(): SimulatorOptions {
	try {
		return optionsFromArguments();
	} catch (error) {
		return stop(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`, 1);
	}
}

void main();
