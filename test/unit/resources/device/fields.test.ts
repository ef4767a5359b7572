import type { Field } from '../../../../nodes/Odin/model/field';
import { deviceFields } from '../../../../nodes/Odin/resources/device/fields';
import contract from '../../../../simulator/contract/device-fields.json';
import device from '../../../../simulator/contract/device.json';

/** One field in the API's contract file. */
interface ContractField {
	name: string;
	type: string;
	maxLength?: number;
	min?: number;
	max?: number;
	enumValues?: string[];
	valueAfterSeedPost?: string | boolean;
	requiredOnCreate?: boolean;
	clearable: boolean;
	writeOn?: string[];
}

const fields = contract as unknown as ContractField[];

/** The types of the catalogue for each type of the contract. */
const TYPES: Record<string, Array<Field['type']>> = {
	string: ['text'],
	integer: ['integer'],
	boolean: ['boolean'],
	enum: ['choice'],
	object: ['object', 'json'],
};

test('the catalogue has every field of the contract once and no other', () => {
	expect(deviceFields.all.map(({ name }) => name).sort()).toEqual(
		fields.map(({ name }) => name).sort(),
	);
});

test.each(fields.map((field) => [field.name, field] as const))(
	'%s is in the catalogue as the contract describes it',
	(name, { type, enumValues, valueAfterSeedPost, writeOn = [], clearable, ...rest }) => {
		const field = deviceFields.get(name);
		const { maxLength, min, max } = rest;
		expect(TYPES[type]).toContain(field.type);
		expect(field).toMatchObject(
			JSON.parse(JSON.stringify({ maxLength, min, max, choices: enumValues })) as object,
		);
		expect(field.clearable ?? false).toBe(clearable);
		// An empty text is nothing.
		expect(field.storedWhenAbsent).toBe(
			valueAfterSeedPost || (type === 'boolean' ? valueAfterSeedPost : undefined),
		);
		// The contract takes the type on update too, as long as it is the same.
		expect(field.writeOn).toEqual(name === 'deviceType' ? ['create'] : writeOn);
		expect(field.readable).toBe(device.profile.includes(name) || writeOn.length === 0);
	},
);
