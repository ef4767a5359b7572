import { actionField, addressField, relativeName, targetField, type Route } from '../routes';
import type { GroupFacts, TrunkGroupFacts } from './facts';
import {
	aboveCeiling,
	groupRule,
	LIMITS,
	named,
	nothing,
	notShown,
	rerouted,
	situationText,
	trunkGroupRule,
	type Result,
	type Rule,
	type Severity,
} from './rule';
import { quoted } from '../../../values/text';

const BROADWORKS = 'BroadWorks';

const EMERGENCY_POLICY = 'pilotUserCallingLineIdentityForEmergencyCallsPolicy';

export const TRUNK_GROUP_RULES: ReadonlyArray<Rule<TrunkGroupFacts>> = [
	trunkGroupRule({
		name: 'unscreenedCalls',
		severities: ['high'],
		finds: '`allowUnscreenedCalls` is on',
		reason: 'Calls go out whose calling number is none of its users: the usual way of toll fraud',
		source: `${BROADWORKS}: screening of trunk group calls`,
		fixes: 'turns it off',
		check: ({ trunkGroup }) => {
			const { allowUnscreenedCalls } = trunkGroup;
			if (allowUnscreenedCalls === null) return notShown(trunkGroup, 'allowUnscreenedCalls');
			if (!allowUnscreenedCalls) return nothing;
			return [
				{
					message: `${named(trunkGroup)} allows calls whose number belongs to none of its users`,
					fields: ['allowUnscreenedCalls'],
					fix: { allowUnscreenedCalls: false },
				},
			];
		},
	}),
	trunkGroupRule({
		name: 'rerouteLoop',
		severities: ['high'],
		finds: 'Rerouting leads back to the trunk group; each trunk group of the loop is one finding',
		reason:
			'A call circles until it is dropped, and takes capacity of every trunk group on its way',
		source: `${BROADWORKS}: rerouting`,
		fixes: '',
		check: (facts) => {
			const { trunkGroup, loop } = facts;
			if (!loop) return rerouted(facts, () => nothing);
			const { key } = trunkGroup;
			const way = [...loop.path, key].map((step) => relativeName(step, key));
			return [
				{
					message:
						loop.path.length === 0
							? `${named(trunkGroup)} is in a loop of ${loop.size} trunk groups that reroute to each other`
							: `${named(trunkGroup)} reroutes back to itself: ${way.join(' → ')}`,
					fields: loop.situations.map(targetField),
					fix: null,
				},
			];
		},
	}),
	trunkGroupRule({
		name: 'danglingTarget',
		severities: ['high'],
		finds: 'It reroutes to a trunk group that does not exist, or names none',
		reason: 'Calls are lost at the very moment the reroute is needed',
		source: `${BROADWORKS}: rerouting; whether keys follow a rename is unknown`,
		fixes: 'clears the action',
		check: (facts) =>
			rerouted(facts, (route, target) => {
				const { situation } = route;
				if (target.exists) return nothing;
				const { trunkGroup } = facts;
				return [
					{
						message: route.target
							? `${named(trunkGroup)} reroutes ${situationText(route)} to trunk group ${relativeName(route.target, trunkGroup.key)}, which does not exist`
							: `${named(trunkGroup)} reroutes ${situationText(route)} and names no trunk group`,
						fields: [targetField(situation)],
						fix: { [actionField(situation)]: null },
					},
				];
			}),
	}),
	trunkGroupRule({
		name: 'emergencyWithoutIdentity',
		severities: ['high'],
		finds:
			'`allowUnscreenedEmergencyCalls` is on, and `pilotUserCallingLineIdentityForEmergencyCallsPolicy` is No Calls or there is no pilot user',
		reason: 'An emergency call goes out without a number that tells where it comes from',
		source: `${BROADWORKS}: pilot user calling line identity policies`,
		fixes: 'sets the policy to Unscreened Originating Calls; a pilot user is to be chosen',
		check: ({ trunkGroup }) => {
			const { allowUnscreenedEmergencyCalls: isAllowed, emergencyPolicy } = trunkGroup;
			const hasPilot = trunkGroup.pilotUserId !== null;
			if (isAllowed === null) return notShown(trunkGroup, 'allowUnscreenedEmergencyCalls');
			if (!isAllowed) return nothing;
			if (emergencyPolicy === null) return notShown(trunkGroup, EMERGENCY_POLICY);
			const isSent = emergencyPolicy.toLowerCase() !== 'no calls';
			if (isSent && hasPilot) return nothing;
			const identity = hasPilot
				? 'the identity of the pilot user'
				: 'an identity: it has no pilot user';
			return [
				{
					message: `${named(trunkGroup)} allows emergency calls from unknown numbers without ${identity}`,
					fields: [
						'allowUnscreenedEmergencyCalls',
						EMERGENCY_POLICY,
						...(hasPilot ? [] : ['pilotUserId']),
					],
					fix: isSent ? null : { [EMERGENCY_POLICY]: 'Unscreened Originating Calls' },
				},
			];
		},
	}),
	trunkGroupRule({
		name: 'noAuthentication',
		severities: ['high', 'low'],
		finds:
			'`requireAuthentication` is off; high where it has no device or its device has no `netAddress`',
		reason: 'Whoever knows the identity can register and call. A fixed address limits that',
		source: `${BROADWORKS}: trunk group authentication, static registration`,
		fixes: '',
		check: ({ trunkGroup, deviceAddress }) => {
			const { requireAuthentication, device } = trunkGroup;
			if (requireAuthentication === null) return notShown(trunkGroup, 'requireAuthentication');
			if (requireAuthentication) return nothing;
			const found = (severity: Severity, known: string, fields: string[] = []): Result => ({
				severity,
				message: `${named(trunkGroup)} requires no authentication, and ${known}`,
				fields: ['requireAuthentication', ...fields],
				fix: null,
			});
			if (!device) return [found('high', 'it has no device with a fixed address')];
			const name = `its device ${quoted(device.deviceName)}`;
			if (!deviceAddress) return nothing;
			if ('unread' in deviceAddress) {
				return [found('low', `the address of ${name} is unknown`), deviceAddress];
			}
			const address = deviceAddress.value;
			return address === null
				? [found('high', `${name} has no fixed address`, ['accessDevice'])]
				: [found('low', `${name} has the fixed address ${address}`, ['accessDevice'])];
		},
	}),
	trunkGroupRule({
		name: 'forwardOutside',
		severities: ['medium'],
		finds:
			'An action is Forward, and the address is neither a number of the service provider, nor at a domain of the group, nor an extension (up to 6 digits)',
		reason: 'Calls leave the enterprise at its cost: wanted for some, the mark of fraud for others',
		source: `${BROADWORKS}: call forwarding of trunk groups`,
		fixes: '',
		check: ({ trunkGroup, isOwnAddress }) =>
			trunkGroup.routes.flatMap((route): Result[] => {
				const isOwn = isOwnAddress.get(route);
				if (!isOwn) return [];
				if ('unread' in isOwn) return [isOwn];
				if (isOwn.value) return [];
				const { situation, address } = route;
				return [
					{
						message: `${named(trunkGroup)} forwards calls to ${address ?? ''} ${situationText(route)}, which is outside of the enterprise`,
						fields: [actionField(situation), addressField(situation)],
						fix: null,
					},
				];
			}),
	}),
	trunkGroupRule({
		name: 'limitAboveCeiling',
		severities: ['medium'],
		finds:
			'`maxActiveCalls` (or, with bursting on, `burstingMaxActiveCalls`) is above the call capacity of the group or service provider',
		reason: 'Calls are refused although the trunk group seems to have room',
		source: `${BROADWORKS}: trunk group call capacity. The sum of all trunk groups may be above it`,
		fixes: 'sets it to the lowest ceiling, where that is 1 or more',
		check: ({ trunkGroup, ceilings }) => [
			...ceilings.filter((ceiling) => 'unread' in ceiling),
			...LIMITS.flatMap((field) => aboveCeiling(trunkGroup, field, ceilings)),
		],
	}),
	trunkGroupRule({
		name: 'targetWithoutDevice',
		severities: ['medium'],
		finds: 'It reroutes to a trunk group without an access device',
		reason: 'The target has nothing to send the calls to',
		source: `${BROADWORKS}: rerouting; the Odin portal offers only trunk groups with a device`,
		fixes: '',
		check: (facts) =>
			rerouted(facts, (route, target) => {
				if (!route.target || !target.exists || target.hasDevice) return nothing;
				return [
					{
						message: `${named(facts.trunkGroup)} reroutes ${situationText(route)} to trunk group ${relativeName(route.target, facts.trunkGroup.key)}, which has no device`,
						fields: [targetField(route.situation)],
						fix: null,
					},
				];
			}),
	}),
	trunkGroupRule({
		name: 'noPilot',
		severities: ['medium'],
		finds: 'It has no pilot user',
		reason:
			'The trunk cannot register, and unscreened calls have no user whose identity they could carry',
		source: `${BROADWORKS}: pilot user; docs/turn-up.md`,
		fixes: '',
		check: ({ trunkGroup }) =>
			trunkGroup.pilotUserId === null
				? [
						{
							message: `${named(trunkGroup)} has no pilot user`,
							fields: ['pilotUserId'],
							fix: null,
						},
					]
				: nothing,
	}),
	trunkGroupRule({
		name: 'noFailOver',
		severities: ['low'],
		finds: 'Neither `unreachableDestinationAction` nor `capacityExceededAction` is set',
		reason: 'Calls are refused when the device is down or full',
		source: `${BROADWORKS}: unreachable destination, capacity exceeded`,
		fixes: '',
		check: ({ trunkGroup }) => {
			const covers = ({ situation, action }: Route): boolean =>
				situation !== 'callForwardingAlways' && action !== null;
			if (trunkGroup.routes.some(covers)) return nothing;
			return [
				{
					message: `${named(trunkGroup)} has no action for calls when it is full or unreachable`,
					fields: [actionField('unreachableDestination'), actionField('capacityExceeded')],
					fix: null,
				},
			];
		},
	}),
	trunkGroupRule({
		name: 'userWithoutNumber',
		severities: ['low'],
		finds: 'A user of the trunk group has no phone number; one finding a user',
		reason: 'Nobody outside can call this user, and calls from it show another number',
		source: `${BROADWORKS}: trunk users`,
		fixes: '',
		check: ({ trunkGroup, usersWithoutNumber: users }) =>
			'unread' in users
				? [users]
				: users.value.map((userId) => ({
						message: `User ${userId} of trunk group ${quoted(trunkGroup.key.id)} has no phone number`,
						fields: ['phoneNumber'],
						fix: null,
					})),
	}),
];

export const GROUP_RULES: ReadonlyArray<Rule<GroupFacts>> = [
	groupRule({
		name: 'numberWithoutUser',
		severities: ['low'],
		finds:
			'A number of a group with trunk groups has no user; one finding a number or range, with `name` null',
		reason: 'Calls to it reach nobody, and it is paid for',
		source: `${BROADWORKS}: numbers of a group`,
		fixes: '',
		check: ({ freeNumbers }) =>
			'unread' in freeNumbers
				? [freeNumbers]
				: freeNumbers.value.map((range) => ({
						message: range.includes(' - ')
							? `Numbers ${range} have no user`
							: `Number ${range} has no user`,
						fields: [],
						fix: null,
					})),
	}),
];

/** What is said in place of rules whose data could not be read. */
export const NOT_CHECKED = {
	name: 'notChecked',
	severities: ['low'],
	finds: 'Data of a rule could not be read; the message names the rules, and why',
	reason: 'What was not read is neither right nor wrong',
	source: 'docs/audit.md',
	fixes: '',
} as const;

/** All rules that a finding may name. */
export const RULES: ReadonlyArray<Omit<Rule<never>, 'check'>> = [
	...TRUNK_GROUP_RULES,
	...GROUP_RULES,
	NOT_CHECKED,
];
