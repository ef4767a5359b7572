import { quoted } from './text';

/** Why a value can't be sent, in words that follow its label. */
export interface Issue {
	/** Empty when the reason is a sentence of its own */
	label: string;
	reason: string;
	inPayload?: true;
}

/** The label of the parameter `payload`. */
export const FURTHER_FIELDS = 'Further Fields (JSON)';

const issueText = ({ label, reason, inPayload }: Issue): string =>
	label === '' ? reason : `${quoted(label)}${inPayload ? ` in '${FURTHER_FIELDS}'` : ''} ${reason}`;

/** A Payload may have any number of keys that can't be sent. */
const MAX_ISSUES = 20;

/** All that is wrong with an item, as one text. */
export function issuesText(issues: Issue[]): string {
	const more = issues.length - MAX_ISSUES;
	return `${issues.slice(0, MAX_ISSUES).map(issueText).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}
