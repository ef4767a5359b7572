import { startSimulator, type Network } from '../../simulator';
import type { OdinTarget, Place, Ticket } from './odin';
import type { Session } from '../processes/session';

/** A group the simulator knows, and a trunk group it does not have yet. */
const TICKET: Ticket = {
	ticketId: 'T-1001',
	serviceProvider: 'acme-ent',
	group: 'acme-hq',
	trunkGroup: 'acme-hq-trunk-1',
	channels: 30,
};

/** Starts the simulator on a free port; it ends with the session. */
export async function startSimulatedOdin(session: Session): Promise<OdinTarget> {
	const { baseUrl, username, password, network, close } = await startSimulator({ strict: true });
	session.onEnd(close);
	const credential = { baseUrl, username, password, allowUnauthorizedCerts: false };
	return { credential, ticket: TICKET, places: () => placesOf(network) };
}

const placesOf = (network: Network): Place[] =>
	network.serviceProviders().map(({ serviceProviderId }) => ({
		serviceProviderId,
		groups: network.groups(serviceProviderId).map(({ groupId, callCapacity }) => ({
			groupId,
			maxActiveCalls: callCapacity.maxActiveCalls,
			trunkGroups: network.trunkGroups(serviceProviderId, groupId).map(({ name }) => name),
		})),
	}));
