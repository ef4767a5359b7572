import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from './operation';

const resourceSelector: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: [],
	default: '',
};

const operationSelectorBase: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [],
	default: '',
};

/** What the node says of itself on the canvas: the action that is chosen, such as "Create a trunk group". */
export function subtitle(resources: Resource[]): string {
	const actions = resources.flatMap(({ value, operations }) =>
		operations.map((operation) => [`${value}:${operation.value}`, operation.action]),
	);
	const table = JSON.stringify(Object.fromEntries(actions));
	return `={{ (${table})[$parameter["resource"] + ":" + $parameter["operation"]] }}`;
}

/** The form of all resources: what to work on, what to do with it, and the properties of each operation. */
export function formProperties(resources: Resource[]): INodeProperties[] {
	return [
		{
			...resourceSelector,
			options: resources.map(({ name, value }) => ({ name, value })),
			default: resources[0]!.value,
		},
		...resources.map(operationSelector),
		...sharedProperties(resources).map(shown),
	];
}

function operationSelector(resource: Resource): INodeProperties {
	return {
		...operationSelectorBase,
		displayOptions: { show: { resource: [resource.value] } },
		options: resource.operations.map(({ name, value, action, description, builderHint }) => ({
			name,
			value,
			action,
			description,
			...(builderHint && { builderHint: { propertyHint: builderHint } }),
		})),
		default: resource.defaultOperation.value,
	};
}

/** A property of the form, with the operations of each resource that show it. */
interface SharedProperty {
	property: INodeProperties;
	/** The property as text, which is the same for equal ones */
	text: string;
	shownFor: Map<Resource, Set<string>>;
}

/**
 * Equal properties become one property of the form, which keeps it small, as long as each operation still shows its own
 * properties in its own order: n8n shows them in the order of this list.
 */
function sharedProperties(resources: Resource[]): SharedProperty[] {
	const form: SharedProperty[] = [];
	for (const resource of resources) {
		const ofResource: SharedProperty[] = [];
		for (const { value, properties } of resource.operations) {
			const shownFor = new Map([[resource, new Set([value])]]);
			merge(
				ofResource,
				properties.map((property) => ({ property, text: JSON.stringify(property), shownFor })),
			);
		}
		merge(form, ofResource);
	}
	return form;
}

/** Adds properties to others, in their order. */
function merge(form: SharedProperty[], added: SharedProperty[]): void {
	let place = 0;
	for (const { property, text, shownFor } of added) {
		const found = form.findIndex(
			(shared, index) =>
				index >= place && shared.text === text && isShownForThese(union(shared.shownFor, shownFor)),
		);
		if (found >= 0) form[found]!.shownFor = union(form[found]!.shownFor, shownFor);
		else form.splice(place, 0, { property, text, shownFor });
		place = (found >= 0 ? found : place) + 1;
	}
}

type ShownFor = SharedProperty['shownFor'];

function union(one: ShownFor, other: ShownFor): ShownFor {
	const both: ShownFor = new Map(one);
	for (const [resource, operations] of other) {
		both.set(resource, new Set([...(one.get(resource) ?? []), ...operations]));
	}
	return both;
}

/** A condition names resources and operations apart: it holds for each of these operations of each of these resources. */
function isShownForThese(shownFor: ShownFor): boolean {
	const named = new Set([...shownFor.values()].flatMap((operations) => [...operations]));
	return [...shownFor].every(([resource, operations]) =>
		resource.operations.every(({ value }) => !named.has(value) || operations.has(value)),
	);
}

function shown({ property, shownFor }: SharedProperty): INodeProperties {
	return {
		...property,
		displayOptions: {
			...property.displayOptions,
			show: {
				resource: [...shownFor.keys()].map(({ value }) => value),
				operation: [...new Set([...shownFor.values()].flatMap((values) => [...values]))],
				...property.displayOptions?.show,
			},
		},
	};
}
