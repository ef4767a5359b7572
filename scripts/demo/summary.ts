import fields from '../../simulator/contract/trunk-group-fields.json';
import type { OdinCredential, Owner } from '../n8n/import';
import type { RunningN8n } from '../n8n/server';
import type { Ticket } from './odin';
import { listProfile, type Profile } from './profile';
import { seconds } from './steps';
import { anotherTicket } from './ticket';

export function describeTrunkGroup(profile: Profile, ticket: Ticket, elapsed: number): string {
	const { ticketId, trunkGroup } = ticket;
	return `
Ticket ${ticketId} became the trunk group ${trunkGroup}:

${listProfile(profile, fields)}
First trunk group ${seconds(elapsed)} after the start
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
