import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../execution/parameters';
import type { PasswordHook, PasswordInput, PasswordWrite } from '../../provisioning/resource';
import { generateSipPassword } from '../sipPassword/generation';
import { trunkGroupFields } from './fields';
import { FURTHER_FIELDS } from '../../values/issues';
import { wireText } from '../../values/wireValues';
import type { Payload } from '../../model/payload';
import { convertValue, isAbsent } from '../../model/convert';

/** Why a write is refused whose password nobody could read later. `cause`: what in the form generates it. */
export const lostBecause = (cause: string): string =>
	`${cause}, and Odin never returns the password: turn on 'Include SIP Password' in the options, or it is lost for good`;

export const LOST = lostBecause("'SIP Password Source' is Generate");

const NOT_SET = "An existing trunk group gets the SIP password only when 'Set SIP Password' is on";

const requireAuthentication: INodeProperties = {
	displayName: 'Require Authentication',
	name: 'requireAuthentication',
	type: 'boolean',
	default: false,
	description: `Whether the PBX must log in with SIP user name and password. When off, a value in '${FURTHER_FIELDS}' takes precedence.`,
};

export const sipUserName: INodeProperties = {
	displayName: 'SIP User Name',
	name: 'sipAuthenticationUserName',
	type: 'string',
	default: '',
	placeholder: 'e.g. acme-sbc-1',
	description: 'User name that the PBX logs in with. 1 to 80 characters.',
};

export const sipPasswordSource: INodeProperties = {
	displayName: 'SIP Password Source',
	name: 'sipPasswordSource',
	type: 'options',
	options: [
		{ name: 'Define Below', value: 'define' },
		{
			name: 'Generate',
			value: 'generate',
			description:
				"Let Odin generate one that obeys the rules. Turn on 'Include SIP Password' in the options to have it in the output.",
		},
	],
	default: 'define',
	description: 'Where the SIP password comes from',
};

export const sipPasswordEntry: INodeProperties = {
	displayName: 'SIP Password',
	name: 'sipAuthenticationPassword',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description:
		'Password that the PBX logs in with. Odin never returns it. A password typed here is saved in the workflow and its exports; take it from the incoming item with an expression instead. 1 to 60 characters.',
};

const whenRequired = { show: { requireAuthentication: [true] } };
const whenDefined = { show: { requireAuthentication: [true], sipPasswordSource: ['define'] } };

/** A generated password is in no profile: whoever chooses Generate learns at once how to get it. */
export const generateNotice: INodeProperties = {
	displayName:
		"Odin never returns the generated password. Turn on 'Include SIP Password' in the options to have it in the output.",
	name: 'sipPasswordGenerateNotice',
	type: 'notice',
	default: '',
};

/** The SIP authentication of a new trunk group. */
const newProperties: INodeProperties[] = [
	requireAuthentication,
	{ ...sipUserName, displayOptions: whenRequired },
	{ ...sipPasswordSource, displayOptions: whenRequired },
	{ ...sipPasswordEntry, displayOptions: whenDefined },
	{
		displayName:
			'A password typed here is saved in the workflow, in its history and in every export. Take it from the incoming item with an expression instead, or choose Generate.',
		name: 'sipPasswordNotice',
		type: 'notice',
		default: '',
		displayOptions: whenDefined,
	},
	{
		...generateNotice,
		displayOptions: {
			show: { requireAuthentication: [true], sipPasswordSource: ['generate'] },
		},
	},
];

/** The SIP authentication of a trunk group that may exist. What is not added stays as it is. */
const authenticationCollection: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		requireAuthentication,
		{
			displayName: 'Set SIP Password',
			name: 'setSipPassword',
			type: 'boolean',
			default: false,
			description:
				'Whether to set the SIP password of this form on an existing trunk group. Odin never returns passwords, so they cannot be compared. When off, an existing password stays.',
		},
		sipPasswordEntry,
		sipPasswordSource,
		sipUserName,
	],
};

const passwordSourceRule = {
	name: 'sipPasswordSource',
	label: 'SIP Password Source',
	type: 'choice' as const,
	choices: ['define', 'generate'],
};

/**
 * User name and password of a new trunk group count only while authentication is on: rows of a spreadsheet carry the
 * columns also where it is off.
 */
function readNew(parameters: ItemParameters, payload: Payload): PasswordInput {
	const required = parameters.read('requireAuthentication');
	const isOn =
		isTrue(required) || ('keys' in payload && isTrue(payload.keys.requireAuthentication));
	const generate = isOn && isGenerated(parameters, parameters.read('sipPasswordSource'));
	return {
		entries: {
			requireAuthentication: required,
			...(isOn && { sipAuthenticationUserName: parameters.read('sipAuthenticationUserName') }),
			...(isOn &&
				!generate && {
					sipAuthenticationPassword: parameters.read('sipAuthenticationPassword'),
				}),
		},
		overridableDefaults: { requireAuthentication: false },
		generate,
		setOnExisting: true,
		ignoredOnExisting: false,
	};
}

/** The collection Authentication of an operation on a trunk group that may exist. Update sends what Payload names. */
function readExisting(
	parameters: ItemParameters,
	payload: Payload,
	write: PasswordWrite,
): PasswordInput {
	const { setSipPassword, sipPasswordSource, sipAuthenticationPassword, ...entries } =
		parameters.collection('authentication');
	const generate = isGenerated(parameters, sipPasswordSource);
	// Beside authentication that is named as off, credentials do not count, as with a new trunk group.
	const isOff = [
		entries.requireAuthentication,
		'keys' in payload ? payload.keys.requireAuthentication : undefined,
	]
		.filter((given) => !isAbsent(given))
		.slice(0, 1)
		.some((given) => !isTrue(given));
	const setOnExisting =
		parameters.flag('setSipPassword', 'Set SIP Password', setSipPassword) && !isOff;
	const inPayload =
		write === 'upsert' && 'keys' in payload && !isAbsent(payload.keys.sipAuthenticationPassword);
	const isNamed = generate || inPayload || !isAbsent(sipAuthenticationPassword);
	return {
		entries: generate ? entries : { ...entries, sipAuthenticationPassword },
		generate,
		setOnExisting,
		ignoredOnExisting: !setOnExisting && isNamed,
	};
}

export const includeSipPassword: INodeProperties = {
	displayName: 'Include SIP Password',
	name: 'includeSipPassword',
	type: 'boolean',
	default: false,
	description:
		'Whether the output contains the SIP password that was set. n8n stores it with the execution, so hand it to a secret store at once.',
};

/** The SIP password of a trunk group. */
export const sipPassword: PasswordHook = {
	field: 'sipAuthenticationPassword',
	properties: {
		create: newProperties,
		upsert: [authenticationCollection],
		update: [authenticationCollection],
	},
	options: [includeSipPassword],
	read: (parameters, payload, write) =>
		write === 'create' ? readNew(parameters, payload) : readExisting(parameters, payload, write),
	issues: ({ setOnExisting, generate }, given) =>
		setOnExisting && !generate && given === undefined
			? [
					{
						label: trunkGroupFields.get('sipAuthenticationPassword').label,
						reason: "is needed when 'Set SIP Password' is on",
					},
				]
			: [],
	generate: async (odin, group, { sipAuthenticationUserName }) =>
		await generateSipPassword(odin, group, wireText(sipAuthenticationUserName)),
	notSet: NOT_SET,
	lost: LOST,
};

export const isGenerated = (parameters: ItemParameters, source: unknown): boolean =>
	parameters.given(passwordSourceRule, source) === 'generate';

function isTrue(raw: unknown): boolean {
	if (isAbsent(raw)) return false;
	const converted = convertValue(trunkGroupFields.get('requireAuthentication'), raw);
	return 'value' in converted && converted.value === true;
}
