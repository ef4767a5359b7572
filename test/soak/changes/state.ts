/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { isDeepStrictEqual } from 'node:util';

import type { Network } from '../../../simulator';
import type { Part, Task } from './tasks';

export type Json = Record<string, unknown>;

/** What Odin has of each part of a task; undefined where there is nothing. */
export type State = ReadonlyMap<Part, unknown>;

export const stateOf = (network: Network, { parts }: Pick<Task, 'parts'>): State =>
	new Map(parts.map((part) => [part, copyOf(part.find(network))]));

/** As JSON has it: a field without a value is none. */
export const copyOf = (value: unknown): unknown =>
	value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);

/** Whatever realm the objects come from. */
export const isSame = (one: unknown, other: unknown): boolean =>
	isDeepStrictEqual(copyOf(one), copyOf(other));

/** What is no record has one field without a name. */
const fieldsOf = (value: unknown): Json =>
	value === undefined ? {} : typeof value === 'object' && value ? { ...value } : { '': value };

export const fieldIn = (value: unknown, field: string): unknown => fieldsOf(value)[field];

/** The parts that differ, without those that other items change as well. */
export const changedParts = (one: State, other: State): Part[] =>
	[...one.keys()].filter((part) => !part.isShared && !isSame(one.get(part), other.get(part)));

/** The fields in which two records differ. */
export function changedFields(one: unknown, other: unknown): string[] {
	const names = new Set([one, other].flatMap((record) => Object.keys(fieldsOf(record))));
	return [...names].filter((name) => !isSame(fieldIn(one, name), fieldIn(other, name)));
}

/** Whether both are there or neither, with these fields the same; without fields all of them. */
export const hasSame = (one: unknown, other: unknown, fields?: readonly string[]): boolean =>
	fields
		? (one === undefined) === (other === undefined) &&
			fields.every((field) => isSame(fieldIn(one, field), fieldIn(other, field)))
		: isSame(one, other);
