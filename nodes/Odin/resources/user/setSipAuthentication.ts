import type { Operation } from '../../execution/operation';
import type { ItemParameters } from '../../execution/parameters';
import { keyText, outputKey, recordText } from '../../model/key';
import { MASK } from '../../secrets/redact';
import { readExistingKey } from '../../provisioning/input';
import { placeLocators } from '../../provisioning/locators';
import { optionsCollection, previewOnlyOption } from '../../provisioning/options';
import { previewRecord } from '../../provisioning/preview';
import type { Provisioned } from '../../provisioning/resource';
import {
	generateNotice,
	includeSipPassword,
	isGenerated,
	LOST,
	sipPasswordEntry,
	sipPasswordSource,
	sipUserName,
} from '../trunkGroup/authentication';
import { trunkGroupFields } from '../trunkGroup/fields';
import {
	previewSipAuthentication,
	setSipAuthentication as set,
	sipUserNameField,
	type SipAuthenticationAttempt,
} from './sipAuthentication';

export const setSipAuthentication = (model: Provisioned): Operation => ({
	name: 'Set SIP Authentication',
	value: 'setSipAuthentication',
	action: 'Set SIP authentication of user',
	description:
		'Set the SIP user name and password of a user, who needs the service Authentication for it',
	builderHint:
		'Odin never returns the password. Turn on options.includeSipPassword to hand it over, and put it into a secret store at once.',
	properties: [
		...placeLocators(model),
		model.form.locator,
		{
			...sipUserName,
			description:
				'User name that the device of the user logs in with. Empty keeps the present one. 1 to 80 characters.',
		},
		sipPasswordSource,
		{ ...sipPasswordEntry, displayOptions: { show: { sipPasswordSource: ['define'] } } },
		{ ...generateNotice, displayOptions: { show: { sipPasswordSource: ['generate'] } } },
		optionsCollection(includeSipPassword, previewOnlyOption),
	],
	prepare(parameters) {
		const key = readExistingKey(parameters, model);
		const previewOnly = parameters.optionFlag('previewOnly', 'Preview Only');
		const includesPassword = parameters.optionFlag(
			includeSipPassword.name,
			includeSipPassword.displayName,
		);
		const generates = isGenerated(parameters, parameters.read(sipPasswordSource.name));
		if (generates && !includesPassword && !previewOnly) parameters.refuse(LOST);
		const wanted = {
			userId: key.id,
			userName: parameters.given(sipUserNameField, parameters.read(sipUserNameField.name)) as
				| string
				| undefined,
			password: generates ? undefined : readPassword(parameters),
		};
		const attempt: SipAuthenticationAttempt = {};
		return {
			subject: recordText(model, key),
			orderKey: keyText(model, key),
			async run(odin) {
				odin.keepSecret(wanted.password);
				if (previewOnly) {
					const { key: shown, ...plan } = await previewSipAuthentication(odin, wanted);
					return [previewRecord(model, shown, { outcome: 'updated', ...plan })];
				}
				const { key: shown, ...result } = await set(odin, wanted, attempt);
				return [
					{
						...outputKey(model, shown),
						sipAuthenticationUserName: result.sipAuthenticationUserName,
						...(includesPassword && {
							sipAuthenticationPassword: result.sipAuthenticationPassword,
						}),
					},
				];
			},
		};
	},
});

function readPassword(parameters: ItemParameters): string {
	const rule = trunkGroupFields.get(sipPasswordEntry.name);
	const password = parameters.needed(rule, parameters.read(sipPasswordEntry.name));
	if (password === MASK) {
		const reason = `shows a hidden password ("${MASK}"), not a password`;
		parameters.issues.push({ label: rule.label, reason });
	}
	return password;
}
