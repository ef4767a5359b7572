import {
	catalogue,
	holdsSecret,
	isFixed,
	neededPart,
	object,
	secretPart,
	text,
	type Field,
	type Write,
} from '../../../nodes/Odin/model/field';
import { fieldOf } from './everyKind';

const title = { name: 'title', label: 'Title', description: 'Title' };

describe('a field', () => {
	it('can be written, changed and read, where it does not say otherwise', () => {
		const usual = { readable: true, writeOn: ['create', 'update'] };
		expect(text(title)).toEqual({ ...title, ...usual, type: 'text' });
		const own = { ...title, readable: false, writeOn: [] };
		expect(object(own)).toEqual({ ...own, type: 'object' });
	});

	it.each<[Write[], boolean, boolean]>([
		[['create', 'update'], true, false],
		[['create'], true, true],
		[['create'], false, false],
		[['update'], true, false],
	])('written on %j and readable: %j, is set for good: %j', (writeOn, readable, fixed) => {
		expect(isFixed({ ...text(title), writeOn, readable })).toBe(fixed);
	});

	it.each<[Field, Array<string | undefined>, boolean]>([
		[fieldOf('note'), [undefined, undefined], false],
		[text({ ...title, secret: true }), [undefined, undefined], true],
		[fieldOf('login'), ['userName', 'password'], true],
		[fieldOf('site'), ['name', undefined], false],
		[fieldOf('place'), [undefined, undefined], false],
	])('%j is named by a part, and holds a secret, %j', (field, parts, isSecret) => {
		expect([neededPart(field)?.property, secretPart(field)?.property]).toEqual(parts);
		expect(holdsSecret(field)).toBe(isSecret);
	});
});

describe('a catalogue', () => {
	it('has the fields of its groups in order, by name, by their parts and by their condition', () => {
		const counted = text({ ...title, name: 'b', countsWhen: { field: 'a', equals: true } });
		const [a, c] = [text({ ...title, name: 'a' }), object({ ...title, name: 'c', parts: [] })];
		const fields = catalogue([a, counted], [], [c]);
		expect(fields).toMatchObject({ all: [a, counted, c], composed: [c], conditional: [counted] });
		for (const field of fields.all) {
			expect([fields.find(field.name), fields.get(field.name)]).toEqual([field, field]);
		}
		expect(fields.find('constructor')).toBeUndefined();
		expect(() => fields.get('d')).toThrow(new Error('The catalogue has no field d'));
	});
});
