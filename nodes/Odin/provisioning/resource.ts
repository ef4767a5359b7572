import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../execution/parameters';
import type { Payload } from '../model/payload';
import type { Key } from '../model/key';
import type { ResourceModel } from '../model/resourceModel';
import type { OdinClient } from '../transport/odinClient';
import type { OdinError } from '../transport/odinError';
import type { Issue } from '../values/issues';
import type { JsonObject, JsonValue } from '../values/json';

/** What an item says of a password, which Odin never returns. */
export interface PasswordInput {
	/** The form entries that count, the password among them where it is given */
	entries: Record<string, unknown>;
	/** Values that give way to Payload, since the form always has them */
	overridableDefaults?: Record<string, JsonValue>;
	/** It is made when the request is sent */
	generate: boolean;
	/** An existing record gets it */
	setOnExisting: boolean;
	/** One is named, but an existing record does not get it */
	ignoredOnExisting: boolean;
}

export type PasswordWrite = 'create' | 'upsert' | 'update';

/** The password of a resource: where it stands in a request, what the form has for it, who makes one. */
export interface PasswordHook {
	/** The field that holds it, or that it is a part of */
	field: string;
	/** The form of a new record, of one that may exist, and of an existing one */
	properties: Record<PasswordWrite, INodeProperties[]>;
	options: INodeProperties[];
	read(parameters: ItemParameters, payload: Payload, write: PasswordWrite): PasswordInput;
	/** What is missing of one that is to be set; `given` is what the item names */
	issues(input: PasswordInput, given: JsonValue | undefined): Issue[];
	generate?(odin: OdinClient, key: Key, values: Record<string, unknown>): Promise<string>;
	/** Said where one is named and an existing record keeps its own */
	notSet: string;
	/** Refuses to generate one that is in no output, where nobody could set another */
	lost?: string;
}

/** A check of what is about to be written, which a person turns on. */
export interface CheckHook {
	option: INodeProperties;
	/** Throws OdinError. */
	run(odin: OdinClient, key: Key, body: JsonObject): Promise<void>;
}

/** What a record is freed of before it is deleted. */
export interface Release {
	changes: IDataObject[];
	hints: string[];
	carryOut(): Promise<void>;
	/** A deletion that did not succeed after the release was carried out: says what was done and how it was before. */
	explain(error: OdinError): OdinError;
}

/** What stands in the way of a deletion, and what a person may choose to do about it. */
export interface DeletionHook {
	/** Switches among the options, handed to `plan` by their names */
	options: INodeProperties[];
	/**
	 * What must be done first. Throws OdinError while the record is in use and is not to be freed. `earlier`: that of an
	 * earlier try of the node, which perhaps came half-way.
	 */
	plan(
		odin: OdinClient,
		key: Key,
		profile: Record<string, unknown>,
		{ flags, earlier }: { flags: Record<string, boolean>; earlier: Release | undefined },
	): Promise<Release | undefined>;
}

/** Who refers to a record by its name, as far as that was looked for. */
export interface Referrers {
	/** As the output shows them */
	references: IDataObject[];
	/** What a person should know of them before the record is deleted or gets another name, and of what was not looked at */
	hints: string[];
}

/** Looks, for a batch of items, who refers to records that are deleted or renamed. */
export interface ReferenceWatch {
	/** Does not throw: what can't be read holds nothing up, and is a hint. */
	before(odin: OdinClient, key: Key, change: 'delete' | 'rename'): Promise<Referrers>;
	/** What became of them once it is renamed, as hints. Does not throw. */
	renamed(odin: OdinClient, referrers: Referrers, keys: { from: Key; to: Key }): Promise<string[]>;
	/** It is gone, and so are the references that it had. */
	deleted(key: Key): void;
}

/** A resource model with what its form needs and what is truly its own. Hooks are rare; flags on fields are not. */
export interface Provisioned extends ResourceModel {
	/** The parameter that names a new record, and the one that points at an existing one */
	form: { newId: string; locator: INodeProperties };
	password?: PasswordHook;
	check?: CheckHook;
	deletion?: DeletionHook;
	/** For a batch of items, where others refer to the record by its name */
	references?: () => ReferenceWatch;
}
