import type { INodeProperties } from 'n8n-workflow';
import type { Operation, Resource } from './operation';

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
		...resources.flatMap((resource) =>
			sharedProperties(resource.operations).map(({ property, operations }) =>
				shownFor(property, resource, operations),
			),
		),
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

interface SharedProperty {
	/** All that there is of it */
	text: string;
	property: INodeProperties;
	operations: Operation[];
}

/**
 * Properties that are the same in several operations become one property of the form, which keeps it small, as long
 * as each operation still shows its properties in its own order: n8n shows them in the order of this list.
 */
function sharedProperties(operations: Operation[]): SharedProperty[] {
	const form: SharedProperty[] = [];
	for (const operation of operations) {
		let place = 0;
		for (const property of operation.properties) {
			const text = JSON.stringify(property);
			const found = form.findIndex((shared, index) => index >= place && shared.text === text);
			if (found >= 0) {
				form[found]!.operations.push(operation);
				place = found + 1;
			} else {
				form.splice(place, 0, { text, property, operations: [operation] });
				place += 1;
			}
		}
	}
	return form;
}

function shownFor(
	property: INodeProperties,
	resource: Resource,
	operations: Operation[],
): INodeProperties {
	return {
		...property,
		displayOptions: {
			...property.displayOptions,
			show: {
				resource: [resource.value],
				operation: operations.map(({ value }) => value),
				...property.displayOptions?.show,
			},
		},
	};
}
