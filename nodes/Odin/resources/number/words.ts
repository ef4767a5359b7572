import type { IDataObject } from 'n8n-workflow';
import type { GroupKey } from '../../model/key';
import type { PreviewedRequest } from '../../provisioning/preview';
import type { NumberChange } from './plan';

interface Words {
	method: PreviewedRequest['method'];
	/** Verb phrase of the request, around the numbers */
	purpose(numbers: string, group: string): string;
	/** "assigned" */
	participle: string;
	/** What a preview shows of a range */
	change(group: GroupKey): IDataObject;
	foreign: string;
}

const LOOK_WHOSE = 'Unassign them there first, or leave them out';
const ASSIGN_FIRST =
	'Only numbers of the group itself can be changed: assign them to it first, or leave them out';

/** How each change is sent, and how messages speak of it. */
export const WORDS: Record<NumberChange, Words> = {
	assign: {
		method: 'POST',
		purpose: (numbers, group) => `assign ${numbers} to ${group}`,
		participle: 'assigned',
		change: ({ groupId }) => ({ field: 'groupId', from: null, to: groupId }),
		foreign: LOOK_WHOSE,
	},
	unassign: {
		method: 'DELETE',
		purpose: (numbers, group) => `unassign ${numbers} from ${group}`,
		participle: 'unassigned',
		change: ({ groupId }) => ({ field: 'groupId', from: groupId, to: null }),
		foreign: 'Check service provider and group, or leave them out',
	},
	activate: {
		method: 'PUT',
		purpose: (numbers, group) => `activate ${numbers} of ${group}`,
		participle: 'activated',
		change: () => ({ field: 'activated', from: false, to: true }),
		foreign: ASSIGN_FIRST,
	},
	deactivate: {
		method: 'PUT',
		purpose: (numbers, group) => `deactivate ${numbers} of ${group}`,
		participle: 'deactivated',
		change: () => ({ field: 'activated', from: true, to: false }),
		foreign: ASSIGN_FIRST,
	},
};

/** Whether it changes numbers inside of the group. */
export const isActivation = (change: NumberChange): boolean => WORDS[change].method === 'PUT';
