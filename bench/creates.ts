import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { sections } from '../nodes/Odin/provisioning/form';
import { mapperFields } from '../nodes/Odin/provisioning/mapperFields';
import { trunkGroupModel } from '../nodes/Odin/resources/trunkGroup/model';

/** A way to create trunk groups: the parameters of the node, and what stands in an item. */
export interface Creates {
	label: string;
	/** Of the Odin node. */
	parameters: IDataObject;
	/** The values that the expressions read, beside the name. */
	row: IDataObject;
	/** How many values the node gets by expressions, the name among them. */
	expressions: number;
}

const HOME = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };
const NAME = '={{ $json.name }}';

const one: Creates = {
	label: 'one expression',
	parameters: { ...HOME, name: NAME, maxActiveCalls: 5 },
	row: {},
	expressions: 1,
};

const five: Creates = {
	label: 'five expressions',
	parameters: {
		...HOME,
		name: NAME,
		maxActiveCalls: '={{ $json.calls }}',
		fieldsMode: 'form',
		identity: { prefix: '={{ $json.prefix }}', otgDtgIdentity: '={{ $json.identity }}' },
		callCapacity: { enableBursting: '={{ $json.bursting }}' },
	},
	row: { calls: 5, prefix: '9', identity: 'hq-1', bursting: false },
	expressions: 5,
};

const KNOWN: IDataObject = { deviceName: 'acme-sbc-1', departmentName: 'Sales' };

/** A value that Odin takes for an entry of the form. */
function valueFor({ name, type, default: byDefault, typeOptions }: INodeProperties): unknown {
	if (name in KNOWN) return KNOWN[name];
	if (name.endsWith('RerouteTrunkGroupName')) return 'plant-overflow';
	if (name.endsWith('GroupId')) return 'acme-plant';
	if (name.endsWith('ForwardAddress')) return '15550100';
	if (typeOptions?.multipleValues) return 'sbc.example.com';
	if (type === 'string' && byDefault === '') return 'x1';
	return byDefault;
}

const ENTRIES = sections(trunkGroupModel, {
	writes: ['create'],
	without: ['maxActiveCalls'],
}).map((section) => [section.name, section.options as INodeProperties[]] as const);

function allFields(): Creates {
	const every = ENTRIES.flatMap(([, options]) => options);
	const expression = (name: string) => `={{ $json.${name} }}`;
	const parameter = ({ name, type, typeOptions }: INodeProperties): unknown => {
		if (type === 'resourceLocator') return { __rl: true, mode: 'name', value: expression(name) };
		return typeOptions?.multipleValues ? [expression(name)] : expression(name);
	};
	return {
		label: 'all optional fields',
		parameters: {
			...HOME,
			name: NAME,
			maxActiveCalls: '={{ $json.calls }}',
			fieldsMode: 'form',
			...Object.fromEntries(
				ENTRIES.map(([section, options]) => [
					section,
					Object.fromEntries(options.map((option) => [option.name, parameter(option)])),
				]),
			),
		} as IDataObject,
		row: {
			calls: 5,
			...Object.fromEntries(every.map((option) => [option.name, valueFor(option)])),
		} as IDataObject,
		expressions: every.length + 2,
	};
}

const COLUMNS = 25;

/** The columns of a sheet, the keys among them. */
function columnsOfRow() {
	const cells: IDataObject = { ...allFields().row, ...HOME, name: '', maxActiveCalls: 5 };
	return mapperFields(trunkGroupModel, 'create')
		.filter(({ id }) => id in cells)
		.slice(0, COLUMNS)
		.map(({ id, displayName }) => ({ id, displayName, value: cells[id] }));
}

/** The fields of a row by the labels of the form: nothing is an expression. */
const mappedColumns = (): Creates => ({
	label: `${COLUMNS} columns`,
	parameters: {
		fieldsMode: 'columns',
		columns: { mappingMode: 'autoMapInputData', value: null },
	},
	row: Object.fromEntries(
		columnsOfRow()
			.filter(({ id }) => id !== 'name')
			.map(({ displayName, value }) => [displayName, value]),
	),
	expressions: 0,
});

/** The same fields typed into the form: what the columns are held against. */
function constants(): Creates {
	const cells = new Map(columnsOfRow().map(({ id, value }) => [id, value]));
	const typed = ({ name, type }: INodeProperties): unknown =>
		type === 'resourceLocator'
			? { __rl: true, mode: 'name', value: cells.get(name) }
			: cells.get(name);
	return {
		...one,
		label: `the same ${COLUMNS} fields in the form`,
		parameters: {
			...one.parameters,
			fieldsMode: 'form',
			...Object.fromEntries(
				ENTRIES.map(([section, options]) => [
					section,
					Object.fromEntries(
						options
							.filter(({ name }) => cells.has(name))
							.map((option) => [option.name, typed(option)]),
					),
				]),
			),
		} as IDataObject,
	};
}

export const CREATES = {
	one,
	five,
	all: allFields(),
	columns: mappedColumns(),
	constants: constants(),
};
