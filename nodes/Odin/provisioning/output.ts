import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../execution/parameters';
import { keyShown, outputKey, type Key } from '../model/key';
import type { ResourceModel } from '../model/resourceModel';
import { summarise } from '../model/summary';
import { withoutSecrets } from '../secrets/redact';
import { readList } from '../values/list';
import type { Profile } from './read';

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
 * `isShort`: a workflow gets the short profile by default.
 */
export const outputProperties = ({ fields }: ResourceModel, isShort = false): INodeProperties[] => [
	{ ...simplify, default: isShort },
	output,
	{
		displayName: 'Output Fields',
		name: 'outputFields',
		type: 'multiOptions',
		options: fields.all
			.filter(({ readable, secret }) => readable && !secret)
			.map(({ name, label }) => ({ name: label, value: name }))
			.sort((one, other) => one.name.localeCompare(other.name)),
		default: [],
		description: 'The fields of the response that the agent gets besides the IDs and the name',
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
		const names = readList(parameters.read('outputFields'));
		const fields = 'list' in names ? names.list.map(String) : [];
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

export interface ProfileShape {
	output: OutputShape;
	/** The password that was set, when the output is to contain it */
	password?: Record<string, unknown>;
}

/** A profile for the output, its key first: without a password, unless it was asked for. */
export const shapeProfile = (
	model: ResourceModel,
	key: Key,
	profile: Profile,
	{ output, password }: ProfileShape,
): IDataObject => ({ ...shown(model, key, profile, output), ...password }) as IDataObject;

/** A profile that has only some fields has null for what Odin does not show. */
function shown(
	model: ResourceModel,
	key: Key,
	profile: Profile,
	output: OutputShape,
): Record<string, unknown> {
	if (output.shape === 'simplified') {
		return summarise(model, keyShown(model, key, profile), profile);
	}
	const named = outputKey(model, key, profile);
	const whole: Record<string, unknown> = { ...named, ...withoutSecrets(profile) };
	if (output.shape === 'raw') return whole;
	const names = new Set([...Object.keys(named), ...output.fields]);
	return Object.fromEntries(
		[...names].map((name) => [name, Object.hasOwn(whole, name) ? (whole[name] ?? null) : null]),
	);
}
