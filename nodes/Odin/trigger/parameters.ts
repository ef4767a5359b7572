import type { IPollFunctions } from 'n8n-workflow';
import { ItemParameters, ParameterSource, type ParameterContext } from '../execution/parameters';
import { isKeyField } from '../model/key';
import { readServiceProviderId } from '../provisioning/scope';
import { trunkGroupModel } from '../resources/trunkGroup/model';
import { issuesText } from '../values/issues';
import { readList } from '../values/list';
import { wireText } from '../values/wireValues';
import { OdinError } from '../transport/odinError';
import type { OdinSettings } from '../transport/odinClient';
import { readSettings } from '../execution/settings';
import type { Limits } from '../watch/callCapacity';
import { watchColumns } from '../watch/fields';

export const EVENTS = [
	'trunkGroupChanged',
	'trunkGroupState',
	'callCapacityUsed',
	'registrationLost',
] as const;

export type EventName = (typeof EVENTS)[number];

/** As the form has them. */
const DEFAULT_LIMITS: Limits = { threshold: 80, hysteresis: 10 };

/** What Simplify shows of a trunk group. */
export const DEFAULT_FIELDS: readonly string[] = trunkGroupModel.summary.map(({ name }) => name);

export interface Wanted extends Limits {
	event: EventName;
	serviceProviderId: string;
	/** Empty: all groups of the service provider */
	groupId: string;
	watchFields: readonly string[];
	settings: OdinSettings;
}

/** What the node is set to. Throws OdinError for what cannot be used. */
export function readWanted(context: IPollFunctions): Wanted {
	const parameters = new ItemParameters(new ParameterSource(withoutItems(context)), 0);
	const percent = (name: keyof Limits, label: string, min: number, max: number): number =>
		Number(
			parameters.given({ name, label, type: 'integer', min, max }, parameters.read(name)) ??
				DEFAULT_LIMITS[name],
		);
	const wanted: Wanted = {
		event: (parameters.given(
			{ name: 'event', label: 'Event', type: 'choice', choices: EVENTS },
			parameters.read('event'),
		) ?? EVENTS[0]) as EventName,
		serviceProviderId: readServiceProviderId(parameters),
		groupId: wireText(
			parameters.given(
				{ name: 'groupId', label: 'Group', type: 'text', maxLength: 30, isName: true },
				parameters.locator('groupId'),
			),
		),
		threshold: percent('threshold', 'Threshold', 1, 1000),
		hysteresis: percent('hysteresis', 'Hysteresis', 0, 1000),
		watchFields: readWatchFields(parameters),
		settings: readSettings(parameters),
	};
	if (parameters.issues.length === 0) return wanted;
	throw new OdinError({
		kind: 'parameter',
		message: issuesText(parameters.issues),
		effect: 'Nothing was read',
		description: 'Correct the value in the trigger',
	});
}

function readWatchFields(parameters: ItemParameters): readonly string[] {
	const raw = parameters.read('watchFields');
	if (raw === null || raw === undefined) return DEFAULT_FIELDS;
	const given = readList(raw);
	const { list, isExplicitlyEmpty } =
		'list' in given ? given : { list: [], isExplicitlyEmpty: false };
	// Nothing chosen: only that a trunk group is created or deleted counts.
	if (isExplicitlyEmpty) return [];
	if (list.length === 0) return DEFAULT_FIELDS;
	// The key is part of the short profile, too; another one is another trunk group.
	const names = list.map(wireText).filter((name) => !isKeyField(trunkGroupModel, name));
	const known = new Set(watchColumns(trunkGroupModel).map(({ name }) => name));
	const unknown = names.filter((name) => !known.has(name));
	if (unknown.length > 0) {
		parameters.issues.push({
			label: 'Watch Fields',
			reason: `names ${unknown.map((name) => `'${name}'`).join(', ')}, which can't be watched`,
		});
	}
	return [...new Set(names)];
}

/** A poll has no items: the same parameters for the one that is read. n8n evaluates its expressions. */
const withoutItems = (context: IPollFunctions): ParameterContext => ({
	getNode: () => ({ parameters: {} }),
	getNodeParameter: (name, _item, byDefault) => context.getNodeParameter(name, byDefault),
	evaluateExpression: () => undefined,
	getInputData: () => [],
	getWorkflowDataProxy: () => ({}),
});
