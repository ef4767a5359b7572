import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { OdinApi } from '../../credentials/OdinApi.credentials';
import { Odin } from '../../nodes/Odin/Odin.node';
import { OdinTrigger } from '../../nodes/OdinTrigger/OdinTrigger.node';
import { resources } from '../../nodes/Odin/resources';
import { DECLARED } from '../../scripts/generate/declared';

const form = new Odin().description.properties;
const models = DECLARED.map(({ model }) => model);

/** A property of the form with the way to it. */
interface Placed {
	path: string;
	property: INodeProperties;
}

function placed(properties: readonly INodeProperties[], parent = ''): Placed[] {
	return properties.flatMap((property) => {
		const path = `${parent}${property.name}`;
		const inner = (property.options ?? []).flatMap((option) => {
			if ('values' in option) return (option as INodePropertyCollection).values;
			return 'type' in option ? [option as INodeProperties] : [];
		});
		return [{ path, property }, ...placed(inner, `${path}.`)];
	});
}

const inNode = [...placed(form), ...placed(new OdinTrigger().description.properties, 'trigger/')];
const all = [...inNode, ...placed(new OdinApi().properties, 'credential.')];

/** Everything that a person reads of a property, with its place. */
const texts = all.flatMap(({ path, property }) => [
	[path, property.displayName],
	[path, property.description ?? ''],
	...(property.options ?? []).flatMap((option) =>
		'value' in option
			? [
					[`${path}=${String(option.value)}`, option.name],
					[`${path}=${String(option.value)}`, option.description ?? ''],
					[`${path}=${String(option.value)}`, option.action ?? ''],
				]
			: [],
	),
]) as Array<[string, string]>;

const isChoosing = ({ property }: Placed): boolean =>
	property.name === 'resource' || property.name === 'operation';

test('every property says what it is for', () => {
	const silent = inNode.filter(
		(one) =>
			!one.property.description &&
			!['notice', 'collection', 'fixedCollection'].includes(one.property.type) &&
			!isChoosing(one),
	);
	expect(silent.map(({ path }) => path)).toEqual([]);
});

test('an action is in sentence case and has no article', () => {
	const actions = inNode
		.filter(({ property }) => property.name === 'operation')
		.flatMap(({ property }) => property.options as INodePropertyOptions[])
		.map(({ action }) => action ?? '');
	const sentence = /^[A-Z][a-z]+( (?!(a|an|the)\b)([a-z]+|SIP))+$/;
	expect(actions.filter((action) => !sentence.test(action))).toEqual([]);
	expect(actions.length).toBeGreaterThan(0);
});

test('a boolean begins with Whether', () => {
	const others = all.filter(
		({ property }) => property.type === 'boolean' && !property.description?.startsWith('Whether '),
	);
	expect(others.map(({ path }) => path)).toEqual([]);
});

test('a placeholder begins with e.g., or adds to a collection', () => {
	const places = all.flatMap(({ path, property }) => [
		[path, property.type, property.placeholder],
		...(property.modes ?? []).map((mode) => [`${path}.${mode.name}`, mode.type, mode.placeholder]),
	]);
	const others = places.filter(([, type, placeholder]) => {
		if (placeholder === undefined || placeholder === '') return false;
		return type === 'collection' || type === 'fixedCollection'
			? !['Add field', 'Add option'].includes(placeholder)
			: !placeholder.startsWith('e.g. ');
	});
	expect(others).toEqual([]);
});

describe('labels', () => {
	/** Words that stay small inside a title. */
	const SMALL = /^(a|an|and|as|at|but|by|for|if|in|nor|of|off|on|or|per|so|the|to|via|with)$/;

	/** Labels, and the names of options; a notice is a sentence. The choices of Odin's fields are Odin's words. */
	const labels = all
		.filter(({ property }) => property.type !== 'notice')
		.flatMap(({ path, property }) => [
			[path, property.displayName],
			...(property.options ?? [])
				.filter((option): option is INodePropertyOptions => 'value' in option)
				.filter(({ name, value }) => name !== value)
				.map(({ name }) => [path, name]),
			...(property.modes ?? []).map(({ displayName }) => [path, displayName]),
		]);

	test('are in Title Case', () => {
		const others = labels.filter(([, label]) =>
			label!
				.split(/[\s/(]+/)
				.filter(Boolean)
				.some((word, at) => /^[a-z]/.test(word) && (at === 0 || !SMALL.test(word))),
		);
		expect(others).toEqual([]);
	});

	test.each(models)('of the Odin fields of a $noun are the same in every operation', (model) => {
		const byName = new Map(model.fields.all.map(({ name, entry = name, label }) => [entry, label]));
		const own = placed(
			form.filter(({ displayOptions }) => displayOptions?.show?.resource?.includes(model.value)),
		);
		// The locator of a record is labelled with what it points at.
		const isLocator = ({ name, type }: INodeProperties) =>
			name === model.id && type === 'resourceLocator';
		const others = own.filter(
			({ property }) =>
				byName.has(property.name) &&
				byName.get(property.name) !== property.displayName &&
				!isLocator(property),
		);
		expect(others.map(({ path, property }) => `${path}: ${property.displayName}`)).toEqual([]);
	});
});

test('no text of ours speaks of errors, problems, failures or mistakes', () => {
	// The portal's own labels, such as Failure Counter, stay.
	const portal = models
		.flatMap(({ fields }) => fields.all)
		.map(({ label }) => label)
		.filter((label) => /failure/i.test(label));
	expect(portal.length).toBeGreaterThan(0);
	const others = texts.filter(([, text]) => {
		const own = portal.reduce((rest, label) => rest.replaceAll(label, ''), text);
		return /\b(error|problem|failure|mistake)/i.test(own);
	});
	expect(others).toEqual([]);
});

test('a text of several sentences ends with a full stop and has no spaces at its ends', () => {
	const others = texts.filter(
		([, text]) =>
			text !== text.trim() || /\n/.test(text) || (/\. [A-Z]/.test(text) && !/[.)]$/.test(text)),
	);
	expect(others).toEqual([]);
});

test('names that a collection has twice would overwrite each other', () => {
	const twice = all.filter(({ property }) => {
		const names = (property.options ?? []).map((option) => option.name);
		return property.type === 'collection' && new Set(names).size !== names.length;
	});
	expect(twice.map(({ path }) => path)).toEqual([]);
});

test('entries of a collection have no conditions on each other: n8n drops what is hidden', () => {
	const conditional = all.filter(
		({ path, property }) => path.includes('.') && property.displayOptions,
	);
	expect(conditional.map(({ path }) => path)).toEqual([]);
});

describe.each(
	resources.flatMap((resource) =>
		resource.operations.map(
			(operation) => [`${resource.value}/${operation.value}`, resource, operation] as const,
		),
	),
)('%s', (_, resource, operation) => {
	const shown = form.filter(({ displayOptions }) => {
		const { resource: ofResource = [], operation: ofOperation = [] } = displayOptions?.show ?? {};
		return (
			(ofResource as unknown[]).includes(resource.value) &&
			(ofOperation as unknown[]).includes(operation.value)
		);
	});

	test('shows its properties in the order in which it declares them', () => {
		expect(shown.map(({ name }) => name)).toEqual(operation.properties.map(({ name }) => name));
	});

	test('adds no condition to them but those of resource and operation', () => {
		const added = { resource: expect.any(Array), operation: expect.any(Array) };
		expect(shown.map(({ displayOptions }) => displayOptions)).toEqual(
			operation.properties.map(({ displayOptions }) => ({
				...displayOptions,
				show: { ...displayOptions?.show, ...added },
			})),
		);
	});
});

/** The editor evaluates the conditions of all top-level properties whenever a value changes. */
const MAX_PROPERTIES = 800;
const MAX_TOP_LEVEL = 200;

test('the form stays quick', () => {
	expect(form.length).toBeLessThan(MAX_TOP_LEVEL);
	expect(inNode.length).toBeLessThan(MAX_PROPERTIES);
});
