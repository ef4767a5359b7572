import type { ItemParameters } from '../../execution/parameters';
import { readDesired } from '../../model/desired';
import type { GroupKey, Key } from '../../model/key';
import { parsePayload } from '../../model/payload';
import type { Wanted } from '../../model/reconcile';
import { askedRecord } from '../../provisioning/approval';
import {
	readNewKey,
	readRecord,
	readTextList,
	untouchedParameters,
} from '../../provisioning/input';
import { FURTHER_FIELDS } from '../../values/issues';
import { isObject } from '../../values/json';
import { readList } from '../../values/list';
import { capitalised, isAbsent } from '../../values/text';
import { wireText } from '../../values/wireValues';
import { CAPACITY_NAMES, UNLIMITED } from '../callCapacity/capacity';
import type { WantedCapacity } from '../callCapacity/update';
import { deviceModel } from '../device/model';
import { readCountryCode, readOptionalNumbers } from '../number/parameters';
import type { Entry } from '../number/spelling';
import { provisionedTrunkGroup } from '../trunkGroup';
import { isGenerated, LOST, lostBecause } from '../trunkGroup/authentication';
import { trunkGroupModel } from '../trunkGroup/model';
import { doubled, type WantedUser, wantedUser } from './wantedUser';
import { userFields } from '../user/fields';
import { userModel } from '../user/model';
import { SERVICE_NAME } from '../user/services';

/** What one row asks for of a trunk. */
export interface TrunkOrder {
	group: GroupKey;
	key: Key;
	serviceProviderCapacity: WantedCapacity;
	groupCapacity: WantedCapacity;
	device: Wanted | undefined;
	trunkGroup: Wanted;
	numbers: readonly Entry[];
	countryCode: string | undefined;
	users: readonly WantedUser[];
	/** One user for each number; texts with placeholders */
	templates: Readonly<Record<string, string>> | undefined;
	/** A user id, or 'first' */
	pilot: string | undefined;
	activates: boolean;
	services: string[];
	servicePacks: string[];
	setsSipAuthentication: boolean;
	/** Whether users who have SIP authentication get a new password */
	renewsSipAuthentication: boolean;
	undoes: boolean;
	includesPassword: boolean;
	hints: string[];
}

export const CAPACITY_LABELS = {
	group: {
		maxActiveCalls: 'Group Max Active Calls',
		burstingMaxActiveCalls: 'Group Bursting Max Calls',
	},
	serviceProvider: {
		maxActiveCalls: 'Provider Max Active Calls',
		burstingMaxActiveCalls: 'Provider Bursting Max Calls',
	},
} as const;

type Level = keyof typeof CAPACITY_LABELS;

/** As the form has it, beside those of the other level. Only the calls of a group can't be unlimited. */
const capacityEntry = (level: Level, name: keyof WantedCapacity) => ({
	name: `${level}${capitalised(name)}`,
	displayName: CAPACITY_LABELS[level][name],
	min: level === 'group' && name === 'maxActiveCalls' ? 0 : UNLIMITED,
});

export const capacityEntries = (['group', 'serviceProvider'] as const).flatMap((level) =>
	CAPACITY_NAMES.map((name) => capacityEntry(level, name)),
);

function readCapacityOf(parameters: ItemParameters, level: Level): WantedCapacity {
	const given = parameters.collection('capacity');
	const wanted: WantedCapacity = {};
	for (const name of CAPACITY_NAMES) {
		const { name: entry, displayName: label, min } = capacityEntry(level, name);
		const value = parameters.given({ name: entry, label, type: 'integer', min }, given[entry]);
		if (typeof value === 'number') wanted[name] = value;
	}
	return wanted;
}

function readDevice(parameters: ItemParameters, group: GroupKey): Wanted | undefined {
	const { setDevicePassword, ...entries } = parameters.collection('deviceDefinition');
	if (Object.values(entries).every(isAbsent)) return undefined;
	const id = parameters.needed(deviceModel.fields.get('deviceName'), entries.deviceName);
	const key = { ...group, id };
	const desired = readDesired({
		model: deviceModel,
		key,
		entries,
		payload: { keys: {} },
		nulls: 'ignore',
	});
	parameters.issues.push(...desired.issues);
	const setsPassword = parameters.flag(
		'setDevicePassword',
		'Set Device Password',
		setDevicePassword,
	);
	return {
		key,
		desired,
		onlyWhenNew: new Set(),
		generatedPassword: undefined,
		setsPassword,
	};
}

function readTrunkGroup(
	parameters: ItemParameters,
	key: Key,
	{ device, setsUsers }: { device: Wanted | undefined; setsUsers: boolean },
): { wanted: Wanted; hints: string[] } {
	const given = parsePayload(parameters.read('trunkGroupFields'));
	if ('keys' in given && !isAbsent(given.keys.pilotUserId)) {
		parameters.refuse(`'${FURTHER_FIELDS}' names pilotUserId: give it as 'Pilot'`);
	}
	const payload =
		'keys' in given && device
			? { keys: { ...given.keys, deviceName: given.keys.deviceName ?? device.key.id } }
			: given;
	const { desired, password } = readRecord(
		parameters,
		provisionedTrunkGroup,
		key,
		{ write: 'existing', isNew: true, nulls: 'ignore' },
		payload,
	);
	const named = desired.fields.get('accessDevice')?.value;
	if (device && isObject(named) && wireText(named.deviceName) !== device.key.id) {
		parameters.refuse(
			`'${FURTHER_FIELDS}' names device '${wireText(named.deviceName)}', and 'Device' names '${device.key.id}'`,
		);
	}
	const secret = desired.fields.get('sipAuthenticationPassword')?.value;
	// 'Set SIP Password' without one for the trunk group is about those of its users.
	const setsOwn = secret !== undefined || password.generate || !setsUsers;
	if (setsOwn) {
		parameters.issues.push(...(provisionedTrunkGroup.password?.issues(password, secret) ?? []));
	}
	return {
		wanted: {
			key,
			desired,
			onlyWhenNew: untouchedParameters(parameters, trunkGroupModel, desired),
			generatedPassword: password.generate ? provisionedTrunkGroup.password?.field : undefined,
			setsPassword: setsOwn && password.setOnExisting,
		},
		hints: desired.hints,
	};
}

const USERS = 'Users';

function readUsers(
	parameters: ItemParameters,
	place: Pick<TrunkOrder, 'group' | 'key'>,
): WantedUser[] {
	const read = readList(parameters.read('users'));
	if ('refused' in read) {
		parameters.issues.push({ label: USERS, reason: read.refused });
		return [];
	}
	return read.list.flatMap((raw) => {
		if (!isObject(raw)) {
			parameters.issues.push({ label: USERS, reason: 'takes a list of user objects' });
			return [];
		}
		const result = wantedUser(place, raw, USERS);
		parameters.issues.push(...result.issues);
		return 'user' in result ? [result.user] : [];
	});
}

export const TEMPLATE_NAMES = ['userId', 'linePort', 'firstName', 'lastName', 'extension'] as const;

const PLACEHOLDERS = ['number', 'digits', 'national', 'last4', 'index', 'domain'];

function readTemplates(parameters: ItemParameters): Record<string, string> | undefined {
	const given = parameters.collection('usersFromNumbers');
	const templates: Record<string, string> = {};
	for (const name of TEMPLATE_NAMES) {
		const text = wireText(given[name]);
		if (text === '') continue;
		templates[name] = text;
		for (const [, placeholder = ''] of text.matchAll(/\{([^{}]*)\}/g)) {
			if (PLACEHOLDERS.includes(placeholder)) continue;
			parameters.issues.push({
				label: 'Users From Numbers',
				reason: `knows no {${placeholder}}; there are ${PLACEHOLDERS.map((one) => `{${one}}`).join(', ')}`,
			});
		}
	}
	if (Object.keys(templates).length === 0) return undefined;
	if (templates.userId === undefined) {
		parameters.issues.push({ label: 'Users From Numbers', reason: "needs 'User ID'" });
	}
	return templates;
}

const readNames = (parameters: ItemParameters, name: string, label: string): string[] =>
	readTextList(parameters, { ...SERVICE_NAME, label }, parameters.read(name));

/** Reads what an item asks for. What can't be used is added to the issues of `parameters`. */
export function readOrder(parameters: ItemParameters): TrunkOrder {
	const key = readNewKey(parameters, provisionedTrunkGroup);
	const { serviceProviderId, groupId } = key;
	const group = { serviceProviderId, groupId };
	const device = readDevice(parameters, group);
	const setsSipAuthentication = parameters.flag(
		'userSipAuthentication',
		'User SIP Authentication',
		parameters.read('userSipAuthentication'),
	);
	const { wanted: trunkGroup, hints } = readTrunkGroup(parameters, key, {
		device,
		setsUsers: setsSipAuthentication,
	});
	const numbers = readOptionalNumbers(parameters);
	const users = readUsers(parameters, { group, key });
	parameters.issues.push(...doubled(users).map((reason) => ({ label: USERS, reason })));
	const templates = readTemplates(parameters);
	if (templates && isAbsent(parameters.read('numbers'))) {
		parameters.issues.push({ label: 'Users From Numbers', reason: "needs 'Numbers'" });
	}
	const rule = { ...userFields.get('userId'), name: 'pilot', label: 'Pilot' };
	const named = parameters.given(rule, parameters.read('pilot'));
	// A spreadsheet writes First.
	const pilot = /^first$/i.test(String(named)) ? 'first' : named;
	if (pilot === 'first' && users.length === 0 && !templates) {
		parameters.issues.push({ label: 'Pilot', reason: "'first' needs users" });
	}
	const authentication = parameters.collection('authentication');
	const onFailure = parameters.option<string>(
		{ name: 'onFailure', label: 'If Not Completed', type: 'choice', choices: ['keep', 'undo'] },
		'keep',
	);
	return {
		group,
		key,
		serviceProviderCapacity: readCapacityOf(parameters, 'serviceProvider'),
		groupCapacity: readCapacityOf(parameters, 'group'),
		device,
		trunkGroup,
		numbers,
		countryCode: readCountryCode(parameters),
		users,
		templates,
		pilot: pilot === undefined ? undefined : String(pilot),
		activates: parameters.flag(
			'activateNumbers',
			'Activate Numbers',
			parameters.read('activateNumbers'),
			true,
		),
		services: readNames(parameters, 'userServices', 'User Services'),
		servicePacks: readNames(parameters, 'userServicePacks', 'User Service Packs'),
		setsSipAuthentication,
		renewsSipAuthentication: parameters.flag(
			'setSipPassword',
			'Set SIP Password',
			authentication.setSipPassword,
		),
		undoes: onFailure === 'undo',
		includesPassword: parameters.optionFlag('includeSipPassword', 'Include SIP Password'),
		hints,
	};
}

/** What is said of a password that is made and that nobody can read later; undefined where there is none. */
export function lostPassword(parameters: ItemParameters, order: TrunkOrder): string | undefined {
	if (order.includesPassword) return undefined;
	if (order.setsSipAuthentication) {
		return lostBecause("'User SIP Authentication' generates a SIP password for each user");
	}
	const { sipPasswordSource } = parameters.collection('authentication');
	return isGenerated(parameters, sipPasswordSource) ? LOST : undefined;
}

/** What an order asks for, as `readApproval` takes it: not how it is carried out and shown. */
export const askedOf = (order: TrunkOrder): object => ({
	...order,
	device: order.device && askedRecord(deviceModel, order.device),
	trunkGroup: askedRecord(trunkGroupModel, order.trunkGroup),
	users: order.users.map((user) => ({ ...user, wanted: askedRecord(userModel, user.wanted) })),
	undoes: undefined,
	includesPassword: undefined,
	hints: undefined,
});
