import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../execution/operation';
import { keyText, lookupKey, outputKey, recordText, type Key } from '../../model/key';
import { CHECK_FIRST, OdinError } from '../../transport/odinError';
import type { OdinClient } from '../../transport/odinClient';
import { readApproval, type Approval } from '../approval';
import { readExistingKey, type Hint } from '../input';
import { placeLocators } from '../locators';
import { ifNotFoundOption, optionsCollection, planOptions, returnsEmpty } from '../options';
import type { Plan } from '../preview';
import { find, missing, type Profile } from '../read';
import type { Provisioned, ReferenceWatch, Referrers, Release } from '../resource';
import { lookAfterYes, lookPatiently, settle, whileUnknown, type Attempt } from '../settle';
import { withArticle } from '../../values/text';

interface Deletion {
	key: Key;
	returnEmpty: boolean;
	/** Whether it is freed of what uses it, by the options of the resource */
	flags: Record<string, boolean>;
	attempt: Attempt & { release?: Release };
	approval: Approval;
	watch: ReferenceWatch | undefined;
	/** As Odin showed it before it was deleted */
	seen?: Profile;
}

/** The operation that deletes a record. */
export const remove = (model: Provisioned): Operation => ({
	name: 'Delete',
	value: 'delete',
	action: `Delete ${model.noun}`,
	description: `Delete ${withArticle(model.noun)} that nothing uses`,
	properties: [
		...placeLocators(model),
		model.form.locator,
		optionsCollection(...(model.deletion?.options ?? []), ifNotFoundOption(model), ...planOptions),
	],
	prepare(parameters) {
		const key = readExistingKey(parameters, model);
		const flags = Object.fromEntries(
			(model.deletion?.options ?? []).map(({ name, displayName }) => [
				name,
				parameters.optionFlag(name, displayName),
			]),
		);
		const deletion: Deletion = {
			key,
			returnEmpty: returnsEmpty(parameters),
			flags,
			attempt: {},
			approval: readApproval(parameters, { key, flags }),
			watch: model.references && parameters.shared(model.references, 'references'),
		};
		return {
			subject: recordText(model, key),
			orderKey: keyText(model, key),
			run: async (odin, hint) => [
				await (deletion.approval.previewOnly
					? previewDeletion(odin, model, deletion, hint)
					: carryOut(odin, model, deletion, hint)),
			],
		};
	},
});

/** What the record must be freed of first; undefined when there is none and that is fine. */
async function planDeletion(
	odin: OdinClient,
	model: Provisioned,
	deletion: Deletion,
): Promise<{ release: Release | undefined } | undefined> {
	const { key, flags, returnEmpty, attempt, approval } = deletion;
	const profile = await find(odin, model, key);
	if (!profile) {
		if (returnEmpty || attempt.unknown || approval.isGiven) return undefined;
		throw missing(model, key, { hasOption: true });
	}
	deletion.seen = profile;
	const earlier = attempt.release;
	return { release: await model.deletion?.plan(odin, key, profile, { flags, earlier }) };
}

const NO_REFERRERS: Referrers = { references: [], hints: [] };

/** Who refers to the record that is to go. Nothing is held up by them: they are told. */
const readReferrers = async (
	odin: OdinClient,
	{ key, watch }: Deletion,
	hint: Hint,
): Promise<IDataObject> => {
	const { references, hints } = (await watch?.before(odin, key, 'delete')) ?? NO_REFERRERS;
	hints.forEach(hint);
	return references.length > 0 ? { references } : {};
};

async function previewDeletion(
	odin: OdinClient,
	model: Provisioned,
	deletion: Deletion,
	hint: Hint,
): Promise<IDataObject> {
	const planned = await planDeletion(odin, model, deletion);
	planned?.release?.hints.forEach(hint);
	const referrers = planned ? await readReferrers(odin, deletion, hint) : {};
	const preview = await deletion.approval.preview(
		odin,
		outputKey(model, deletion.key, deletion.seen),
		planOf(model, deletion.key, planned),
	);
	return { ...preview, ...referrers };
}

const planOf = (
	model: Provisioned,
	key: Key,
	planned: { release: Release | undefined } | undefined,
): Plan => ({
	outcome: planned ? 'deleted' : 'unchanged',
	changes: planned?.release?.changes ?? [],
	request: planned ? { method: 'DELETE', path: model.path, body: null } : null,
	query: lookupKey(model, key),
});

async function carryOut(
	odin: OdinClient,
	model: Provisioned,
	deletion: Deletion,
	hint: Hint,
): Promise<IDataObject> {
	const { key, attempt, approval, returnEmpty, watch } = deletion;
	let referrers: IDataObject = {};
	const result = (deleted: boolean) => {
		if (deleted) watch?.deleted(key);
		return { ...outputKey(model, key, deletion.seen), deleted, ...(deleted && referrers) };
	};
	const plan = await whileUnknown(
		attempt,
		async () => await planDeletion(odin, model, deletion),
	).catch((error: unknown) => {
		throw explained(attempt.release, error);
	});
	await approval.admit(odin, recordText(model, key), planOf(model, key, plan));
	if (!plan) return result(attempt.unknown !== undefined);
	attempt.release = plan.release;
	// An earlier try of the node has told of them.
	if (!attempt.unknown) referrers = await readReferrers(odin, deletion, hint);
	await plan.release?.carryOut();
	const refused = await deleteRecord(odin, model, deletion).catch((error: unknown) => {
		throw explained(plan.release, error);
	});
	if (!refused) return result(true);
	// Somebody else deleted it in between.
	if (refused.kind === 'notFound' && returnEmpty) return result(false);
	throw explained(
		plan.release,
		refused.kind === 'notFound' ? missing(model, key, { hasOption: true }) : refused,
	);
}

/** An item that was freed, also in an earlier try, says so. */
const explained = (release: Release | undefined, error: unknown): unknown =>
	release && error instanceof OdinError ? release.explain(error) : error;

/** Deletes the record. Returns Odin's refusal; throws OdinError. `looks`: also after a plain yes */
export async function deleteRecord(
	odin: OdinClient,
	model: Provisioned,
	{ key, attempt, looks }: Pick<Deletion, 'key' | 'attempt'> & { looks?: boolean },
): Promise<OdinError | undefined> {
	const text = recordText(model, key);
	const details = lookupKey(model, key);
	const look = async () => ((await find(odin, model, key)) ? undefined : true);
	const settled = await settle<true>(odin, {
		request: {
			method: 'DELETE',
			path: model.path,
			query: lookupKey(model, key),
			purpose: `delete ${text}`,
		},
		attempt,
		notSeen: `the ${model.noun} was still there`,
		details,
		look: async (patiently) => await (patiently ? lookPatiently(odin, look) : look()),
		confirm: async (response) => {
			const done = `deleting ${text}`;
			if (!looks && isPlainYes(response)) return true;
			if (await lookAfterYes(odin, { done, details }, look)) return true;
			throw new OdinError({
				kind: 'notApplied',
				message: `Odin confirmed ${done}, but still has it`,
				description: CHECK_FIRST,
				details,
			});
		},
	});
	return 'refused' in settled ? settled.refused : undefined;
}

/** An empty response, or one that says so; all else is followed by a look. */
const isPlainYes = (response: unknown): boolean =>
	response === undefined ||
	response === null ||
	response === '' ||
	response === true ||
	(typeof response === 'object' && Object.keys(response).length === 0);
