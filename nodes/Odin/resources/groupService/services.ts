import { isSameName } from '../../model/equivalence';
import { groupText, type GroupKey } from '../../model/key';
import { withoutList } from '../../provisioning/rows';
import type { OdinClient } from '../../transport/odinClient';
import { isObject } from '../../values/json';
import { countOf, isOn, nameOf, wireText } from '../../values/wireValues';

export const SERVICES_PATH = '/groups/services';

export type ServiceType = 'group' | 'user' | 'pack';

/** Under which name the services of a type stand in requests and answers. */
export const LISTS: Record<ServiceType, string> = {
	group: 'groupServices',
	user: 'userServices',
	pack: 'servicePackServices',
};

const TYPES: ServiceType[] = ['group', 'user', 'pack'];

export const isServiceType = (value: unknown): value is ServiceType =>
	TYPES.some((type) => type === value);

/** A service or service pack as a group has it. */
export interface GroupService {
	serviceName: string;
	type: ServiceType;
	authorized: boolean;
	/** To the group; services of users and packs are assigned to users alone */
	assigned: boolean;
	/** -1 means unlimited */
	quantity: number | null;
	usage: number | null;
	/** How many the service provider allows; -1 means unlimited */
	allowed: number | null;
	/** Null where Odin does not tell */
	licensed: boolean | null;
}

function serviceIn(row: unknown, type: ServiceType): GroupService[] {
	const service = isObject(row) ? row : {};
	const serviceName = nameOf(service.serviceName);
	if (serviceName === null) return [];
	const isUnlimited = /^unlimited$/i.test(wireText(service.limited));
	return [
		{
			serviceName,
			type,
			authorized: isOn(service.authorized),
			assigned: isOn(service.assigned),
			quantity: countOf(service.quantity) ?? (isUnlimited ? -1 : null),
			usage: countOf(service.usage),
			allowed: countOf(service.allowed),
			licensed: wireText(service.licensed) === '' ? null : isOn(service.licensed),
		},
	];
}

/** The services and service packs of a group. Throws OdinError. */
export async function readGroupServices(
	odin: OdinClient,
	group: GroupKey,
): Promise<GroupService[]> {
	const purpose = `list the services of ${groupText(group)}`;
	const body = await odin.request({
		method: 'GET',
		path: SERVICES_PATH,
		query: { ...group },
		purpose,
	});
	if (!isObject(body) || !TYPES.some((type) => Array.isArray(body[LISTS[type]]))) {
		throw withoutList(purpose);
	}
	return TYPES.flatMap((type) => {
		const list = body[LISTS[type]];
		return Array.isArray(list) ? list.flatMap((row) => serviceIn(row, type)) : [];
	});
}

export const serviceNamed = (
	services: readonly GroupService[],
	name: string,
	types: readonly ServiceType[],
): GroupService | undefined =>
	services.find(({ serviceName, type }) => types.includes(type) && isSameName(name, serviceName));
