import fields from '../../simulator/contract/trunk-group-fields.json';
import type { OdinCredential, Owner } from '../n8n/import';
import type { RunningN8n } from '../n8n/server';
import type { Ticket } from './odin';
import { listProfile, type Profile } from './profile';
import { seconds } from './steps';
import { anotherTicket } from './ticket';

export interface Elapsed {
	/** Milliseconds from the start of the script to the trunk group */
	total: number;
	/** Milliseconds of them in which n8n was downloaded; absent where it was there already */
	download?: number;
}

const duration = (milliseconds: number): string =>
	milliseconds < 120_000
		? seconds(milliseconds)
		: `${Math.floor(milliseconds / 60_000)} min ${Math.floor((milliseconds % 60_000) / 1_000)} s`;

export function describeTrunkGroup(profile: Profile, ticket: Ticket, elapsed: Elapsed): string {
	const { ticketId, trunkGroup } = ticket;
	const { total, download } = elapsed;
	const once =
		download === undefined ? '' : `; ${duration(download)} of them took n8n's download, once`;
	return `
Ticket ${ticketId} became the trunk group ${trunkGroup}:

${listProfile(profile, fields)}
First trunk group ${duration(total)} after the start${once}
`;
}

export function describeCredentialTest({ baseUrl, username }: OdinCredential): string {
	return `
Odin at ${baseUrl} accepts the credential of ${username}. Nothing was created there.
To create a trunk group, set ODIN_SERVICE_PROVIDER, ODIN_GROUP and ODIN_TRUNK_GROUP as well.
`;
}

/** How to go on by hand while n8n runs. */
export function describeAccess(
	{ url, logFile }: RunningN8n,
	workflowId: string,
	{ email, password }: Owner,
	ticket: Ticket | undefined,
): string {
	const next =
		ticket === undefined
			? ''
			: `
Send another ticket from a second terminal:

${anotherTicket(url, ticket)}
`;
	return `
  Editor    ${url}/workflow/${workflowId}
  E-mail    ${email}
  Password  ${password}
  n8n's log ${logFile}
${next}
Ctrl-C ends everything that was started here
`;
}
