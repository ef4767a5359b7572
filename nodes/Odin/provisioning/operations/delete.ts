import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../execution/operation';
import { keyShown, keyText, lookupKey, outputKey, recordText, type Key } from '../../model/key';
import { OdinError } from '../../transport/odinError';
import type { OdinClient } from '../../transport/odinClient';
import { readExistingKey, type Hint } from '../input';
import { placeLocators } from '../locators';
import { ifNotFoundOption, optionsCollection, previewOnlyOption, returnsEmpty } from '../options';
import { previewRecord } from '../preview';
import { find, missing, type Profile } from '../read';
import type { Provisioned, Release } from '../resource';
import { lookPatiently, settle, whileUnknown, type Attempt } from '../settle';

interface Deletion {
	key: Key;
	returnEmpty: boolean;
	/** Whether it is freed of what uses it, by the options of the resource */
	flags: Record<string, boolean>;
	attempt: Attempt;
	/** As Odin showed it before it was deleted */
	seen?: Profile;
}

/** The operation that deletes a record. */
export const remove = (model: Provisioned): Operation => ({
	name: 'Delete',
	value: 'delete',
	action: `Delete a ${model.noun}`,
	description: `Delete a ${model.noun} that nothing uses`,
	properties: [
		...placeLocators(model),
		model.form.locator,
		optionsCollection(
			...(model.deletion?.options ?? []),
			ifNotFoundOption(model),
			previewOnlyOption,
		),
	],
	prepare(parameters) {
		const key = readExistingKey(parameters, model);
		const deletion: Deletion = {
			key,
			returnEmpty: returnsEmpty(parameters),
			flags: Object.fromEntries(
				(model.deletion?.options ?? []).map(({ name, displayName }) => [
					name,
					parameters.optionFlag(name, displayName),
				]),
			),
			attempt: {},
		};
		const previewOnly = parameters.optionFlag('previewOnly', 'Preview Only');
		return {
			subject: recordText(model, key),
			orderKey: keyText(model, key),
			run: async (odin, hint) => [
				await (previewOnly
					? previewDeletion(odin, model, deletion, hint)
					: carryOut(odin, model, deletion)),
			],
		};
	},
});

/** The record and what it must be freed of first; undefined when there is none and that is fine. */
async function planDeletion(
	odin: OdinClient,
	model: Provisioned,
	deletion: Deletion,
): Promise<{ profile: Profile; release: Release | undefined } | undefined> {
	const { key, flags, returnEmpty, attempt } = deletion;
	const profile = await whileUnknown(attempt, async () => await find(odin, model, key));
	if (!profile) {
		if (returnEmpty || attempt.unknown) return undefined;
		throw missing(model, key);
	}
	deletion.seen = profile;
	return { profile, release: await model.deletion?.plan(odin, key, profile, flags) };
}

async function previewDeletion(
	odin: OdinClient,
	model: Provisioned,
	deletion: Deletion,
	hint: Hint,
): Promise<IDataObject> {
	const { key } = deletion;
	const plan = await planDeletion(odin, model, deletion);
	plan?.release?.hints.forEach(hint);
	return previewRecord(model, keyShown(model, key, deletion.seen), {
		outcome: plan ? 'deleted' : 'unchanged',
		changes: plan?.release?.changes ?? [],
		request: plan ? { method: 'DELETE', path: model.path, body: null } : null,
	});
}

async function carryOut(
	odin: OdinClient,
	model: Provisioned,
	deletion: Deletion,
): Promise<IDataObject> {
	const { key, attempt, returnEmpty } = deletion;
	const result = (deleted: boolean) => ({ ...outputKey(model, key, deletion.seen), deleted });
	const plan = await planDeletion(odin, model, deletion);
	if (!plan) return result(attempt.unknown !== undefined);
	await plan.release?.carryOut();
	const look = async () => ((await find(odin, model, key)) ? undefined : true);
	const settled = await settle(odin, {
		request: {
			method: 'DELETE',
			path: model.path,
			query: lookupKey(model, key),
			purpose: `delete ${recordText(model, key)}`,
		},
		attempt,
		notSeen: `Odin still has the ${model.noun}`,
		details: lookupKey(model, key),
		look: async (patiently) => await (patiently ? lookPatiently(odin, look) : look()),
		confirm: async (response) => {
			if (isPlainYes(response) || (await lookPatiently(odin, look))) return true;
			throw new OdinError({
				kind: 'notApplied',
				message: `Odin confirmed deleting ${recordText(model, key)}, but still has it`,
				description: 'Check its state in Odin before you run this again',
				details: lookupKey(model, key),
			});
		},
	}).catch((error: unknown) => {
		throw error instanceof OdinError && plan.release ? plan.release.explain(error) : error;
	});
	if ('seen' in settled) return result(true);
	const { refused } = settled;
	if (refused.kind === 'notFound') {
		// Somebody else deleted it in between.
		if (returnEmpty) return result(false);
		throw missing(model, key);
	}
	throw plan.release ? plan.release.explain(refused) : refused;
}

/** An empty response, or one that says so; all else is followed by a look. */
const isPlainYes = (response: unknown): boolean =>
	response === undefined ||
	response === null ||
	response === '' ||
	response === true ||
	(typeof response === 'object' && Object.keys(response).length === 0);
