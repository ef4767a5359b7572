import type { Operation } from '../../execution/operation';
import type { ItemParameters } from '../../execution/parameters';
import { keyText, outputKey, recordText } from '../../model/key';
import { MASK } from '../../secrets/redact';
import { readApproval } from '../../provisioning/approval';
import { readExistingKey } from '../../provisioning/input';
import { placeLocators } from '../../provisioning/locators';
import { optionsCollection, planOptions } from '../../provisioning/options';
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
	planSipAuthentication,
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
		optionsCollection(includeSipPassword, ...planOptions),
	],
	prepare(parameters) {
		const key = readExistingKey(parameters, model);
		const includesPassword = parameters.optionFlag(
			includeSipPassword.name,
			includeSipPassword.displayName,
		);
		const generates = isGenerated(parameters, parameters.read(sipPasswordSource.name));
		const wanted = {
			userId: key.id,
			userName: parameters.given(sipUserNameField, parameters.read(sipUserNameField.name)) as
				| string
				| undefined,
			password: generates ? undefined : readPassword(parameters),
		};
		const approval = readApproval(parameters, { ...wanted, generates });
		const { previewOnly } = approval;
		if (generates && !includesPassword && !previewOnly) parameters.refuse(LOST);
		const attempt: SipAuthenticationAttempt = {};
		const subject = recordText(model, key);
		return {
			subject,
			orderKey: keyText(model, key),
			async run(odin) {
				odin.keepSecret(wanted.password);
				if (previewOnly || approval.isGiven) {
					const { key: shown, ...plan } = await planSipAuthentication(odin, wanted);
					if (previewOnly) return [await approval.preview(odin, outputKey(model, shown), plan)];
					await approval.admit(odin, subject, plan);
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
