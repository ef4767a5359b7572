import type { IExecuteFunctions } from 'n8n-workflow';
import { ItemParameters, ParameterSource } from '../../../nodes/Odin/execution/parameters';
import { readOutput, shaped, type OutputShape } from '../../../nodes/Odin/provisioning/output';

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
		['\u00a0prefix\r\ndepartment'],
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
	const rules = {
		key: ['serviceProviderId', 'groupId', 'name'],
		simplified: () => ({ name: 'n' }),
	};

	it('is as Odin gave it, or simplified', () => {
		expect(shaped(profile, { shape: 'raw' }, rules)).toBe(profile);
		expect(shaped(profile, { shape: 'simplified' }, rules)).toEqual({ name: 'n' });
	});

	it('with selected fields begins with its key, and has null for what is not there', () => {
		const fields = ['prefix', 'clid', 'name', 'constructor'];
		expect(Object.entries(shaped(profile, { shape: 'selected', fields }, rules))).toEqual([
			['serviceProviderId', 's'],
			['groupId', 'g'],
			['name', 'n'],
			['prefix', '9'],
			['clid', null],
			['constructor', null],
		]);
	});
});
