import type { Simulator } from '../../simulator';
import type { Ticket } from '../demo/odin';
import { sendTicket, WEBHOOK_PATH } from '../demo/ticket';
import { testCredential, type OdinCredential } from '../n8n/import';
import { sendJson, type N8nApi } from '../n8n/rest';
import { Failure } from '../processes/failure';

/** An n8n with the package in it and the published ticket example, beside a simulator. */
export interface RunningNode {
	url: string;
	api: N8nApi;
	credential: OdinCredential;
	credentialId: string;
	simulator: Simulator;
}

export interface Check {
	title: string;
	/** Throws a Failure that says what is missing. */
	run(node: RunningNode): Promise<unknown>;
}

const ticketFor = (trunkGroup: string, group = 'acme-hq'): Ticket => ({
	ticketId: 'T-1001',
	serviceProvider: 'acme-ent',
	group,
	trunkGroup,
	channels: 10,
});

const FIRST_TICKET = ticketFor('acme-hq-trunk-1');

async function testCredentials({ api, credential, credentialId }: RunningNode): Promise<void> {
	await testCredential(api, credentialId, credential);
	const wrong = testCredential(api, credentialId, { ...credential, password: 'wrong' });
	const words = await wrong.then(
		() => '',
		(reason: Error) => reason.message,
	);
	if (!words.includes('refused the login')) {
		throw new Failure(`A wrong password is answered with '${words}'`);
	}
}

async function listGroups({ api, credentialId }: RunningNode): Promise<void> {
	const { results } = await api.post<{ results: Array<{ value: string }> }>(
		'/dynamic-node-parameters/resource-locator-results',
		{
			path: 'parameters.groupId',
			methodName: 'searchGroups',
			nodeTypeAndVersion: { name: 'n8n-nodes-odin.odin', version: 1 },
			currentNodeParameters: {
				resource: 'trunkGroup',
				operation: 'create',
				serviceProviderId: { __rl: true, mode: 'id', value: FIRST_TICKET.serviceProvider },
			},
			credentials: { odinApi: { id: credentialId, name: 'Odin' } },
		},
	);
	if (!results.some(({ value }) => value === FIRST_TICKET.group)) {
		throw new Failure(`The list of groups is ${JSON.stringify(results)}`);
	}
}

/** The example answers 422 from its error output. */
async function refuseUnknownGroup({ url }: RunningNode): Promise<void> {
	const ticket = ticketFor('acme-hq-trunk-2', 'nowhere');
	const { status, body } = await sendJson(`${url}${WEBHOOK_PATH}`, { body: ticket });
	if (status !== 422) {
		throw new Failure(`The failing item left by the success output (${JSON.stringify(body)})`);
	}
}

const renewSession =
	(expiredTokenStatus: 401 | 403) =>
	async ({ url, simulator }: RunningNode): Promise<void> => {
		simulator.configure({ expiredTokenStatus });
		simulator.revokeTokens();
		const before = simulator.logins();
		await sendTicket(url, ticketFor(`after-${expiredTokenStatus}`));
		const logins = simulator.logins() - before;
		if (logins !== 1)
			throw new Failure(`One session ended, and the node logged in ${logins} times`);
	};

/** What the node needs of n8n, in the order in which it is tried. */
export const CHECKS: readonly Check[] = [
	{ title: 'credential test', run: testCredentials },
	{ title: 'lists', run: listGroups },
	{ title: 'create', run: async ({ url }) => await sendTicket(url, FIRST_TICKET) },
	{ title: 'error output', run: refuseUnknownGroup },
	{ title: 'session, 401', run: renewSession(401) },
	{ title: 'session, 403', run: renewSession(403) },
];
