import type { JsonObject } from '../../../values/json';
import { listed, quoted } from '../../../values/text';
import { ofTrunkGroup } from '../network';
import type { Route } from '../routes';
import type {
	Ceiling,
	GroupFacts,
	Read,
	Target,
	TrunkGroup,
	TrunkGroupFacts,
	Unread,
} from './facts';

export type Severity = 'high' | 'medium' | 'low';

/** What a rule found, or why it could not look. */
export type Result =
	| {
			severity?: Severity;
			message: string;
			/** Odin's names of the fields that it is about */
			fields: string[];
			/** What Trunk Group → Update takes as Further Fields (JSON) to mend it; null where a person has to choose */
			fix: JsonObject | null;
	  }
	| { unread: Unread };

/** One rule. What it looks at was read before, so a rule reads nothing and can be tried on plain facts. */
export interface Rule<Facts> {
	name: string;
	/** The first counts unless a finding says otherwise */
	severities: readonly Severity[];
	/** When it is found, for the table in the documentation */
	finds: string;
	reason: string;
	source: string;
	/** What `fix` does, for the table; empty where it is always null */
	fixes: string;
	check(facts: Facts): Result[];
}

const ruleOf =
	<Facts>() =>
	(rule: Rule<Facts>): Rule<Facts> =>
		rule;
export const trunkGroupRule = ruleOf<TrunkGroupFacts>();
export const groupRule = ruleOf<GroupFacts>();

export const nothing: Result[] = [];

export const named = ({ key }: TrunkGroup): string => `Trunk group ${quoted(key.id)}`;

/** In the words of the form. */
const SITUATION_TEXTS = {
	callForwardingAlways: 'at all times',
	capacityExceeded: 'when its capacity is exceeded',
	unreachableDestination: 'when it cannot be reached',
} as const;

export const situationText = ({ situation }: Route): string => SITUATION_TEXTS[situation];

export const notShown = (trunkGroup: TrunkGroup, field: string): Result[] => [
	{
		unread: {
			...ofTrunkGroup(trunkGroup.key),
			reason: `the profile of trunk group ${quoted(trunkGroup.key.id)} does not show ${field}`,
		},
	},
];

/** The routes that reroute, each with what is known of its target. */
export const rerouted = (
	{ trunkGroup, targets }: TrunkGroupFacts,
	find: (route: Route, target: Target) => Result[],
): Result[] =>
	trunkGroup.routes.flatMap((route) => {
		const target = targets.get(route);
		if (!target) return nothing;
		if ('value' in target) return find(route, target.value);
		return [{ unread: { ...target.unread, ...ofTrunkGroup(trunkGroup.key) } }];
	});

export const LIMITS = ['maxActiveCalls', 'burstingMaxActiveCalls'] as const;

export function aboveCeiling(
	trunkGroup: TrunkGroup,
	field: (typeof LIMITS)[number],
	ceilings: ReadonlyArray<Read<Ceiling>>,
): Result[] {
	const limit = trunkGroup[field];
	const lower = ceilings.flatMap((ceiling) => {
		if (limit === null || !('value' in ceiling)) return [];
		const { owner, [field]: most } = ceiling.value;
		return most !== null && limit > most ? [{ owner, most }] : [];
	});
	if (lower.length === 0) return [];
	const most = Math.min(...lower.map((one) => one.most));
	const owners = lower.map((one) => `${one.owner}'s ${one.most}`);
	return [
		{
			message: `${named(trunkGroup)} allows ${limit} ${field === 'maxActiveCalls' ? 'calls' : 'more calls while bursting'}, above the ${owners.join(' and the ')}`,
			fields: [field],
			fix: most >= 1 ? { [field]: most } : null,
		},
	];
}

/** E.g. "'noPilot', 'noFailOver' were not checked: …" */
export const notCheckedText = (rules: readonly string[], { reason }: Unread): string =>
	`${listed(rules)} ${rules.length === 1 ? 'was' : 'were'} not checked: ${reason}`;
