import type { ItemParameters } from '../../execution/parameters';
import type { GroupKey, Key } from '../../model/key';
import { readExistingKey, readTextList } from '../../provisioning/input';
import { isObject } from '../../values/json';
import { readList } from '../../values/list';
import { quoted } from '../../values/text';
import { deviceFields } from '../device/fields';
import { readCountryCode, readOptionalNumbers } from '../number/parameters';
import type { Entry } from '../number/spelling';
import { provisionedTrunkGroup } from '../trunkGroup';
import { userFields } from '../user/fields';
import { userModel } from '../user/model';

const REMOVABLE = ['users', 'device', 'numbers'] as const;

type Removable = (typeof REMOVABLE)[number];

/** What one row asks to take down, and what it names of it. */
export interface TakeDownOrder {
	group: GroupKey;
	key: Key;
	alsoRemove: ReadonlySet<Removable>;
	/** Empty where the row names none */
	deviceName: string;
	numbers: readonly Entry[];
	userIds: readonly string[];
	countryCode: string | undefined;
}

function readAlsoRemove(parameters: ItemParameters): Set<Removable> {
	const label = 'Also Remove';
	const names = readTextList(parameters, { type: 'text', label }, parameters.read('alsoRemove'));
	const known = new Map(REMOVABLE.map((name) => [name.toLowerCase(), name]));
	return new Set(
		names.flatMap((name) => {
			const found = known.get(name.toLowerCase());
			if (found) return [found];
			const reason = `takes ${REMOVABLE.join(', ')}, not ${quoted(name)}`;
			parameters.issues.push({ label, reason });
			return [];
		}),
	);
}

/** User ids, or the user objects of Turn Up. */
function readUserIds(parameters: ItemParameters): string[] {
	const listed = readList(parameters.read('userIds'));
	const given =
		'list' in listed
			? listed.list.map((one) => (isObject(one) ? (one[userModel.id] ?? one) : one))
			: parameters.read('userIds');
	return readTextList(parameters, { ...userFields.get(userModel.id), label: 'User IDs' }, given);
}

/** Reads what an item asks to take down. What can't be used is added to the issues of `parameters`. */
export function readTakeDown(parameters: ItemParameters): TakeDownOrder {
	const key = readExistingKey(parameters, provisionedTrunkGroup);
	const { serviceProviderId, groupId } = key;
	const numbers = readOptionalNumbers(parameters);
	const deviceName = parameters.given(
		deviceFields.get('deviceName'),
		parameters.locator('deviceName'),
	);
	return {
		group: { serviceProviderId, groupId },
		key,
		alsoRemove: readAlsoRemove(parameters),
		deviceName: deviceName === undefined ? '' : String(deviceName),
		numbers,
		userIds: readUserIds(parameters),
		countryCode: readCountryCode(parameters),
	};
}
