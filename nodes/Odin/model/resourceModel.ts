import type { JsonObject } from '../values/json';
import type { Catalogue } from './field';
import type { Key } from './key';

/** A collection of the form, as the portal groups the fields. */
export interface Section {
	/** Its name in the form, which `Field.section` refers to */
	name: string;
	label: string;
}

/** One column of the short form of a profile. */
export interface SummaryColumn {
	name: string;
	/** The field that it shows; the one of this name by default */
	field?: string;
	/** The part of an object field, with dots where it stands in an object inside it */
	part?: string;
}

/** What a request carries beside what was named: values that follow from others, objects that Odin takes whole. */
export interface Completion {
	/** Fields of which a change must know what is stored */
	dependsOnStored: readonly string[];
	/** `current` is what is stored of an existing record */
	complete(body: JsonObject, key: Key, current: Record<string, unknown> | undefined): JsonObject;
}

/**
 * What the node knows of one kind of record in Odin: how it is named, what it is known by, its fields. Everything that
 * creating, updating, comparing and showing it has in common is derived from this.
 */
export interface ResourceModel {
	/** Stored in workflows; never renamed */
	value: string;
	/** In messages, e.g. 'trunk group' */
	noun: string;
	/** In the form, e.g. 'Trunk Group' */
	label: string;
	/** Below the base URL; GET reads one or lists all, POST creates, PUT changes, DELETE deletes */
	path: string;
	/** The field that names a record within its group */
	id: string;
	/** The id is unique in the whole system: reading, changing and deleting take it alone */
	isIdAlone?: true;
	/** The field of an update that renames */
	rename?: string;
	fields: Catalogue;
	sections: readonly Section[];
	/** The columns of its list beside the key, where each is one text */
	row?: readonly string[];
	/** The most useful fields; service provider, group and id come before them */
	summary: readonly SummaryColumn[];
	completion?: Completion;
}
