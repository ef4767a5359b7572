import type { IDataObject } from 'n8n-workflow';

import { startSimulator } from '../simulator';
import { Engine } from '../test/engine/harness';

/** How many requests the turn-up of some trunks of one group costs. */
export interface TurnUpCost {
	rows: number;
	/** Of each row */
	users: number;
	/** Requests of the first run */
	first: number;
	/** Of a second run, which finds all done */
	again: number;
}

/** Rows and users of each row. */
const SIZES = [
	[1, 1],
	[1, 10],
	[10, 1],
	[10, 10],
] as const;

const GROUP = { serviceProviderId: 'acme-ent', groupId: 'bench' };

/** A trunk with all steps: capacity, device, numbers, users, pilot user, services and SIP authentication. */
const TURN_UP: IDataObject = {
	resource: 'sipTrunk',
	operation: 'turnUp',
	...GROUP,
	name: '={{ $json.name }}',
	maxActiveCalls: 5,
	capacity: { groupMaxActiveCalls: 150 },
	deviceDefinition: {
		deviceName: '={{ $json.name }}',
		deviceType: 'Generic SIP IP-PBX',
	},
	numbers: '={{ $json.numbers }}',
	usersFromNumbers: { userId: '{digits}@{domain}', extension: '{last4}' },
	pilot: 'first',
	userServices: 'Call Forwarding Always',
	userSipAuthentication: true,
	options: { includeSipPassword: true },
};

async function count(rows: number, users: number): Promise<TurnUpCost> {
	const odin = await startSimulator({ strict: true });
	const { baseUrl, username, password, network } = odin;
	const engine = await Engine.start({ credentials: { baseUrl, username, password } });
	try {
		network.addGroup({ ...GROUP, userLimit: 1000 });
		const { serviceProviderId } = GROUP;
		network.addNumbers({ serviceProviderId, min: '+1-5135551000', max: '+1-5135551999' });
		const items = Array.from({ length: rows }, (_, row) => ({
			name: `trunk-${row}`,
			numbers: {
				min: `+1-${5135551000 + row * users}`,
				max: `+1-${5135551000 + (row + 1) * users - 1}`,
			},
		}));
		const run = async (): Promise<number> => {
			odin.clearRequests();
			const { error } = await engine.run({ items, parameters: TURN_UP });
			if (error) throw new Error(`The turn-up did not work out: ${error.message}`);
			return odin.requests.filter(({ path }) => !path.startsWith('/auth/')).length;
		};
		return { rows, users, first: await run(), again: await run() };
	} finally {
		await engine.stop();
		await odin.close();
	}
}

export async function countTurnUps(): Promise<TurnUpCost[]> {
	const costs: TurnUpCost[] = [];
	for (const [rows, users] of SIZES) costs.push(await count(rows, users));
	return costs;
}
