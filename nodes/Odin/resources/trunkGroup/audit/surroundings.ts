import { isSameName } from '../../../model/equivalence';
import {
	groupText,
	recordText,
	serviceProviderText,
	type GroupKey,
	type Key,
} from '../../../model/key';
import { profileIn } from '../../../provisioning/read';
import { readShownRows } from '../../../provisioning/rows';
import type { OdinClient } from '../../../transport/odinClient';
import { OdinError } from '../../../transport/odinError';
import { isUserAtHost } from '../../../values/addresses';
import { isObject } from '../../../values/json';
import { countOf, nameOf, wireText } from '../../../values/wireValues';
import { isUnlimited, readCapacity } from '../../callCapacity/capacity';
import { deviceModel } from '../../device/model';
import { NumberMatcher } from '../../number/match';
import { joined, rangeText } from '../../number/range';
import { readGroupNumbers, readNumberDetails, readServiceProviderNumbers } from '../../number/read';
import { spelled, type Spelled } from '../../number/spelling';
import {
	attempted,
	ofGroup,
	ofServiceProvider,
	ofTrunkGroup,
	type TrunkGroupNetwork,
} from '../network';
import { usersRequest } from '../users';
import type { Ceiling, DeviceReference, Read } from './facts';
import { quoted } from '../../../values/text';

/** BroadWorks has extensions of up to 6 digits by default. */
const LONGEST_EXTENSION = 6;

/** What the rules need beside the trunk groups themselves, read when it is asked for. */
export class Surroundings {
	constructor(
		private readonly odin: OdinClient,
		private readonly network: TrunkGroupNetwork,
	) {}

	/** The call capacity of the group, and that of its service provider where the group does not show it. */
	async ceilings(group: GroupKey): Promise<Array<Read<Ceiling>>> {
		const { serviceProviderId, groupId } = group;
		const ofOwnGroup = await this.network.once(
			['capacity', serviceProviderId, groupId],
			async () =>
				await attempted(
					ofGroup(group),
					readCapacity(this.odin, {
						level: 'group',
						key: { serviceProviderId, groupId },
						text: groupText(group),
					}),
				),
		);
		const above = await this.network.once(
			['capacity', serviceProviderId],
			async () =>
				await attempted(
					ofServiceProvider(serviceProviderId),
					readCapacity(this.odin, {
						level: 'serviceProvider',
						key: { serviceProviderId },
						text: serviceProviderText(serviceProviderId),
					}),
				),
		);
		const shown = 'value' in ofOwnGroup ? ofOwnGroup.value : {};
		const ceilings: Array<Read<Ceiling>> = [
			'value' in ofOwnGroup ? { value: ceilingIn(ofOwnGroup.value, 'group') } : ofOwnGroup,
		];
		if ('value' in above) {
			ceilings.push({ value: ceilingIn(above.value, 'service provider') });
		} else if (countOf(shown.maxAvailableActiveCalls) === null) {
			ceilings.push(above);
		} else {
			const maxActiveCalls = shown.maxAvailableActiveCalls;
			const burstingMaxActiveCalls = shown.burstingMaxAvailableActiveCalls;
			ceilings.push({
				value: ceilingIn({ maxActiveCalls, burstingMaxActiveCalls }, 'service provider'),
			});
		}
		return ceilings;
	}

	/** The fixed address of the device of a trunk group; null where it has none. */
	async deviceAddress(key: Key, device: DeviceReference): Promise<Read<string | null>> {
		const place = DEVICE_PLACES[device.deviceLevel.toLowerCase()];
		if (!place) {
			const reason = `device ${quoted(device.deviceName)} of trunk group ${quoted(key.id)} has the unknown level ${quoted(device.deviceLevel)}`;
			return { unread: { ...ofTrunkGroup(key), reason } };
		}
		const query = Object.fromEntries(place.key.map((name) => [name, key[name]]));
		const request = { path: place.path, query: { ...query, deviceName: device.deviceName } };
		const address = await this.network.once(
			[request.path, ...Object.values(request.query)],
			async () => await attempted(ofTrunkGroup(key), this.readAddress(key, device, request)),
		);
		return 'unread' in address ? { unread: { ...address.unread, ...ofTrunkGroup(key) } } : address;
	}

	private async readAddress(
		key: Key,
		{ deviceName }: DeviceReference,
		request: { path: string; query: Record<string, string> },
	): Promise<string | null> {
		const text = recordText(deviceModel, { ...key, id: deviceName });
		const body = await this.odin.request({ ...request, method: 'GET', purpose: `read ${text}` });
		const profile = profileIn(deviceModel, body, deviceName);
		if (profile) return nameOf(profile.netAddress);
		throw new OdinError({
			kind: 'notFound',
			message: `Odin was asked to read ${text} and does not show it`,
			description: 'Check the device of the trunk group',
		});
	}

	/** Whether calls that are forwarded to this address stay in the enterprise. What is no address goes nowhere. */
	async isOwnAddress(key: Key, address: string): Promise<Read<boolean>> {
		const [user = '', host] = address.replace(/^(sips?|tel):/i, '').split('@');
		const number = spelled(user);
		const digits = number?.full[0] ?? '';
		if (number && !user.includes('+') && digits.length <= LONGEST_EXTENSION) return { value: true };
		const byNumber = number && (await this.isOwnNumber(key, number));
		if (host === undefined) return byNumber ?? { value: true };
		if (!isUserAtHost(`${user}@${host}`) || (byNumber && 'value' in byNumber && byNumber.value)) {
			return { value: true };
		}
		const domains = await this.domains(key);
		if ('unread' in domains) return domains;
		const [name = ''] = host.split(/[:;?]/);
		if (domains.value.some((domain) => isSameName(name, domain))) return { value: true };
		return byNumber ?? { value: false };
	}

	private async isOwnNumber(
		{ serviceProviderId, groupId }: Key,
		number: Spelled,
	): Promise<Read<boolean>> {
		const group = { serviceProviderId, groupId };
		const isAmong = (matcher: Read<NumberMatcher>): boolean =>
			'value' in matcher && matcher.value.numbers(number).length > 0;
		const all = await this.network.once(
			['numbers', serviceProviderId],
			async () =>
				await attempted(
					ofServiceProvider(serviceProviderId),
					matcherOf(readServiceProviderNumbers(this.odin, group)),
				),
		);
		if (isAmong(all)) return { value: true };
		const own = await this.network.once(
			['numbers', serviceProviderId, groupId],
			async () => await attempted(ofGroup(group), matcherOf(readGroupNumbers(this.odin, group))),
		);
		if (isAmong(own)) return { value: true };
		return 'unread' in all ? all : { value: false };
	}

	/** The domains of a group, its default one among them. */
	private async domains({ serviceProviderId, groupId }: Key): Promise<Read<string[]>> {
		const group = { serviceProviderId, groupId };
		const read = async (): Promise<string[]> => {
			const purpose = `list the domains of ${groupText(group)}`;
			const request = { path: '/groups/domains', query: group, purpose };
			const domains = domainsIn(await this.odin.request({ ...request, method: 'GET' }));
			if (domains.length > 0) return domains;
			throw new OdinError({
				kind: 'lost',
				message: `Odin was asked to ${purpose} and shows none`,
				description: '',
			});
		};
		return await this.network.once(
			['domains', serviceProviderId, groupId],
			async () => await attempted(ofGroup(group), read()),
		);
	}

	/** Ids of the users of a trunk group who have no number, by its own list and by the list of numbers. */
	async usersWithoutNumber(key: Key): Promise<Read<string[]>> {
		const users = await this.network.once(
			['users', key.serviceProviderId, key.groupId, key.id],
			async () => await attempted(ofTrunkGroup(key), usersOf(this.odin, key)),
		);
		if ('unread' in users || users.value.length === 0) return users;
		const numbers = await this.numbers(key);
		if ('unread' in numbers) return numbers;
		return {
			value: users.value.filter((userId) => !numbers.value.owners.has(userId.toLowerCase())),
		};
	}

	/** Numbers of a group that no user has. */
	async freeNumbers(group: GroupKey): Promise<Read<string[]>> {
		const numbers = await this.numbers(group);
		return 'unread' in numbers ? numbers : { value: numbers.value.free };
	}

	private async numbers({ serviceProviderId, groupId }: GroupKey): Promise<Read<GroupNumbers>> {
		const group = { serviceProviderId, groupId };
		return await this.network.once(
			['number details', serviceProviderId, groupId],
			async () => await attempted(ofGroup(group), numbersOf(this.odin, group)),
		);
	}
}

/** Where devices of a level are read; those beyond the group are nowhere documented, and may not be found. */
const DEVICE_PLACES: Record<string, { path: string; key: ReadonlyArray<keyof GroupKey> }> = {
	group: { path: deviceModel.path, key: ['serviceProviderId', 'groupId'] },
	'service provider': { path: '/service-providers/devices', key: ['serviceProviderId'] },
	system: { path: '/system/devices', key: [] },
};

const limitIn = (value: unknown): number | null => (isUnlimited(value) ? null : countOf(value));

const ceilingIn = (
	{ maxActiveCalls, burstingMaxActiveCalls }: Record<string, unknown>,
	owner: string,
): Ceiling => ({
	owner,
	maxActiveCalls: limitIn(maxActiveCalls),
	burstingMaxActiveCalls: limitIn(burstingMaxActiveCalls),
});

const matcherOf = async (reading: ReturnType<typeof readGroupNumbers>): Promise<NumberMatcher> =>
	new NumberMatcher(await reading, undefined);

/** The default one, and those of the one list, as texts or as rows. */
function domainsIn(body: unknown): string[] {
	const parts = isObject(body) ? Object.entries(body) : [];
	const rows = parts.flatMap(([name, value]) =>
		Array.isArray(value) ? value : /^default/i.test(name) ? [value] : [],
	);
	return rows.map((row) => wireText(isObject(row) ? row.domain : row)).filter(Boolean);
}

/** Users whose own row shows no number. */
const usersOf = async (odin: OdinClient, key: Key): Promise<string[]> =>
	(await readShownRows(odin, usersRequest(key, 'assigned'), 'userId'))
		.filter(({ phoneNumber }) => nameOf(phoneNumber) === null)
		.map(({ userId }) => wireText(userId))
		.filter(Boolean);

interface GroupNumbers {
	/** Ids of users with a number, in small letters */
	owners: Set<string>;
	free: string[];
}

async function numbersOf(odin: OdinClient, group: GroupKey): Promise<GroupNumbers> {
	const ranges = await readNumberDetails(odin, group);
	return {
		owners: new Set(ranges.flatMap(({ user }) => user.userId?.toLowerCase() ?? [])),
		free: joined(ranges.filter(({ user, isUsed }) => user.userId === null && !isUsed)).map(
			rangeText,
		),
	};
}
