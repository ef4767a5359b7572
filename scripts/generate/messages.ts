import { BROKEN, LOSSES } from '../../nodes/Odin/transport/connectionErrors';
import { readResponse } from '../../nodes/Odin/transport/response';
import {
	failureOf,
	lossFailure,
	ROWS,
	type RequestFacts,
} from '../../nodes/Odin/transport/responseErrors';
import type { OdinError } from '../../nodes/Odin/transport/odinError';
import { table } from './markdown';

const FACTS: RequestFacts = {
	purpose: "create trunk group 'acme-sbc-1'",
	isWrite: true,
	username: 'admin',
	baseUrl: 'https://odin.example.com/api/v2',
};

const START = '<!-- messages -->';
const END = '<!-- /messages -->';

/** The README with the table of messages between its two marks; as it is where it has none. */
export function withMessages(readme: string): string {
	const [before, rest = ''] = readme.split(START);
	const after = rest.split(END)[1];
	if (after === undefined) return readme;
	return [`${before}${START}`, messages(), `${END}${after}`].join('\n\n');
}

function messages(): string {
	const answers = ROWS.map(({ cause, example }) => {
		const { status, body = '', isTooLarge = false } = example;
		return row(failureOf(readResponse(status, body, {}, isTooLarge), FACTS)!, cause);
	});
	const losses = [...LOSSES.map(({ loss }) => loss), BROKEN].map((loss) =>
		row(
			lossFailure(loss, FACTS),
			loss.sent ? 'No answer came' : 'No connection was made; nothing was sent',
		),
	);
	return table(['Message', 'Cause', 'What to do'], [...answers, ...losses]);
}

const row = ({ message, description }: OdinError, cause: string): string[] => [
	message,
	cause,
	description,
];
