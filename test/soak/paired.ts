import type { INodeExecutionData } from 'n8n-workflow';

/** The number of the input item that an output item belongs to; -1 where it tells none. */
export const itemIndex = ({ pairedItem }: INodeExecutionData): number =>
	typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? pairedItem.item : -1;
