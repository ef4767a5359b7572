import fields from '../../simulator/contract/trunk-group-fields.json';
import type { OdinCredential, Owner } from '../n8n/import';
import type { RunningN8n } from '../n8n/server';
import type { ImportedExample } from './examples';
import type { OdinTarget, Ticket } from './odin';
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

interface Access {
	n8n: RunningN8n;
	owner: Owner;
	examples: ImportedExample[];
	/** The example that the editor opens with. */
	shown: ImportedExample | undefined;
	odin: OdinTarget;
	/** The form of the spreadsheet example, where it is published. */
	formUrl: string | undefined;
}

/** How to go on by hand while n8n runs. */
export function describeAccess(access: Access): string {
	const { n8n, owner, examples, shown, odin, formUrl } = access;
	const width = Math.max(...examples.map(({ name }) => name.length));
	const form = formUrl === undefined ? '' : `\n  Form of the spreadsheet: ${formUrl}\n`;
	const next =
		odin.ticket === undefined
			? ''
			: `
Send another ticket from a second terminal:

${anotherTicket(n8n.url, odin.ticket)}
`;
	return `
  Editor    ${n8n.url}/workflow/${shown?.id ?? ''}
  E-mail    ${owner.email}
  Password  ${owner.password}
  n8n's log ${n8n.logFile}

Examples, with pinned data: the button Execute runs each at the first click
${examples.map(({ name, id }) => `  ${name.padEnd(width)}  ${n8n.url}/workflow/${id}`).join('\n')}
${form}${describePlaces(odin)}${next}
Ctrl-C ends everything that was started here
`;
}

/** The simulator's own login, and the names that the forms of the node find there. */
function describePlaces({ credential, places }: OdinTarget): string {
	if (places === undefined) return '';
	const lines = places().flatMap(({ serviceProviderId, groups }) => [
		`  ${serviceProviderId}`,
		...groups.map(({ groupId, maxActiveCalls, trunkGroups }) => {
			const capacity = maxActiveCalls === -1 ? 'unlimited' : `${maxActiveCalls}`;
			const names = trunkGroups.length === 0 ? 'no trunk groups' : trunkGroups.join(', ');
			return `    ${groupId.padEnd(16)}call capacity ${capacity.padEnd(11)}${names}`;
		}),
	]);
	return `
Odin is the simulator at ${credential.baseUrl}
  Username  ${credential.username}
  Password  ${credential.password}

Service providers and groups to play with
${lines.join('\n')}
`;
}
