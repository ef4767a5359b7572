import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Operation, PreparedItem } from '../../execution/operation';
import type { ItemParameters } from '../../execution/parameters';
import { hiddenSecrets, parsePayload, readDesired } from '../../model/desired';
import { newTrunkGroup, trunkGroupText } from '../../model/key';
import { createBody } from '../../model/requestBody';
import type { OdinClient } from '../../transport/odinClient';
import { groupLocator, serviceProviderLocator } from '../locators';
import {
	checkCapacityOption,
	includeSipPasswordOption,
	optionsCollection,
	previewOnlyOption,
} from '../options';
import {
	authenticationProperties,
	LOST_PASSWORD,
	readNewAuthentication,
} from '../../resources/trunkGroup/authentication';
import { checkCapacity } from '../../resources/trunkGroup/capacityCheck';
import {
	creationIssues,
	findForItem,
	keepPassword,
	postTrunkGroup,
	previewCreation,
	type NewTrunkGroup,
} from '../post';
import { duplicate, isDuplicate } from '../conflict';
import { payloadHints, readKey, readSections, readWriteOptions, type WriteOptions } from '../input';
import { findTrunkGroup, shapeProfile, type Profile } from '../read';
import {
	maxActiveCallsProperty,
	nameProperty,
	payloadProperty,
	simplifyProperties,
} from '../properties';
import { sections } from '../form';

const ifExistsOption: INodeProperties = {
	displayName: 'If Exists',
	name: 'ifExists',
	type: 'options',
	options: [
		{
			name: 'Fail',
			value: 'fail',
			description: 'Stop with a message that names the trunk group',
		},
		{
			name: 'Return Existing',
			value: 'returnExisting',
			description: 'Put the profile of the existing trunk group on the output, unchanged',
		},
	],
	default: 'fail',
	description: 'What to do when the group already has a trunk group with this name',
};

const ifExistsRule = {
	name: 'ifExists',
	label: 'If Exists',
	type: 'choice' as const,
	choices: ['fail', 'returnExisting'],
};

/** What one item asks for. */
interface Creation extends NewTrunkGroup, WriteOptions {
	returnExisting: boolean;
}

export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create a trunk group',
	description: 'Create a trunk group with the documented defaults of the Odin API',
	builderHint:
		'Choose this when an existing trunk group must stop the item. When the same request may arrive twice, choose upsert, or set options.ifExists to returnExisting.',
	properties: [
		serviceProviderLocator,
		groupLocator,
		nameProperty,
		maxActiveCallsProperty,
		...authenticationProperties,
		...sections({ writes: ['create'], without: ['maxActiveCalls'] }),
		payloadProperty,
		...simplifyProperties,
		optionsCollection(
			checkCapacityOption,
			ifExistsOption,
			includeSipPasswordOption,
			previewOnlyOption,
		),
	],
	prepare(parameters: ItemParameters): PreparedItem {
		const payload = parsePayload(parameters.read('payload'));
		const key = readKey(parameters, payload, 'name');
		const authentication = readNewAuthentication(parameters, payload);
		const desired = readDesired({
			entries: {
				...readSections(parameters),
				...authentication.entries,
				maxActiveCalls: parameters.read('maxActiveCalls'),
			},
			payload,
			group: key,
			overridableDefaults: { maxActiveCalls: 1, requireAuthentication: false },
		});
		const creation: Creation = {
			key,
			body: createBody(key, desired),
			generatePassword: authentication.generate,
			returnExisting: parameters.option<string>(ifExistsRule, 'fail') === 'returnExisting',
			...readWriteOptions(parameters),
		};
		parameters.issues.push(
			...desired.issues,
			...hiddenSecrets(desired),
			...creationIssues(creation, desired),
		);
		return {
			subject: trunkGroupText(key),
			creates: newTrunkGroup(key, 'Name'),
			hints: payloadHints(desired),
			run: async (odin, hint) => [
				creation.previewOnly ? await preview(odin, creation) : await carryOut(odin, creation, hint),
			],
		};
	},
};

/** What Odin would be asked, as far as reading tells. */
async function preview(odin: OdinClient, creation: Creation): Promise<IDataObject> {
	keepPassword(odin, creation);
	const existing = await findTrunkGroup(odin, creation.key);
	if (existing && !creation.returnExisting) throw duplicate(creation.key);
	if (!existing && creation.checkCapacity) await checkCapacity(odin, creation.key, creation.body);
	return {
		preview: true,
		outcome: existing ? 'unchanged' : 'created',
		changes: [],
		request: existing ? null : previewCreation(creation),
	};
}

async function carryOut(
	odin: OdinClient,
	creation: Creation,
	hint: (message: string) => void,
): Promise<IDataObject> {
	const { key, includeSipPassword, simplify } = creation;
	keepPassword(odin, creation);
	// Of one that an earlier try may have created, capacity was checked then.
	if (creation.checkCapacity && !creation.attempt?.doubt) {
		const existing = await checkOrFind(odin, creation);
		if (existing) return shapeProfile(existing, { simplify });
	}
	const result = await postTrunkGroup(odin, creation);
	if ('profile' in result) {
		const sipPassword = includeSipPassword
			? creation.attempt?.body.sipAuthenticationPassword
			: undefined;
		if (creation.generatePassword && !includeSipPassword) hint(LOST_PASSWORD);
		return shapeProfile(result.profile, { simplify, sipPassword });
	}
	const { refused } = result;
	const refusedByOdin = Math.floor((refused.httpStatus ?? 0) / 100) === 4;
	if (creation.returnExisting && refusedByOdin) {
		const existing = await findForItem(odin, creation);
		if (existing) return shapeProfile(existing, { simplify });
	}
	throw refused.kind === 'refused' && isDuplicate(refused) ? duplicate(key, refused) : refused;
}

/** Checks the call capacity; one that is there already needs no room, where it may be returned. */
async function checkOrFind(odin: OdinClient, creation: Creation): Promise<Profile | undefined> {
	const { key, body, returnExisting } = creation;
	return await checkCapacity(odin, key, body).then(
		() => undefined,
		async (error: unknown) => {
			const existing = returnExisting ? await findTrunkGroup(odin, key) : undefined;
			if (existing) return existing;
			throw error;
		},
	);
}
