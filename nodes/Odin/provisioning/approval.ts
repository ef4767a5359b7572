import type { IDataObject } from 'n8n-workflow';
import type { ItemParameters } from '../execution/parameters';
import { namedKey } from '../model/key';
import type { Wanted } from '../model/reconcile';
import type { ResourceModel } from '../model/resourceModel';
import { MASK } from '../secrets/redact';
import type { OdinClient } from '../transport/odinClient';
import { OdinError } from '../transport/odinError';
import { isSameSignature } from '../transport/signer';
import { canonical } from '../values/canonical';
import { cut, isAbsent, quoted, someOf } from '../values/text';
import { planIdOption, previewOnlyOption, requirePlanIdOption } from './options';
import { preview, type Plan } from './preview';

/** Four signatures: of what is asked, of what is sent for it, of the whole plan, and of what it leaves as it is. */
const PLAN_ID = /^[0-9a-f]{24}(-[0-9a-f]{24}){3}$/;

/** What counts of a plan: of one request, or of several steps. */
type WholePlan = Omit<Partial<Plan>, 'outcome'> & {
	outcome: string;
	steps?: readonly StepOfPlan[];
	/** Of the undo of a record: what it does not give back */
	stays?: readonly object[];
};

interface StepOfPlan {
	subject: string;
	outcome: string;
	changes?: IDataObject[] | undefined;
}

/**
 * What an item says of plans. A preview carries a plan ID; a write that is given one is carried out only where its own plan
 * is that very one: the request, and the state that it starts from. That is whether the record exists and what is stored in
 * the fields that change, nothing else.
 */
export class Approval {
	/** In which try of the node the plan was found to be the approved one */
	private admittedIn: OdinClient | undefined;

	constructor(
		readonly previewOnly: boolean,
		private readonly planId: string | undefined,
		/** Keys and wanted values: the same whatever Odin shows */
		private readonly asked: object,
	) {}

	/** Whether the write depends on its plan. */
	get isGiven(): boolean {
		return this.planId !== undefined;
	}

	/** The output of a write with Preview Only. `plan` has its passwords unmasked; they count in the plan ID. */
	async preview(
		odin: OdinClient,
		key: Record<string, string | null>,
		plan: Plan & WholePlan,
	): Promise<IDataObject> {
		return { ...preview(key, plan), planId: await this.planIdOf(odin, plan) };
	}

	async planIdOf(odin: OdinClient, plan: WholePlan): Promise<string> {
		const { outcome, changes, request, query, steps, stays = [] } = plan;
		const whole = { outcome, changes, request, query, steps };
		const counted = [this.asked, request?.body, whole, stays];
		const signatures = counted.map(async (part) => await odin.sign(canonical(part ?? null)));
		return (await Promise.all(signatures)).join('-');
	}

	/**
	 * Lets the approved plan pass, before anything is written; so does one whose result Odin already shows (`isDone`), with
	 * nothing else left as it is than was approved. Throws OdinError for any other. An item that was under way in an earlier
	 * try of the node goes on: what Odin shows now may be its own doing.
	 */
	async admit(
		odin: OdinClient,
		subject: string,
		plan: WholePlan,
		isDone = plan.outcome === 'unchanged',
	): Promise<void> {
		if (this.planId === undefined || this.admittedIn?.mayHaveChanged) return;
		const [asked = '', , whole = '', stays = ''] = (await this.planIdOf(odin, plan)).split('-');
		const [approved = '', sent = '', approvedWhole = '', approvedStays = ''] =
			this.planId.split('-');
		// Who asks for the request of a preview asks for the same.
		const isAsked = isSameSignature(asked, approved) || isSameSignature(asked, sent);
		const isOver = isAsked && isDone && isSameSignature(stays, approvedStays);
		if (!isSameSignature(whole, approvedWhole) && !isOver) {
			throw isAsked ? stateDiffers(subject, plan) : requestDiffers(subject);
		}
		this.admittedIn = odin;
	}
}

const stateDiffers = (subject: string, plan: WholePlan): OdinError =>
	new OdinError({
		kind: 'planDiffers',
		message: `The state in Odin has changed since the preview of ${subject}, so the plan was not carried out`,
		effect: 'Nothing was written',
		description: `${nowText(plan)}. Preview it again, and let the new plan be approved`,
		details: { differs: 'state', outcome: plan.outcome, changes: plan.changes ?? [] },
	});

const MAX_NAMED = 10;
const MAX_STEPS = 5;
const MAX_OF_STEP = 3;

/** What the same request would do now. */
function nowText({ outcome, changes = [], steps }: WholePlan): string {
	const text = steps
		? someOf(steps.filter(({ outcome: of }) => CHANGES.includes(of)).map(stepText), '; ', MAX_STEPS)
		: someOf(changes.map(changeText), ', ', MAX_NAMED);
	return `The same request would now result in '${outcome}'${text === '' ? '' : ` (${text})`}`;
}

const CHANGES: readonly string[] = ['created', 'updated', 'removed', 'deleted'];

/** Steps of several subjects change fields of one name: each subject is named, once. */
const stepText = ({ subject, outcome, changes = [] }: StepOfPlan): string =>
	`${subject}: ${changes.length === 0 ? outcome : someOf(changes.map(changeText), ', ', MAX_OF_STEP)}`;

/** Of services and numbers the field is always the same. */
function changeText({ field, serviceName, min, max, from, to }: IDataObject): string {
	const which = [serviceName ?? min, max].filter((one) => typeof one === 'string').join(' - ');
	return `${String(field)}${which && ` ${quoted(which)}`} ${shown(from)} → ${shown(to)}`;
}

const shown = (value: unknown): string =>
	value === MASK ? MASK : cut(JSON.stringify(value ?? null));

const requestDiffers = (subject: string): OdinError =>
	new OdinError({
		kind: 'planDiffers',
		message: `'${planIdOption.displayName}' belongs to a different request, not to this one for ${subject}`,
		effect: 'Nothing was written',
		description:
			'Operation, IDs and values must be those of the preview, and so must the credential. Preview this request, and use the plan ID of that preview',
		details: { differs: 'request' },
	});

/**
 * Reads what an item says of plans; what can't be used is added to the issues of `parameters`. `asked` is what the item
 * names: keys and values, passwords among them, and that one is to be generated.
 */
export function readApproval(parameters: ItemParameters, asked: object): Approval {
	const flag = ({ name, displayName }: { name: string; displayName: string }) =>
		parameters.optionFlag(name, displayName);
	const previewOnly = flag(previewOnlyOption);
	const isRequired = flag(requirePlanIdOption);
	const planId = previewOnly ? undefined : readPlanId(parameters, isRequired);
	return new Approval(previewOnly, planId, asked);
}

/**
 * What an item names of a record, as `readApproval` takes it and as a request names it. Whether form or payload names it does
 * not count, nor does what nobody touched in the form.
 */
export const askedRecord = (
	model: ResourceModel,
	{ key, desired, generatedPassword, onlyWhenNew = new Set() }: Asked,
): object => ({
	...namedKey(model, key),
	...Object.fromEntries(
		[...desired.fields]
			.filter(([name]) => !onlyWhenNew.has(name))
			.map(([name, { value }]) => [name, value]),
	),
	...Object.fromEntries(desired.unknownKeys),
	...(generatedPassword !== undefined && { [generatedPassword]: MASK }),
});

type Asked = Pick<Wanted, 'key' | 'desired' | 'generatedPassword'> & Partial<Wanted>;

function readPlanId(parameters: ItemParameters, isRequired: boolean): string | undefined {
	const { name, displayName: label } = planIdOption;
	const options = parameters.collection('options');
	const given = options[name];
	if (isAbsent(given)) {
		const isEmpty = Object.hasOwn(options, name);
		if (isEmpty) {
			const reason = 'is empty: give it the planId of a preview, or remove it from the options';
			parameters.issues.push({ label, reason });
		} else if (isRequired) {
			const reason = `is needed, since '${requirePlanIdOption.displayName}' is on: preview the write first`;
			parameters.issues.push({ label, reason });
		}
		return undefined;
	}
	const planId = String(parameters.given({ name, label, type: 'text' }, given) ?? '').toLowerCase();
	if (PLAN_ID.test(planId)) return planId;
	parameters.issues.push({ label, reason: 'is not a plan ID: give it the planId of a preview' });
	return undefined;
}
