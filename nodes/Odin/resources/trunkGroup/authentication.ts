import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../execution/parameters';
import { fieldOf } from './fields';
import type { Payload } from '../../model/desired';
import type { Issue } from '../../values/issues';
import type { JsonValue } from '../../values/json';
import { convertValue, isAbsent } from '../../model/convert';

export const LOST_PASSWORD =
	"The generated SIP password is lost for good, since Odin never returns it. Turn on 'Include SIP Password' in the options to have it in the output";

export const PASSWORD_NOT_SET =
	"An existing trunk group gets the SIP password of this form only when 'Set SIP Password' is on";

const requireAuthentication: INodeProperties = {
	displayName: 'Require Authentication',
	name: 'requireAuthentication',
	type: 'boolean',
	default: false,
	description: 'Whether the PBX must log in with SIP user name and password',
};

const userName: INodeProperties = {
	displayName: 'SIP User Name',
	name: 'sipAuthenticationUserName',
	type: 'string',
	default: '',
	placeholder: 'e.g. acme-sbc-1',
	description: 'User name that the PBX logs in with. 1 to 80 characters.',
};

const passwordSource: INodeProperties = {
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

const password: INodeProperties = {
	displayName: 'SIP Password',
	name: 'sipAuthenticationPassword',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description:
		'Password that the PBX logs in with. Odin never returns it. A password typed here is saved in the workflow and its exports: better take it from the incoming item with an expression. 1 to 60 characters.',
};

const whenRequired = { show: { requireAuthentication: [true] } };
const whenDefined = { show: { requireAuthentication: [true], sipPasswordSource: ['define'] } };

/** The SIP authentication of a new trunk group. */
export const authenticationProperties: INodeProperties[] = [
	requireAuthentication,
	{ ...userName, displayOptions: whenRequired },
	{ ...passwordSource, displayOptions: whenRequired },
	{ ...password, displayOptions: whenDefined },
	{
		displayName:
			'A password typed here is saved in the workflow, in its history and in every export. Better take it from the incoming item with an expression, or choose Generate.',
		name: 'sipPasswordNotice',
		type: 'notice',
		default: '',
		displayOptions: whenDefined,
	},
];

/** The SIP authentication of a trunk group that may exist. What is not added stays as it is. */
export const authenticationCollection: INodeProperties = {
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
				'Whether to give an existing trunk group the SIP password of this form. Odin never returns passwords, so they cannot be compared: off, an existing password stays.',
		},
		password,
		passwordSource,
		userName,
	],
};

const passwordSourceRule = {
	name: 'sipPasswordSource',
	label: 'SIP Password Source',
	type: 'choice' as const,
	choices: ['define', 'generate'],
};

/**
 * The form entries of the SIP authentication of a new trunk group. User name and password count only while
 * authentication is on: rows of a spreadsheet carry the columns also where it is off.
 */
export function readNewAuthentication(
	parameters: ItemParameters,
	payload: Payload,
): { entries: Record<string, unknown>; generate: boolean } {
	const required = parameters.read('requireAuthentication');
	const isOn =
		isTrue(required) || ('keys' in payload && isTrue(payload.keys.requireAuthentication));
	if (!isOn) return { entries: { requireAuthentication: required }, generate: false };
	const generate = isGenerated(parameters, parameters.read('sipPasswordSource'));
	return {
		entries: {
			requireAuthentication: required,
			sipAuthenticationUserName: parameters.read('sipAuthenticationUserName'),
			...(!generate && {
				sipAuthenticationPassword: parameters.read('sipAuthenticationPassword'),
			}),
		},
		generate,
	};
}

export interface AuthenticationChange {
	/** Form entries, the password among them where it is defined */
	entries: Record<string, unknown>;
	generate: boolean;
	/** Whether an existing trunk group gets the password */
	setSipPassword: boolean;
	/** A password stands in the form, but an existing trunk group does not get it */
	ignoresPassword: boolean;
}

/** The collection Authentication of an operation on a trunk group that may exist. */
export function readAuthenticationChange(parameters: ItemParameters): AuthenticationChange {
	const { setSipPassword, sipPasswordSource, sipAuthenticationPassword, ...entries } =
		parameters.collection('authentication');
	const generate = isGenerated(parameters, sipPasswordSource);
	const sets = parameters.flag('setSipPassword', 'Set SIP Password', setSipPassword);
	return {
		entries: generate ? entries : { ...entries, sipAuthenticationPassword },
		generate,
		setSipPassword: sets,
		ignoresPassword: !sets && (generate || !isAbsent(sipAuthenticationPassword)),
	};
}

/** Setting a password without giving one. */
export const missingPassword = (
	{ setSipPassword, generate }: AuthenticationChange,
	password: JsonValue | undefined,
): Issue[] =>
	setSipPassword && !generate && password === undefined
		? [
				{
					label: fieldOf('sipAuthenticationPassword').label,
					reason: "is needed when 'Set SIP Password' is on",
				},
			]
		: [];

const isGenerated = (parameters: ItemParameters, source: unknown): boolean =>
	parameters.given(passwordSourceRule, source) === 'generate';

function isTrue(raw: unknown): boolean {
	if (isAbsent(raw)) return false;
	const converted = convertValue(fieldOf('requireAuthentication'), raw);
	return 'value' in converted && converted.value === true;
}
