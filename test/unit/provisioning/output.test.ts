import type { IExecuteFunctions } from 'n8n-workflow';
import { ItemParameters, ParameterSource } from '../../../nodes/Odin/execution/parameters';
import {
	readOutput,
	shapeProfile,
	type OutputShape,
} from '../../../nodes/Odin/provisioning/output';
import { trunkGroupModel } from '../../../nodes/Odin/resources/trunkGroup/model';

function read(parameters: Record<string, unknown>, isShort?: boolean) {
	const context = {
		getNode: () => ({ parameters }),
		getNodeParameter: (name: string) => parameters[name] ?? null,
	} as unknown as IExecuteFunctions;
	const item = new ItemParameters(new ParameterSource(context), 0);
	return { output: readOutput(item, isShort), issues: item.issues };
}

describe('how much is put out', () => {
	it.each<[Record<string, unknown>, boolean, OutputShape]>([
		[{}, false, { shape: 'raw' }],
		[{}, true, { shape: 'simplified' }],
		[{ simplify: false }, true, { shape: 'raw' }],
		[{ simplify: 'true' }, false, { shape: 'simplified' }],
		[{ output: 'simplified' }, false, { shape: 'simplified' }],
		[{ output: 'raw' }, true, { shape: 'raw' }],
		[{ output: 'raw', outputFields: ['name'] }, true, { shape: 'raw' }],
	])('of %j, short by default: %s', (parameters, isShort, expected) => {
		expect(read(parameters, isShort)).toEqual({ output: expected, issues: [] });
	});

	it.each([
		[['prefix', '', 'department']],
		['["prefix", "department"]'],
		['prefix, department,, '],
	])('takes the fields as %j', (outputFields) => {
		expect(read({ output: 'selected', outputFields }).output).toEqual({
			shape: 'selected',
			fields: ['prefix', 'department'],
		});
	});

	it.each([
		[{ output: 'selected', outputFields: [] }, 'Output Fields'],
		[{ output: 'selected', outputFields: ' , ' }, 'Output Fields'],
		[{ output: 'everything' }, 'Output'],
	])('refuses %j', (parameters, label) => {
		expect(read(parameters).issues).toMatchObject([{ label }]);
	});
});

describe('a profile', () => {
	const profile = { serviceProviderId: 's', groupId: 'g', name: 'n', prefix: '9', clid: null };
	const key = { serviceProviderId: 's', groupId: 'g', id: 'n' };
	const shape = (output: OutputShape) => shapeProfile(trunkGroupModel, key, profile, { output });

	it('is as Odin gave it, or simplified', () => {
		expect(shape({ shape: 'raw' })).toEqual(profile);
		expect(shape({ shape: 'simplified' })).toMatchObject({ name: 'n', pilotUserId: null });
	});

	it('with selected fields begins with its key, and has null for what is not there', () => {
		const fields = ['prefix', 'clid', 'name', 'constructor'];
		expect(Object.entries(shape({ shape: 'selected', fields }))).toEqual([
			['serviceProviderId', 's'],
			['groupId', 'g'],
			['name', 'n'],
			['prefix', '9'],
			['clid', null],
			['constructor', null],
		]);
	});
});
