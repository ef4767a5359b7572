import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { ItemParameters } from '../execution/parameters';
import { isAbsent } from '../model/convert';

/** How much of a profile an operation puts out. */
export type OutputShape =
	| { shape: 'simplified' }
	| { shape: 'raw' }
	/** The fields beside the key, which is always there */
	| { shape: 'selected'; fields: string[] };

const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: false,
	description: 'Whether to return a simplified version of the response instead of the raw data',
	displayOptions: { hide: { '@tool': [true] } },
};

const output: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{
			name: 'Simplified',
			value: 'simplified',
			description: 'The most useful fields, ten at most',
		},
		{ name: 'Raw', value: 'raw', description: 'Every field that Odin returns' },
		{
			name: 'Selected Fields',
			value: 'selected',
			description: 'The fields chosen below, after the IDs and the name',
		},
	],
	default: 'simplified',
	description: 'How much of the response the agent gets. Every field fills its context.',
	displayOptions: { show: { '@tool': [true] } },
};

/**
 * Simplify for a workflow; for a tool of an agent Output in its place, by n8n's rules.
 *
 * @param fields those that a profile may have, by their labels
 * @param isShort whether a workflow gets the short profile by default
 */
export const outputProperties = (
	fields: INodePropertyOptions[],
	isShort = false,
): INodeProperties[] => [
	{ ...simplify, default: isShort },
	output,
	{
		displayName: 'Output Fields',
		name: 'outputFields',
		type: 'multiOptions',
		options: fields,
		default: [],
		description: 'The fields of the response that the agent gets beside the IDs and the name',
		displayOptions: { show: { '@tool': [true], output: ['selected'] } },
	},
];

/** How much an item puts out; `isShort` counts where the form gives nothing. */
export function readOutput(parameters: ItemParameters, isShort = false): OutputShape {
	// In a workflow it is not shown, and then n8n does not hand it over.
	const shape = parameters.given(
		{
			name: 'output',
			label: 'Output',
			type: 'choice',
			choices: ['simplified', 'raw', 'selected'],
		},
		parameters.read('output'),
	);
	if (shape === 'selected') {
		const fields = namesIn(parameters.read('outputFields'));
		if (fields.length === 0) {
			parameters.issues.push({ label: 'Output Fields', reason: 'is needed' });
		}
		return { shape, fields };
	}
	if (shape === 'simplified' || shape === 'raw') return { shape };
	const isSimplified = parameters.flag(
		'simplify',
		'Simplify',
		parameters.read('simplify'),
		isShort,
	);
	return { shape: isSimplified ? 'simplified' : 'raw' };
}

/** Names as a list, as JSON of one, or separated by commas: an agent may write either. */
function namesIn(given: unknown): string[] {
	const list = Array.isArray(given) ? given : String(given ?? '').split(/[[\]",\s]+/);
	return list.filter((name) => !isAbsent(name)).map((name) => String(name).trim());
}

/**
 * A profile in its shape. One that has only some fields begins with its key and has null for what Odin does not show.
 *
 * @param simplified what is left of a profile when it is simplified
 */
export function shaped(
	profile: IDataObject,
	output: OutputShape,
	{ key, simplified }: { key: readonly string[]; simplified(profile: IDataObject): IDataObject },
): IDataObject {
	if (output.shape === 'raw') return profile;
	if (output.shape === 'simplified') return simplified(profile);
	const names = [...new Set([...key, ...output.fields])];
	return Object.fromEntries(
		names.map((name) => [name, Object.hasOwn(profile, name) ? (profile[name] ?? null) : null]),
	);
}
