import fc from 'fast-check';

import { TRUNK_GROUP_FIELDS } from '../../../simulator/contract/trunkGroupFields';
import { PARTS, type Given } from './askedFor';
import { hostileKey, hostileReference, hostileValue } from './hostileValues';
import { KEY, placesIn, type Kind } from './trunkGroupWrites';
import { contractField, isObject } from './valueRules';

type Json = Record<string, unknown>;

type Slot =
	| { in: 'entries' | 'payload'; name: string; value: unknown }
	| { in: 'wholePayload'; name: string; value: unknown };

export interface Item extends Given {
	/** Payload as JSON text, or as an object */
	payloadIsText: boolean;
	wholePayload?: { value: unknown };
}

function valueFor(name: string): fc.Arbitrary<unknown> {
	const field = contractField(name);
	const parts = field.properties ?? (field.type === 'object' ? { userId: '' } : undefined);
	if (parts) return hostileReference(Object.keys(parts));
	if (name === 'users') {
		return fc.oneof(
			fc.array(hostileReference(['userId', 'lastName']), { maxLength: 3 }),
			hostileValue({}),
		);
	}
	const { min, max, maxLength, enumValues } = field;
	return hostileValue({ min, max, maxLength, choices: enumValues });
}

/** Items that each give one to three hostile values, in the form or in Payload. */
export function itemsOf(kind: Kind): fc.Arbitrary<Item[]> {
	const places = [...placesIn(kind).keys()];
	const slot: fc.Arbitrary<Slot> = fc.oneof(
		{
			weight: 6,
			arbitrary: fc.constantFrom(...places).chain((name) => {
				const field = PARTS.has(name) ? undefined : contractField(name);
				const near = field
					? valueFor(name)
					: hostileValue({ maxLength: 30, choices: ['Group', 'System'] });
				return near.map((value) => ({ in: 'entries' as const, name, value }));
			}),
		},
		{
			weight: 4,
			arbitrary: fc
				.constantFrom(...kind.fields.map(({ name }) => name))
				.chain((name) => valueFor(name).map((value) => ({ in: 'payload' as const, name, value }))),
		},
		{
			weight: 1,
			arbitrary: fc
				.tuple(hostileKey, hostileValue({}))
				.filter(([name]) => !TRUNK_GROUP_FIELDS.some((field) => field.name === name))
				.map(([name, value]) => ({ in: 'payload' as const, name, value })),
		},
		{
			weight: 1,
			arbitrary: hostileValue({}).map((value) => ({
				in: 'wholePayload' as const,
				name: '',
				value,
			})),
		},
	);
	return fc.array(
		fc
			.tuple(fc.array(slot, { minLength: 1, maxLength: 3 }), fc.boolean())
			.map(([slots, payloadIsText]) => itemFrom(slots, payloadIsText)),
		{ minLength: 1, maxLength: 60, size: 'max' },
	);
}

function itemFrom(slots: Slot[], payloadIsText: boolean): Item {
	const item: Item = { entries: {}, payload: {}, payloadIsText };
	const named = new Set<string>();
	for (const slot of slots) {
		const field = PARTS.get(slot.name) ?? slot.name;
		if (slot.in !== 'entries' && named.has(field)) continue;
		if (slot.in === 'entries' && field in item.payload) continue;
		named.add(field);
		if (slot.in === 'wholePayload') item.wholePayload = { value: slot.value };
		else define(item[slot.in], slot.name, slot.value);
	}
	return item;
}

/** Also a key such as __proto__. */
const define = (target: Json, key: string, value: unknown) =>
	Object.defineProperty(target, key, {
		value,
		enumerable: true,
		configurable: true,
		writable: true,
	});

/** The item as it reaches the node, and what it means there: Payload as text is what its JSON says. */
export function prepared(
	item: Item,
	index: number,
	kind: Kind,
): { json: Json; given: Given | undefined } {
	const entries: Json = {
		serviceProviderId: 'sp',
		groupId: `g${index}`,
		name: `n${index}`,
		...(kind.nameParameter === 'name' &&
			!('maxActiveCalls' in item.payload) && { maxActiveCalls: 3 }),
		...(kind.operation === 'create' &&
			/sipA/.test(Object.keys({ ...item.entries, ...item.payload }).join()) && {
				requireAuthentication: true,
				sipAuthenticationUserName: 'user',
				sipAuthenticationPassword: 'Secret-99',
			}),
		...item.entries,
	};
	for (const name of Object.keys(item.payload)) if (!KEY.includes(name)) delete entries[name];
	const payload = item.wholePayload
		? item.wholePayload.value
		: item.payloadIsText
			? jsonText(item.payload)
			: item.payload;
	const meant = meaningOf(payload);
	return { json: { entries, payload }, given: meant && { entries, payload: meant } };
}

const jsonText = (payload: Json): string =>
	`{${Object.entries(payload)
		.filter(([, value]) => value !== undefined)
		.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
		.join(',')}}`;

/** Undefined for what is no Payload at all. */
function meaningOf(payload: unknown): Json | undefined {
	if (payload === undefined || payload === null || payload === '') return {};
	let parsed = payload;
	if (typeof payload === 'string') {
		try {
			parsed = JSON.parse(payload);
		} catch {
			return undefined;
		}
	}
	return isObject(parsed) && !(parsed instanceof Date) ? parsed : undefined;
}
