import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../execution/parameters';
import { keyShown, outputKey, type Key } from '../model/key';
import type { ResourceModel } from '../model/resourceModel';
import { summarise } from '../model/summary';
import { withoutSecrets } from '../secrets/redact';
import type { Profile } from './read';

const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: false,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** Whether an operation shortens the profile. An agent gets the short one: the whole fills its context for nothing. */
export const simplifyProperties: INodeProperties[] = [
	{ ...simplify, displayOptions: { hide: { '@tool': [true] } } },
	{ ...simplify, default: true, displayOptions: { show: { '@tool': [true] } } },
];

/** Whether an item wants the profile shortened; `byDefault` counts where the form gives nothing. */
export const readSimplify = (parameters: ItemParameters, byDefault = false): boolean =>
	parameters.flag('simplify', 'Simplify', parameters.read('simplify'), byDefault);

/** For the operation whose result people look at, short is the default. */
export const simplifyByDefault: INodeProperties = { ...simplify, default: true };

export interface ProfileShape {
	simplify: boolean;
	/** The password that was set, when the output is to contain it */
	password?: Record<string, unknown>;
}

/** A profile for the output, its key first: without a password, unless it was asked for. */
export const shapeProfile = (
	model: ResourceModel,
	key: Key,
	profile: Profile,
	{ simplify, password }: ProfileShape,
): IDataObject =>
	({
		...(simplify
			? summarise(model, keyShown(model, key, profile), profile)
			: { ...outputKey(model, key, profile), ...withoutSecrets(profile) }),
		...password,
	}) as IDataObject;
