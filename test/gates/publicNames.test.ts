import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { OdinApi } from '../../credentials/OdinApi.credentials';
import { Odin } from '../../nodes/Odin/Odin.node';
import { OdinTrigger } from '../../nodes/OdinTrigger/OdinTrigger.node';
import { resources } from '../../nodes/Odin/resources';

/**
 * Workflows store these names, values and types, so they can be added but not renamed or removed. A line that
 * disappears here breaks workflows that people saved; a new default changes what they do.
 */
test('the names that workflows store', () => {
	const { name, version, credentials } = new Odin().description;
	expect({
		node: `${name} version ${String(version)} with ${credentials!.map((one) => one.name).join()}`,
		resources: resources
			.map(({ value, operations, defaultOperation }) => {
				const values = operations.map((operation) => operation.value).sort();
				return `${value}: ${values.join(', ')} = ${defaultOperation.value}`;
			})
			.sort(),
	}).toMatchSnapshot();
});

test.each(resources.map((resource) => [resource.value, resource] as const))(
	'the parameters of %s',
	(_, { operations }) => {
		const users = new Map<string, string[]>();
		for (const operation of operations) {
			for (const line of new Set(operation.properties.flatMap((property) => lines(property)))) {
				users.set(line, [...(users.get(line) ?? []), operation.value]);
			}
		}
		const all = [...users].map(([line, values]) => `${line} (${values.sort().join(', ')})`);
		expect(all.sort()).toMatchSnapshot();
	},
);

test('the parameters of the trigger', () => {
	const { name, version, properties } = new OdinTrigger().description;
	expect({
		node: `${name} version ${String(version)}`,
		parameters: properties.flatMap((property) => lines(property)).sort(),
	}).toMatchSnapshot();
});

test('the fields of the credential', () => {
	const { name, properties } = new OdinApi();
	expect({
		name,
		fields: properties.flatMap((property) => lines(property)).sort(),
	}).toMatchSnapshot();
});

/** One line for what a workflow stores of a property, and one for each entry of a collection. */
function lines(property: INodeProperties, parent = ''): string[] {
	const { name, type, default: preset } = property;
	const path = `${parent}${name}`;
	const own = `${path}: ${type}${choices(property)} = ${JSON.stringify(preset)}`;
	if (type !== 'collection' && type !== 'fixedCollection') return type === 'notice' ? [] : [own];
	const entries = (property.options ?? []).flatMap((entry) =>
		'values' in entry
			? (entry as INodePropertyCollection).values.flatMap((value) =>
					lines(value, `${path}.${entry.name}.`),
				)
			: lines(entry as INodeProperties, `${path}.`),
	);
	return [own, ...entries];
}

function choices({ type, options = [], modes = [] }: INodeProperties): string {
	if (type === 'resourceLocator') return `[${modes.map(({ name }) => name).join('|')}]`;
	if (type !== 'options' && type !== 'multiOptions') return '';
	return `[${options.map((option) => (option as INodePropertyOptions).value).join('|')}]`;
}
