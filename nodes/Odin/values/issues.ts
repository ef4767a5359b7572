import { quoted, withoutSpelling } from './text';

/** Why a value can't be sent, in words that follow its label. */
export interface Issue {
	/** Empty when the reason is a sentence of its own */
	label: string;
	reason: string;
	inPayload?: true;
	/** The heading of the column that it stands in */
	column?: string;
}

/** The label of the parameter `payload`. */
export const FURTHER_FIELDS = 'Further Fields (JSON)';

const issueText = ({ label, reason, ...place }: Issue): string =>
	label === '' ? reason : `${quoted(label)}${placeText(label, place)} ${reason}`;

/** A column that is headed with the label need not be named beside it. */
function placeText(
	label: string,
	{ inPayload, column = label }: Omit<Issue, 'label' | 'reason'>,
): string {
	if (inPayload) return ` in '${FURTHER_FIELDS}'`;
	return withoutSpelling(column) === withoutSpelling(label) ? '' : ` in column ${quoted(column)}`;
}

/** A Payload may have any number of keys that can't be sent. */
const MAX_ISSUES = 20;

/** All that is wrong with an item, as one text. */
export function issuesText(issues: Issue[]): string {
	const more = issues.length - MAX_ISSUES;
	return `${issues.slice(0, MAX_ISSUES).map(issueText).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}
