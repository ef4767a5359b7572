import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { listSearch, poll, triggerProperties } from '../Odin/trigger';

export class OdinTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Odin Trigger',
		name: 'odinTrigger',
		icon: { light: 'file:../../icons/odin.svg', dark: 'file:../../icons/odin.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ ({ trunkGroupChanged: "Trunk group changed", trunkGroupState: "Trunk group state", callCapacityUsed: "Call capacity used", registrationLost: "Registration lost" })[$parameter["event"]] }}',
		description: 'Starts the workflow when a BroadWorks trunk group changes in Odin',
		defaults: { name: 'Odin Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'odinApi', required: true }],
		properties: triggerProperties,
	};

	methods = { listSearch };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
