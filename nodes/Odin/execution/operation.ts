import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ResourceModel } from '../model/resourceModel';
import type { OdinError } from '../transport/odinError';
import type { OdinClient } from '../transport/odinClient';
import type { ItemParameters } from './parameters';

/** One item, read and checked, ready to be carried out. Nothing has been sent yet. */
export interface PreparedItem {
	/** What it is about, e.g. "trunk group 'x' in group 'g' of service provider 's'" */
	subject: string;
	/** The new thing that it makes. Items of one batch must differ in its key */
	creates?: CreatedResource;
	/** Items with the same key are carried out one after the other, in input order */
	orderKey?: string;
	/** What was unusual in the parameters */
	hints?: string[];
	/**
	 * What only Odin can tell of an item that can't be carried out beside the others. Asked in input order, before the first
	 * item is carried out; writes nothing. Throws OdinError of kind `parameter`; what else goes wrong, the item says later.
	 */
	check?(odin: OdinClient): Promise<void>;
	/** Carries it out and returns the json of the output items; throws OdinError. */
	run(odin: OdinClient, hint: (message: string) => void): Promise<IDataObject[]>;
}

/** What an item brings into being. */
export interface CreatedResource {
	key: string;
	/** E.g. "trunk group 'x' in group 'g' of service provider 's'" */
	text: string;
	/** Label of the parameter that names it */
	label: string;
}

/** One operation: what the form shows, how an item is prepared and how it is carried out. */
export interface Operation {
	/** Stored in workflows; never renamed */
	value: string;
	name: string;
	/** Text in the list of actions */
	action: string;
	description: string;
	/** What an AI that builds workflows should know before it chooses this operation */
	builderHint?: string;
	/** Without display options for resource and operation: those are added in one place */
	properties: INodeProperties[];
	/** Reads and checks the parameters of one item; what can't be used is added to `parameters.issues`. */
	prepare(parameters: ItemParameters): PreparedItem;
}

/** The part of an operation that works on items. */
export type Preparation = Pick<Operation, 'prepare'>;

/** A noun of the API with its operations. */
export interface Resource {
	value: string;
	name: string;
	/** Of one that has records with a profile */
	model?: ResourceModel;
	operations: Operation[];
	/** The operation that is chosen at first */
	defaultOperation: Operation;
}

/** One item of the batch on its way: what is to be done, or why it can't be done. */
export type Step = { prepared: PreparedItem } | { failure: OdinError; subject?: string };

/** What became of one item. */
export type ItemResult =
	/** `hints`: what was unusual while it was carried out */
	| { json: IDataObject[]; hints: string[] }
	/**
	 * `isUnknown`: a write of it was sent, and may or may not have been carried out. `isFinal`: Retry On Fail must not send
	 * it again, since nobody could tell what that would do
	 */
	| { failure: OdinError; isUnknown?: boolean; isFinal?: boolean };

/** What is known of one item in the end. */
export interface ItemOutcome {
	/** Undefined for an item that could not be read, or was not */
	subject: string | undefined;
	/** Undefined for an item that was not tried */
	result: ItemResult | undefined;
}
