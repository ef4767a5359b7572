import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { trunkGroupModel } from '../resources/trunkGroup/model';
import { shapeProfile } from '../provisioning/output';
import { redactOutput } from '../secrets/output';
import type { OdinClient } from '../transport/odinClient';
import type { WatchEvent } from '../watch/advance';
import type { EventName } from './parameters';
import { keyOf } from './trunkGroups';

/** What an item tells beside what has changed. */
interface Told extends Omit<WatchEvent, 'name'> {
	/** The name of the trunk group */
	name: string;
	event: EventName;
	serviceProviderId: string;
	/** Milliseconds of the clock of n8n: Odin's is nobody's */
	detectedAt: number;
	/** Further facts */
	more?: IDataObject;
}

/** What starts the workflow, without secrets. */
export function itemOf(odin: OdinClient, told: Told): INodeExecutionData {
	const { event, serviceProviderId, groupId, name, change, changes, profile, more } = told;
	const json: IDataObject = {
		event,
		serviceProviderId,
		groupId,
		name,
		change,
		changes: changes.map((one) => ({ ...one })),
		trunkGroup: profile
			? shapeProfile(trunkGroupModel, keyOf(serviceProviderId, told), profile, {
					output: { shape: 'raw' },
				})
			: null,
		detectedAt: new Date(told.detectedAt).toISOString(),
		...more,
	};
	return { json: redactOutput(json, odin.secrets) };
}
