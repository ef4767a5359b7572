import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../execution/operation';
import type { ItemParameters } from '../../execution/parameters';
import { keyText, outputKey, recordText } from '../../model/key';
import { readApproval, type Approval } from '../../provisioning/approval';
import { readExistingKey, type Hint } from '../../provisioning/input';
import { placeLocators, recordLocator } from '../../provisioning/locators';
import { optionsCollection, planOptions } from '../../provisioning/options';
import {
	outputProperties,
	readOutput,
	shapeProfile,
	type OutputShape,
} from '../../provisioning/output';
import type { Plan } from '../../provisioning/preview';
import { read } from '../../provisioning/read';
import type { Provisioned } from '../../provisioning/resource';
import type { OdinClient } from '../../transport/odinClient';
import { wireText } from '../../values/wireValues';
import { trunkGroupFields } from '../trunkGroup/fields';
import { trunkGroupModel } from '../trunkGroup/model';
import { userFields } from './fields';
import {
	carryOut,
	connectionOf,
	planAssignment,
	planRemoval,
	requestOf,
	type TrunkAttempt,
	type TrunkPlan,
} from './trunk';

const trunkGroupLocator = recordLocator(trunkGroupModel, { search: 'searchTrunkGroups' });

const linePort: INodeProperties = {
	displayName: 'Line Port',
	name: 'linePort',
	type: 'string',
	default: '',
	placeholder: 'e.g. anna.adler_trunk@example.com',
	description:
		'Address that the calls of the user go to, unique in the whole system. Empty takes the user ID; a user who is on this trunk group keeps the line port. 1 to 161 characters.',
};

const forceOption: INodeProperties = {
	displayName: 'Force',
	name: 'force',
	type: 'boolean',
	default: false,
	description:
		'Whether to take over a user who is on a device or another trunk group; the user can then make no calls there. A user of another group is never taken over.',
};

interface TrunkItem {
	approval: Approval;
	output: OutputShape;
	attempt: TrunkAttempt;
}

const readItem = (parameters: ItemParameters, asked: object): TrunkItem => ({
	approval: readApproval(parameters, asked),
	output: readOutput(parameters),
	attempt: {},
});

/** Shows the plan, or carries it out. */
async function finish(
	odin: OdinClient,
	model: Provisioned,
	plan: TrunkPlan,
	{ approval, output, attempt }: TrunkItem,
): Promise<IDataObject> {
	const { user, changes } = plan;
	const outcome = plan.body ? 'updated' : 'unchanged';
	const planned: Plan = { outcome, changes, request: requestOf(plan) };
	if (approval.previewOnly)
		return await approval.preview(odin, outputKey(model, user.key), planned);
	await approval.admit(odin, recordText(model, user.key), planned);
	return await carriedOut(odin, model, plan, { output, attempt });
}

async function carriedOut(
	odin: OdinClient,
	model: Provisioned,
	plan: TrunkPlan,
	{ output, attempt }: Pick<TrunkItem, 'output' | 'attempt'>,
): Promise<IDataObject> {
	const { key, profile, outcome, changes } = await carryOut(odin, plan, attempt);
	return {
		...outputKey(model, key, profile),
		outcome,
		changes,
		[model.value]: shapeProfile(model, key, profile, { output }),
	};
}

/** The group that the form names, which the user must belong to; empty where it names none. */
const readPlace = (parameters: ItemParameters) => ({
	serviceProviderId: wireText(parameters.locator('serviceProviderId')),
	groupId: wireText(parameters.locator('groupId')),
});

export const assignTrunkGroup = (model: Provisioned): Operation => ({
	name: 'Assign Trunk Group',
	value: 'assignTrunkGroup',
	action: 'Assign trunk group to user',
	description: 'Let a user make and receive calls through a trunk group of the same group',
	builderHint:
		'A second run writes nothing. A user who is on a device or another trunk group is taken over only with options.force.',
	properties: [
		...placeLocators(model),
		model.form.locator,
		trunkGroupLocator,
		linePort,
		...outputProperties(model),
		optionsCollection(forceOption, ...planOptions),
	],
	prepare(parameters) {
		const key = readExistingKey(parameters, model);
		const assignment = {
			userId: key.id,
			trunkGroup: parameters.needed(
				{ ...trunkGroupFields.get('name'), label: trunkGroupLocator.displayName },
				parameters.locator(trunkGroupLocator.name),
			),
			linePort: parameters.given(
				{ ...userFields.get('userId'), name: linePort.name, label: linePort.displayName },
				parameters.read(linePort.name),
			) as string | undefined,
			force: parameters.optionFlag('force', 'Force'),
			place: readPlace(parameters),
		};
		const item = readItem(parameters, assignment);
		return {
			subject: recordText(model, key),
			orderKey: keyText(model, key),
			async run(odin) {
				const plan = await planAssignment(odin, assignment, item.attempt);
				// The run meets it as Odin's refusal.
				if (item.approval.previewOnly && plan.body) {
					const { serviceProviderId, groupId } = plan.user.key;
					const { trunkGroup: id } = assignment;
					await read(odin, trunkGroupModel, { serviceProviderId, groupId, id });
				}
				return [await finish(odin, model, plan, item)];
			},
		};
	},
});

export const removeTrunkGroup = (model: Provisioned): Operation => ({
	name: 'Remove Trunk Group',
	value: 'removeTrunkGroup',
	action: 'Remove trunk group from user',
	description:
		'Take a user off the trunk group that the user is on. The user can then make no calls.',
	builderHint: 'A second run writes nothing. A pilot user is refused: clear the pilot user first.',
	properties: [
		...placeLocators(model),
		model.form.locator,
		...outputProperties(model),
		optionsCollection(...planOptions),
	],
	prepare(parameters) {
		const key = readExistingKey(parameters, model);
		const item = readItem(parameters, { userId: key.id });
		return {
			subject: recordText(model, key),
			orderKey: keyText(model, key),
			async run(odin, hint) {
				const plan = await planRemoval(odin, key.id, item.attempt);
				hintOnDevice(plan, hint);
				return [await finish(odin, model, plan, item)];
			},
		};
	},
});

function hintOnDevice({ user }: TrunkPlan, hint: Hint): void {
	const connection = connectionOf(user.profile);
	if (connection.through === 'device') {
		hint(`The user is on device '${connection.name}', not on a trunk group; left unchanged`);
	}
}
