import type { IDataObject } from 'n8n-workflow';
import type { Polled, Trigger, TriggerOptions } from '../harness/trigger';
import type { OdinRuns } from './odinRuns';

/** The group that tests of the trigger change things in. */
export const HQ = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };

export const NOTHING: Polled = { items: [], errors: [] };

/** A trigger that is not published yet; it watches the trunk groups of the group unless told otherwise. */
export const triggerOf = (
	odin: OdinRuns,
	parameters: IDataObject = {},
	options: Partial<TriggerOptions> = {},
): Trigger =>
	odin.engine.trigger({ node: 'odinTrigger', ...options, parameters: { ...HQ, ...parameters } });

/** A published trigger, which has nothing to tell yet. */
export async function published(
	odin: OdinRuns,
	parameters: IDataObject = {},
	options: Partial<TriggerOptions> = {},
): Promise<Trigger> {
	const trigger = triggerOf(odin, parameters, options);
	expect(await trigger.publish()).toEqual(NOTHING);
	odin.forget();
	return trigger;
}

/** What is told of each trunk group, as one line. */
export const lines = ({ items }: Polled): string[] =>
	items.map(({ groupId, name, change, changes }) =>
		[
			`${String(groupId)}/${String(name)} ${String(change)}`,
			...(changes as Array<Record<string, unknown>>).map(
				({ field, from, to }) => `${String(field)} ${String(from)} → ${String(to)}`,
			),
		].join(', '),
	);
