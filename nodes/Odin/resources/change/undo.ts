import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Operation, PreparedItem } from '../../execution/operation';
import type { ItemParameters } from '../../execution/parameters';
import { keyText, outputKey, recordText, type Key } from '../../model/key';
import { readApproval, type Approval } from '../../provisioning/approval';
import type { Hint } from '../../provisioning/input';
import { optionsCollection, planOptions } from '../../provisioning/options';
import { shapeProfile } from '../../provisioning/output';
import { find, type Profile } from '../../provisioning/read';
import type { Provisioned, ReferenceWatch } from '../../provisioning/resource';
import { stay, type Back, type Stay } from '../../provisioning/takeBack';
import { secretsIn } from '../../secrets/redact';
import type { OdinClient } from '../../transport/odinClient';
import { OdinError, sentences } from '../../transport/odinError';
import { capitalised } from '../../values/text';
import { unlessService } from '../sipTrunk/state';
import { stayText, takeBackStep } from '../sipTrunk/undo';
import { provisionedTrunkGroup } from '../trunkGroup';
import { TrunkGroupReferences } from '../trunkGroup/referenceWatch';
import { Departures } from './departures';
import { readLeft, type LeftRecord, type LeftTrunk } from './left';
import { planRecord } from './record';
import { placeOf, planTrunk, stepShown, type StepBack } from './trunk';

const before: INodeProperties = {
	displayName: 'Item to Undo',
	name: 'before',
	type: 'json',
	default: '={{ $json }}',
	required: true,
	description:
		"An output item of 'Create or Update' or of 'Turn Up', also of a turn-up that was not completed. What it changed gets the values back that it had before, as long as Odin shows what the item left; all else stays.",
};

export const undo: Operation = {
	name: 'Undo',
	value: 'undo',
	action: 'Undo change',
	description:
		'Restore what was there before Create or Update or Turn Up, unless it has changed since',
	builderHint:
		'Takes a whole output item of upsert or turnUp, or the error item of turnUp. Preview with options.previewOnly first. A second run writes nothing.',
	properties: [before, optionsCollection(...planOptions)],
	prepare,
};

/** One undo, with what it has begun, also in an earlier try of the node. */
interface Undoing<Of> {
	left: Of;
	approval: Approval;
	begun: Map<string, Back>;
	/** Where trunk groups of the enterprise are rerouted to, for the whole batch */
	watch: ReferenceWatch;
}

function prepare(parameters: ItemParameters): PreparedItem {
	const raw = parameters.read(before.name);
	const left = readLeft(raw);
	if ('refused' in left) {
		parameters.issues.push({ label: before.displayName, reason: left.refused });
		return { subject: 'the undo of an item', run: async () => [] };
	}
	const { model = provisionedTrunkGroup, key }: { model?: Provisioned; key: Key } = left;
	const told = { ...left, model: model.value };
	const approval = readApproval(parameters, told);
	const begun = new Map<string, Back>();
	const watch = parameters.shared(() => new TrunkGroupReferences(), 'references');
	const place = [key.serviceProviderId, key.groupId];
	return {
		subject: recordText(model, key),
		// What a turn-up did to its group, the next item must see.
		orderKey: 'model' in left ? keyText(model, key) : JSON.stringify(['sipTrunk', ...place]),
		async run(odin, hint) {
			for (const secret of secretsIn(told)) odin.keepSecret(secret);
			return [
				await ('model' in left
					? undoRecord(odin, { left, approval, begun, watch }, hint)
					: undoTrunk(odin, { left, approval, begun, watch }, hint)),
			];
		},
	};
}

async function undoRecord(
	odin: OdinClient,
	{ left, approval, begun, watch }: Undoing<LeftRecord>,
	hint: Hint,
): Promise<IDataObject> {
	const { model, key } = left;
	const watched = model.references && watch;
	const { back, profile } = await planRecord(odin, left, watched);
	hintsOf(back).forEach(hint);
	if (approval.previewOnly) {
		const preview = await approval.preview(odin, outputKey(model, key, profile), back);
		return { ...preview, stays: shownStays(back.stays) };
	}
	await approval.admit(odin, recordText(model, key), back);
	if (back.outcome === 'unchanged') {
		const earlier = begun.get('');
		// An earlier try of the node did it, and its answer was lost.
		const isDone = earlier?.stays.length === back.stays.length;
		return output(model, key, isDone ? earlier : back, profile);
	}
	begun.set('', back);
	const shown = await back.run(odin);
	if (back.outcome === 'deleted') watched?.deleted(key);
	return output(model, key, back, shown);
}

/** Those of a step name its subject; those of one record need not. */
function hintsOf({ stays, hints = [] }: Back, subject = ''): string[] {
	const about = capitalised(subject);
	const left = about === '' ? 'Left as it is' : `${about}, left as it is`;
	return [
		...stays.map((one) => `${left}: ${stayText(one)}`),
		...hints.map((text) => (about === '' ? text : `${about}: ${text}`)),
	];
}

const shownStays = (stays: readonly Stay[]): IDataObject[] => stays.map((one) => ({ ...one }));

const output = (
	model: Provisioned,
	key: Key,
	{ outcome, changes, stays }: Pick<Back, 'outcome' | 'changes' | 'stays'>,
	profile: Profile | undefined,
): IDataObject => ({
	...outputKey(model, key, profile),
	outcome,
	changes,
	[model.value]: profile ? shapeProfile(model, key, profile, { output: { shape: 'raw' } }) : null,
	stays: shownStays(stays),
});

/** What a plan of all steps comes to. */
function wholeOf(
	steps: readonly StepBack[],
): Back & { steps: Array<ReturnType<typeof stepShown>> } {
	const isGone = steps.some(
		({ step, back }) => step === 'trunkGroup' && back.outcome === 'deleted',
	);
	const isUpdated = steps.some(({ back }) => back.outcome !== 'unchanged');
	return {
		...stay(
			...steps.flatMap(({ step, subject, back }) =>
				back.stays.map((one) => ({ step, subject, ...one })),
			),
		),
		outcome: isGone ? 'deleted' : isUpdated ? 'updated' : 'unchanged',
		changes: steps.flatMap(({ subject, back }) =>
			back.changes.map((change) => ({ subject, ...change })),
		),
		steps: steps.map(stepShown),
	};
}

async function undoTrunk(
	odin: OdinClient,
	undoing: Undoing<LeftTrunk>,
	hint: Hint,
): Promise<IDataObject> {
	const { left, approval, watch } = undoing;
	const { key } = left;
	const planned = await planTrunk(odin, left, watch);
	const whole = wholeOf(planned.steps);
	const { outcome, changes, steps } = whole;
	// What stays of a turn-up is another thing once its users are gone.
	const plan = { outcome, changes, request: null, steps };
	if (approval.previewOnly) {
		hintOn(planned.steps, hint);
		const preview = await approval.preview(odin, outputKey(provisionedTrunkGroup, key), plan);
		return { ...preview, steps, stays: shownStays(whole.stays) };
	}
	await approval.admit(odin, recordText(provisionedTrunkGroup, key), plan);
	const { done, error } = await carryOut(odin, undoing, planned);
	hintOn(done, hint);
	const result = wholeOf(done);
	if (error) throw notAll(error, key, result);
	if (result.outcome === 'deleted') watch.deleted(key);
	const profile = await unlessService(find(odin, provisionedTrunkGroup, key));
	return { ...output(provisionedTrunkGroup, key, result, profile), steps: result.steps };
}

const hintOn = (steps: readonly StepBack[], hint: Hint): void => {
	for (const { subject, back } of steps) {
		hintsOf(back, subject).forEach(hint);
	}
};

/** Takes back one step after the other, each from what Odin shows at its turn; what does not work out stays. */
async function carryOut(
	odin: OdinClient,
	{ left, begun }: Undoing<LeftTrunk>,
	{ steps, users }: Awaited<ReturnType<typeof planTrunk>>,
): Promise<{ done: StepBack[]; error?: OdinError }> {
	const done: StepBack[] = [];
	const gone = new Departures(left, users);
	let first: OdinError | undefined;
	for (const one of steps) {
		const name = JSON.stringify([one.step, one.subject]);
		if (one.back.outcome === 'unchanged' || !one.begun) {
			const earlier = begun.get(name);
			const isDone = earlier && one.back.stays.length === 0;
			done.push(isDone ? { ...one, back: earlier } : one);
			continue;
		}
		begun.set(name, one.back);
		const place = placeOf(left);
		const live = await takeBackStep(odin, place, one.begun, { gone }).catch((error: unknown) => {
			if (error instanceof OdinError) return error;
			throw error;
		});
		if (live instanceof OdinError) first ??= live;
		const back = live instanceof OdinError ? stay({ reason: live.message }) : live;
		gone.note(one.begun.action, back);
		done.push({ ...one, back });
	}
	return { done, ...(first && { error: first }) };
}

const notAll = (
	error: OdinError,
	key: Key,
	{ steps, stays }: { steps: IDataObject[]; stays: Stay[] },
): OdinError => {
	const done = steps.filter(({ outcome }) => outcome !== 'unchanged').length;
	return error.with({
		message: sentences(error.message, `${done} of ${steps.length} steps were taken back`),
		effect: '',
		description: sentences(error.description, 'A second run goes on with the others'),
		details: {
			...error.furtherDetails,
			...outputKey(provisionedTrunkGroup, key),
			undone: steps,
			stays: shownStays(stays),
		},
	});
};
