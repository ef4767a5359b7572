import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../execution/parameters';
import { fieldOf } from '../../trunkGroup/catalogue';
import type { Payload } from '../../trunkGroup/desired';
import { convertValue, isAbsent } from '../../trunkGroup/values';

const whenRequired = { show: { requireAuthentication: [true] } };
const whenDefined = { show: { requireAuthentication: [true], sipPasswordSource: ['define'] } };

/** The SIP authentication of a new trunk group. */
export const authenticationProperties: INodeProperties[] = [
	{
		displayName: 'Require Authentication',
		name: 'requireAuthentication',
		type: 'boolean',
		default: false,
		description: 'Whether the PBX must log in with SIP user name and password',
	},
	{
		displayName: 'SIP User Name',
		name: 'sipAuthenticationUserName',
		type: 'string',
		default: '',
		placeholder: 'e.g. acme-sbc-1',
		description: 'User name that the PBX logs in with. 1 to 80 characters.',
		displayOptions: whenRequired,
	},
	{
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
		displayOptions: whenRequired,
	},
	{
		displayName: 'SIP Password',
		name: 'sipAuthenticationPassword',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'Password that the PBX logs in with. Odin never returns it. 1 to 60 characters.',
		displayOptions: whenDefined,
	},
	{
		displayName:
			'A password typed here is saved in the workflow, in its history and in every export. Better take it from the incoming item with an expression, or choose Generate.',
		name: 'sipPasswordNotice',
		type: 'notice',
		default: '',
		displayOptions: whenDefined,
	},
];

const passwordSourceRule = {
	name: 'sipPasswordSource',
	label: 'SIP Password Source',
	type: 'choice' as const,
	choices: ['define', 'generate'],
};

/**
 * The form entries of the SIP authentication. User name and password count only while authentication is on: rows of
 * a spreadsheet carry the columns also where it is off.
 */
export function readAuthentication(
	parameters: ItemParameters,
	payload: Payload,
): { entries: Record<string, unknown>; generate: boolean } {
	const requireAuthentication = parameters.read('requireAuthentication');
	const isOn =
		isTrue(requireAuthentication) ||
		('keys' in payload && isTrue(payload.keys.requireAuthentication));
	if (!isOn) return { entries: { requireAuthentication }, generate: false };
	const generate =
		parameters.given(passwordSourceRule, parameters.read('sipPasswordSource')) === 'generate';
	return {
		entries: {
			requireAuthentication,
			sipAuthenticationUserName: parameters.read('sipAuthenticationUserName'),
			...(!generate && {
				sipAuthenticationPassword: parameters.read('sipAuthenticationPassword'),
			}),
		},
		generate,
	};
}

function isTrue(raw: unknown): boolean {
	if (isAbsent(raw)) return false;
	const converted = convertValue(fieldOf('requireAuthentication'), raw);
	return 'value' in converted && converted.value === true;
}
