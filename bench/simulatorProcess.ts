/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { startSimulator, type Simulator } from '../simulator';
import { LATENCY_MS, type FromSimulator, type ToSimulator } from './simulatorMessages';

/** The simulator in a process of its own, so that its work is not counted as anybody's. */
async function main(): Promise<void> {
	const simulator = await startSimulator({ latencyMs: LATENCY_MS });
	process.once('disconnect', () => void simulator.close());
	process.on('message', (message: ToSimulator) => {
		if (message === 'clear') clear(simulator);
		answer(message === 'clear' ? { kind: 'cleared' } : traffic(simulator));
	});
	const { baseUrl, username, password } = simulator;
	answer({ kind: 'started', account: { baseUrl, username, password } });
}

const answer = (message: FromSimulator): void => void process.send?.(message);

function clear(simulator: Simulator): void {
	simulator.clearRequests();
	const { network } = simulator;
	for (const one of network.trunkGroups('acme-ent', 'acme-hq')) network.removeTrunkGroup(one);
}

function traffic({ requests, peakInFlight }: Simulator): FromSimulator {
	const posts = requests.filter(({ path }) => path === '/groups/trunk-groups');
	return {
		kind: 'traffic',
		requests: posts.length,
		created: posts.filter(({ status }) => status === 200 || status === 201).length,
		peakInFlight: peakInFlight(),
		sendingMs:
			Math.max(...posts.map(({ endedAt }) => endedAt ?? 0)) -
			Math.min(...posts.map(({ startedAt }) => startedAt)),
	};
}

void main();
