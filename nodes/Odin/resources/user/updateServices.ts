import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../execution/operation';
import type { ItemParameters } from '../../execution/parameters';
import { isSameName } from '../../model/equivalence';
import { keyText, outputKey, recordText } from '../../model/key';
import { readApproval } from '../../provisioning/approval';
import { readExistingKey, readTextList } from '../../provisioning/input';
import { placeLocators } from '../../provisioning/locators';
import { optionsCollection, planOptions } from '../../provisioning/options';
import type { Provisioned } from '../../provisioning/resource';
import {
	carryOut,
	planOf,
	planServices,
	SERVICE_NAME,
	type ServicesAttempt,
	type WantedServices,
} from './services';

const list = (
	property: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'placeholder'>,
): INodeProperties => ({ ...property, type: 'string', default: '' });

const services = list({
	displayName: 'Services',
	name: 'services',
	placeholder: 'e.g. Authentication, Call Forwarding Always',
	description:
		'Services to assign, by the names of BroadWorks: separated by commas, or a list from an expression. What is not named is left as it is.',
});

const servicePacks = list({
	displayName: 'Service Packs',
	name: 'servicePacks',
	placeholder: 'e.g. SIP-DID',
	description: 'Service packs to assign, separated by commas, or a list from an expression',
});

const removeServices = list({
	displayName: 'Remove Services',
	name: 'removeServices',
	placeholder: 'e.g. Call Forwarding Always',
	description: 'Services to remove, separated by commas, or a list from an expression',
});

const removeServicePacks = list({
	displayName: 'Remove Service Packs',
	name: 'removeServicePacks',
	placeholder: 'e.g. SIP-DID',
	description: 'Service packs to remove, separated by commas, or a list from an expression',
});

export const updateServices = (model: Provisioned): Operation => ({
	name: 'Update Services',
	value: 'updateServices',
	action: 'Update services of user',
	description: 'Assign services and service packs to a user, or remove them',
	builderHint: 'Only what is named changes, and a second run writes nothing.',
	properties: [
		...placeLocators(model),
		model.form.locator,
		services,
		servicePacks,
		removeServices,
		removeServicePacks,
		optionsCollection(...planOptions),
	],
	prepare(parameters) {
		const key = readExistingKey(parameters, model);
		const wanted = readWanted(parameters);
		const approval = readApproval(parameters, { userId: key.id, ...wanted });
		const attempt: ServicesAttempt = {};
		const subject = recordText(model, key);
		return {
			subject,
			orderKey: keyText(model, key),
			async run(odin) {
				const plan = await planServices(odin, key.id, wanted, attempt);
				const planned = planOf(plan);
				if (approval.previewOnly) {
					return [await approval.preview(odin, outputKey(model, plan.key), planned)];
				}
				await approval.admit(odin, subject, planned);
				const { key: shown, ...result } = await carryOut(odin, plan, attempt);
				return [{ ...outputKey(model, shown), ...result }];
			},
		};
	},
});

function readWanted(parameters: ItemParameters): WantedServices {
	const wanted: WantedServices = {
		userServices: {
			add: readNames(parameters, services),
			remove: readNames(parameters, removeServices),
		},
		servicePackServices: {
			add: readNames(parameters, servicePacks),
			remove: readNames(parameters, removeServicePacks),
		},
	};
	const kinds = Object.values(wanted);
	for (const { add, remove } of kinds) {
		for (const name of add) {
			if (remove.some((other) => isSameName(name, other))) {
				parameters.refuse(`'${name}' is both to be assigned and to be removed`);
			}
		}
	}
	const isEmpty = kinds.every(({ add, remove }) => add.length + remove.length === 0);
	if (isEmpty && parameters.issues.length === 0) {
		parameters.refuse('There is nothing to update: name a service or a service pack');
	}
	return wanted;
}

/** Each name once. */
function readNames(parameters: ItemParameters, { name, displayName }: INodeProperties): string[] {
	const names = readTextList(
		parameters,
		{ ...SERVICE_NAME, label: displayName },
		parameters.read(name),
	);
	return names.filter((one, at) => names.findIndex((other) => isSameName(one, other)) === at);
}
