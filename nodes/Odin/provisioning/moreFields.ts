import type { INodeProperties } from 'n8n-workflow';
import type { ResourceModel } from '../model/resourceModel';
import { sections, type SectionChoice } from './form';

const fieldsMode: INodeProperties = {
	displayName: 'More Fields',
	name: 'fieldsMode',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Columns',
			value: 'columns',
			description: 'From the columns of a sheet, or any other keys of the incoming item',
		},
		{ name: 'Form', value: 'form', description: 'In sections, as the Odin portal has them' },
		{ name: 'None', value: 'none', description: 'Only those above' },
	],
	default: 'none',
	description: 'Where further fields come from',
};

const columns = (isTool: boolean): INodeProperties => ({
	displayName: 'Columns',
	name: 'columns',
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: isTool ? 'defineBelow' : 'autoMapInputData', value: null },
	description: 'Fields by the columns of the incoming item, or each mapped by hand',
	typeOptions: {
		loadOptionsDependsOn: ['resource'],
		resourceMapper: {
			resourceMapperMethod: 'getColumns',
			mode: 'map',
			fieldWords: { singular: 'column', plural: 'columns' },
			// An agent's tool gets no item whose keys could be mapped.
			supportAutoMap: !isTool,
		},
	},
	displayOptions: isTool
		? { show: { fieldsMode: ['columns'], '@tool': [true] } }
		: { show: { fieldsMode: ['columns'] }, hide: { '@tool': [true] } },
});

/** n8n does not show the description of a mapper. */
const columnsNotice: INodeProperties = {
	displayName:
		'Headings are the names of the Odin API or the labels of this form; case, spaces, hyphens and underscores do not matter. A column for a field above is used only while that field is empty or at its default. Empty cells are ignored.',
	name: 'columnsNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { fieldsMode: ['columns'] } },
};

/** Where an operation takes further fields from: nowhere, the sections of the form, or columns. */
export const moreFields = (
	model: ResourceModel,
	choice: SectionChoice,
	byDefault: 'none' | 'form',
): INodeProperties[] => [
	{ ...fieldsMode, default: byDefault },
	...sections(model, choice).map((section) => ({
		...section,
		displayOptions: { show: { fieldsMode: ['form'] } },
	})),
	columnsNotice,
	columns(false),
	columns(true),
];

/** What a record is known by. A column may say it, so that n8n must not demand the parameter then. */
export const keyProperties = (...properties: INodeProperties[]): INodeProperties[] =>
	properties.flatMap((property) =>
		property.required
			? [
					{ ...property, displayOptions: { hide: { fieldsMode: ['columns'] } } },
					{
						...property,
						required: false,
						displayOptions: { show: { fieldsMode: ['columns'] } },
					},
				]
			: [property],
	);
