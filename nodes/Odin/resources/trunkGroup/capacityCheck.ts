import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { CheckHook } from '../../provisioning/resource';
import { trunkGroupFields } from './fields';
import { isObject, type JsonObject } from '../../values/json';
import { groupText, type GroupKey } from '../../model/key';
import { OdinError } from '../../transport/odinError';
import type { OdinClient } from '../../transport/odinClient';
import { capacityPath, isUnlimited } from '../callCapacity/capacity';
import { countOf } from '../../values/wireValues';

/** Fields of a trunk group that the group's field of the same name is the ceiling of. */
const LIMITED = ['maxActiveCalls', 'burstingMaxActiveCalls'];

/**
 * Compares what is about to be written with the call capacity of the group. Each trunk group must fit under the
 * ceiling; their sum need not (the API's report shows groups that are oversubscribed). Throws OdinError.
 */
async function checkCapacity(
	odin: OdinClient,
	{ serviceProviderId, groupId }: GroupKey,
	body: JsonObject,
): Promise<void> {
	const wanted = LIMITED.filter((name) => typeof body[name] === 'number');
	if (wanted.length === 0 && body.enableBursting !== true) return;
	const capacity = await odin.request({
		method: 'GET',
		path: capacityPath('group'),
		query: { serviceProviderId, groupId },
		purpose: `read the call capacity of ${groupText({ serviceProviderId, groupId })}`,
	});
	const ceilings = isObject(capacity) ? capacity : {};
	for (const name of wanted) {
		const ceiling = countOf(ceilings[name]);
		if (ceiling !== null && (isUnlimited(ceiling) || Number(body[name]) <= ceiling)) continue;
		const asked = `'${trunkGroupFields.get(name).label}' ${String(body[name])}`;
		const details = { field: name, requested: body[name], available: ceiling };
		throw ceiling === null
			? notKnown(
					`${asked} can't be checked: Odin does not report the call capacity of group '${groupId}'`,
					details,
				)
			: tooMuch(
					`${asked} does not fit: the call capacity of group '${groupId}' is ${ceiling}`,
					details,
				);
	}
	if (body.enableBursting === true && countOf(ceilings.burstingMaxActiveCalls) === 0) {
		throw tooMuch(
			`'${trunkGroupFields.get('enableBursting').label}' does not fit: group '${groupId}' has no bursting capacity, 0 calls are available`,
			{ field: 'enableBursting', requested: true, available: 0 },
		);
	}
}

const refusalWith = (description: string) => (message: string, details: IDataObject) =>
	new OdinError({
		kind: 'parameter',
		message,
		effect: 'Nothing was written',
		description,
		details,
	});

const tooMuch = refusalWith(
	"Lower the value, or raise the group's call capacity first (resource 'Call Capacity', operation 'Update')",
);

const notKnown = refusalWith(
	"Set the group's call capacity first (resource 'Call Capacity', operation 'Update'), or turn off 'Check Capacity' in the options",
);

const option: INodeProperties = {
	displayName: 'Check Capacity',
	name: 'checkCapacity',
	type: 'boolean',
	default: true,
	description:
		"Whether to compare max active calls and bursting with the group's call capacity first. Nothing is written when they do not fit.",
};

export const capacityCheck: CheckHook = { option, run: checkCapacity };
