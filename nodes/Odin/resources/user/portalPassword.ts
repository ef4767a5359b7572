import type { INodeProperties } from 'n8n-workflow';
import { isAbsent } from '../../model/convert';
import type { PasswordHook } from '../../provisioning/resource';
import { generatePortalPassword } from '../sipPassword/generation';

const passwordSource: INodeProperties = {
	displayName: 'Password Source',
	name: 'userPasswordSource',
	type: 'options',
	options: [
		{ name: 'Define Below', value: 'define' },
		{
			name: 'Generate',
			value: 'generate',
			description:
				'Let Odin generate one that obeys the rules. It is in no output; an administrator sets a new one when it is needed.',
		},
	],
	default: 'generate',
	description: 'Where the portal password of a new user comes from',
};

const password: INodeProperties = {
	displayName: 'Password',
	name: 'password',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description:
		'Password of a new user for the portal. Odin never returns it. A password typed here is saved in the workflow and its exports: better take it from the incoming item with an expression. 1 to 60 characters.',
	displayOptions: { show: { userPasswordSource: ['define'] } },
};

const properties = [passwordSource, password];

const NO_PASSWORD = {
	entries: {},
	generate: false,
	setOnExisting: false,
	ignoredOnExisting: false,
};

/** The portal password, which only a new user gets. */
export const portalPassword: PasswordHook = {
	field: 'password',
	properties: { create: properties, upsert: properties, update: [] },
	options: [],
	read(parameters, payload, write) {
		if (write === 'update') return NO_PASSWORD;
		const inPayload = 'keys' in payload && !isAbsent(payload.keys.password);
		const source = parameters.given(
			{
				name: 'userPasswordSource',
				label: 'Password Source',
				type: 'choice',
				choices: ['define', 'generate'],
			},
			parameters.read('userPasswordSource'),
		);
		const given = source === 'define' ? parameters.read('password') : undefined;
		return {
			entries: { password: given },
			// The parameter has its default where Payload names one.
			generate: source !== 'define' && !inPayload,
			setOnExisting: false,
			ignoredOnExisting: inPayload || !isAbsent(given),
		};
	},
	issues: () => [],
	generate: async (odin, { serviceProviderId, groupId, id }) =>
		await generatePortalPassword(odin, { serviceProviderId, groupId }, id),
	notSet: 'An existing user keeps the portal password; the one named is for a new user',
};
