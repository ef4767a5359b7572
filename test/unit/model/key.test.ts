import fc from 'fast-check';
import {
	groupText,
	isKeyField,
	keyShown,
	keyText,
	lookupKey,
	namedKey,
	outputKey,
	recordText,
	serviceProviderText,
	withoutKey,
} from '../../../nodes/Odin/model/key';

const ofGroup = { noun: 'trunk group', id: 'name' };
const alone = { noun: 'user', id: 'userId', isIdAlone: true } as const;
const key = { serviceProviderId: 'acme', groupId: 'hq', id: 'one' };

describe('a key', () => {
	it('is named as Odin names it, and whole in a request unless the id is enough', () => {
		const named = { serviceProviderId: 'acme', groupId: 'hq', name: 'one' };
		expect(namedKey(ofGroup, key)).toEqual(named);
		expect(lookupKey(ofGroup, key)).toEqual(named);
		expect(lookupKey(alone, key)).toEqual({ userId: 'one' });
	});

	it('has its group from the profile where the id alone points at the record', () => {
		const shown = { serviceProviderId: 7, groupId: ' west ', id: 'other' };
		const west = { serviceProviderId: '7', groupId: 'west', id: 'one' };
		expect(keyShown(alone, key, shown)).toEqual(west);
		expect(keyShown(alone, key, { serviceProviderId: ' ', groupId: null })).toEqual(key);
		expect(keyShown(alone, key, undefined)).toEqual(key);
		expect(keyShown(ofGroup, key, shown)).toEqual(key);
	});

	it('stands in an output with null for what nobody told', () => {
		const blank = { ...key, serviceProviderId: '', groupId: '' };
		const output = outputKey(alone, blank, { groupId: 'west' });
		expect(Object.entries(output)).toEqual([
			['serviceProviderId', null],
			['groupId', 'west'],
			['userId', 'one'],
		]);
		expect(outputKey(ofGroup, key, { groupId: 'west' })).toEqual(namedKey(ofGroup, key));
	});

	it('is said in words', () => {
		expect(serviceProviderText('acme')).toBe("service provider 'acme'");
		const group = "group 'hq' of service provider 'acme'";
		expect(groupText(key)).toBe(group);
		expect(recordText(ofGroup, key)).toBe(`trunk group 'one' in ${group}`);
		expect(recordText(alone, key)).toBe("user 'one'");
	});

	it('is the same text for the same record only', () => {
		const id = fc.constantFrom('a', 'A', 'b', '","', 'a","a');
		const anyKey = fc.record({ serviceProviderId: id, groupId: id, id });
		fc.assert(
			fc.property(anyKey, anyKey, (one, other) => {
				const isSame = JSON.stringify(one) === JSON.stringify(other);
				expect(keyText(ofGroup, one) === keyText(ofGroup, other)).toBe(isSame);
				const isSameId = one.id.toLowerCase() === other.id.toLowerCase();
				expect(keyText(alone, one) === keyText(alone, other)).toBe(isSameId);
				expect(keyText({ ...alone, noun: 'device' }, one)).not.toBe(keyText(alone, one));
				expect(keyText({ ...ofGroup, noun: 'device' }, one)).not.toBe(keyText(ofGroup, one));
			}),
		);
	});

	it('is one in any case only for an id that is one in the whole system', () => {
		const text = (id: string) => keyText(alone, { ...key, id });
		expect(text('Straße')).toBe(text('straßE'));
		// The case of a letter, not another spelling.
		expect(text('straße')).not.toBe(text('strasse'));
	});

	it('is told from the other fields of a body', () => {
		const body = { ...namedKey(ofGroup, key), userId: 'u', maxActiveCalls: 5 };
		expect(withoutKey(ofGroup, body)).toEqual({ userId: 'u', maxActiveCalls: 5 });
		expect(withoutKey(alone, body)).toEqual({ name: 'one', maxActiveCalls: 5 });
		expect(isKeyField(ofGroup, 'userId')).toBe(false);
	});
});
