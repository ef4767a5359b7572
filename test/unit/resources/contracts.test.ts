import { holdsSecret, type Field } from '../../../nodes/Odin/model/field';
import type { Provisioned } from '../../../nodes/Odin/provisioning/resource';
import { resources } from '../../../nodes/Odin/resources';
import { MASK, mask } from '../../../nodes/Odin/secrets/redact';
import { trunkGroupModel } from '../../../nodes/Odin/resources/trunkGroup/model';
import { DECLARED } from '../../../scripts/generate/declared';
import * as simulator from '../../../simulator/contract/resourceContract';
import type { ResourceContract } from '../../../simulator/contract/resourceContract';
import { CONTRACT_TYPES } from './contractTypes';

const contracts = Object.values(simulator).filter(
	(one): one is ResourceContract => typeof one === 'object',
);

/** Where the catalogue knows better than the contract, and why. */
const OTHERWISE: Record<string, Partial<Field>> = {
	// The contract takes the type on update too, as long as it is the same.
	'device.deviceType': { writeOn: ['create'] },
	// The node sets it for new users alone.
	'user.password': { writeOn: ['create'] },
};

/** The form has its own order. */
const sorted = (choices?: readonly string[]) => choices && [...choices].sort();

// What a trunk group's contract says beyond this, its own test knows.
const others = DECLARED.map(({ model }) => model).filter((model) => model !== trunkGroupModel);

describe.each(others.map((model) => [model.noun, model] as const))('%s', (_, model) => {
	const contract = contracts.find(({ path }) => path === model.path);
	const fields = contract?.fields ?? [];

	test('has a contract in the simulator, with the same key', () => {
		expect(contracts.map(({ path }) => path)).toContain(model.path);
		expect(contract?.key.at(-1)).toBe(model.id);
	});

	test('has every field of its contract once, and no other that no profile shows', () => {
		const names = model.fields.all.map(({ name }) => name);
		const documented = fields.map(({ name }) => name);
		expect(names).toEqual([...new Set(names)]);
		expect(names).toEqual(expect.arrayContaining(documented));
		expect([...documented, ...contract!.profile]).toEqual(expect.arrayContaining(names));
	});

	test.each(fields.map((field) => [field.name, field] as const))(
		'%s is in the catalogue as the contract describes it',
		(name, { type, enumValues, valueAfterSeedPost, writeOn = [], ...rest }) => {
			const field = model.fields.get(name);
			expect(CONTRACT_TYPES[type]).toContain(field.type);
			expect({
				min: field.min,
				max: field.max,
				maxLength: field.maxLength,
				choices: sorted(field.choices),
				clearable: field.clearable ?? false,
				secret: field.secret ?? false,
				storedWhenAbsent: field.storedWhenAbsent,
				writeOn: field.writeOn,
				readable: field.readable,
			}).toEqual({
				min: rest.min,
				max: rest.max,
				maxLength: rest.maxLength,
				choices: sorted(enumValues),
				clearable: rest.clearable,
				secret: rest.secret ?? false,
				// An empty text is nothing.
				storedWhenAbsent: valueAfterSeedPost === '' ? undefined : valueAfterSeedPost,
				writeOn,
				readable: contract!.profile.includes(name) || writeOn.length === 0,
				...OTHERWISE[`${model.value}.${name}`],
			});
		},
	);
});

test('every secret has a name that masking knows, since it goes by names', () => {
	const secrets = DECLARED.flatMap(({ model }) =>
		model.fields.all.flatMap(({ name, secret, parts = [] }) => [
			...(secret ? [name] : []),
			...parts.filter((part) => part.secret).map(({ property }) => property),
		]),
	);
	expect(secrets.filter((name) => mask({ [name]: 'value' })[name] !== MASK)).toEqual([]);
	expect(secrets.length).toBeGreaterThan(0);
});

test('every secret is that of a password hook, which says when an existing record gets it: nobody can compare it', () => {
	const silent = resources.flatMap(({ value, model }) =>
		(model?.fields.all ?? [])
			.filter((field) => holdsSecret(field) && field.writeOn.length > 0)
			.map(({ name }) => name)
			.filter((name) => name !== (model as Provisioned).password?.field)
			.map((name) => `${value}.${name}`),
	);
	expect(silent).toEqual([]);
});

test.each(DECLARED.map(({ model }) => [model.noun, model] as const))(
	'no profile shows a secret field of a %s',
	(_, { fields }) => {
		expect(fields.all.filter(({ secret, readable }) => secret && readable)).toEqual([]);
	},
);
