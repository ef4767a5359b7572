import { Failure } from '../processes/failure';
import { sendJson } from '../n8n/rest';
import type { Ticket } from './odin';
import { deviations, type Profile } from './profile';

export const WEBHOOK_PATH = '/webhook/odin-ticket';

/** Sends the ticket to the published workflow and returns the profile it answers with. */
export async function sendTicket(n8nUrl: string, ticket: Ticket): Promise<Profile> {
	const { status, body } = await sendJson(`${n8nUrl}${WEBHOOK_PATH}`, { body: ticket });
	const answer = (typeof body === 'object' ? body : {}) as { profile?: Profile; error?: unknown };
	if (status !== 200 || answer.profile === undefined) {
		const reason = typeof answer.error === 'string' ? answer.error : JSON.stringify(body);
		throw new Failure(`The ticket was not carried out (status ${status}): ${reason}`);
	}
	const wrong = deviations(answer.profile, ticket);
	if (wrong.length > 0) {
		throw new Failure(`The trunk group is not the one asked for: ${wrong.join(', ')}`);
	}
	return answer.profile;
}

/** A command line that sends another ticket, for a trunk group that is not there yet. */
export function anotherTicket(n8nUrl: string, ticket: Ticket): string {
	const next = {
		...ticket,
		ticketId: 'T-1002',
		trunkGroup: `${ticket.trunkGroup}-b`,
		channels: 10,
	};
	const quoted = JSON.stringify(next).replaceAll("'", "'\\''");
	return [
		`curl -X POST ${n8nUrl}${WEBHOOK_PATH} \\`,
		"  -H 'Content-Type: application/json' \\",
		`  -d '${quoted}'`,
	].join('\n');
}
