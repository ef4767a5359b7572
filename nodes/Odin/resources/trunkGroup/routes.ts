import { isSameName } from '../../model/equivalence';
import { groupText, type Key } from '../../model/key';
import { isObject } from '../../values/json';
import { quoted, trimmed } from '../../values/text';
import { nameOf, wireText } from '../../values/wireValues';

/** The situations in which a trunk group sends calls elsewhere, as their fields begin. */
export const SITUATIONS = [
	'callForwardingAlways',
	'capacityExceeded',
	'unreachableDestination',
] as const;

export type Situation = (typeof SITUATIONS)[number];

export const actionField = (situation: Situation): string => `${situation}Action`;
export const addressField = (situation: Situation): string => `${situation}ForwardAddress`;
export const targetField = (situation: Situation): string => `${situation}RerouteTrunkGroupKey`;

/** Where calls go in one situation. Address and target stay stored beside an action that does not use them. */
export interface Route {
	situation: Situation;
	action: 'Forward' | 'Reroute' | null;
	address: string | null;
	target: Key | null;
}

/** The routes of a trunk group, as its profile shows them; those of which it shows nothing are left out. */
export function routesIn(profile: Record<string, unknown>, key: Key): Route[] {
	return SITUATIONS.flatMap((situation) => {
		const action = wireText(profile[actionField(situation)]).toLowerCase();
		const route: Route = {
			situation,
			action: action === 'forward' ? 'Forward' : action === 'reroute' ? 'Reroute' : null,
			address: nameOf(profile[addressField(situation)]),
			target: targetIn(profile[targetField(situation)], key),
		};
		return (route.action ?? route.address ?? route.target) ? [route] : [];
	});
}

/** A key without service provider or group means those of the trunk group that it stands in. */
function targetIn(stored: unknown, { serviceProviderId, groupId }: Key): Key | null {
	const id = nameOf(stored);
	if (id === null) return null;
	const place = isObject(stored) ? stored : {};
	return {
		serviceProviderId: nameOf(place.serviceProviderId) ?? serviceProviderId,
		groupId: nameOf(place.groupId) ?? groupId,
		id,
	};
}

/** Whether both keys mean one trunk group, however Odin spells them. */
export const isSameTrunkGroup = (one: Key, other: Key): boolean =>
	isSameName(one.serviceProviderId, other.serviceProviderId) &&
	isSameName(one.groupId, other.groupId) &&
	isSameName(one.id, other.id);

const spelled = (id: string): string =>
	trimmed(id).normalize('NFC').replace(/\s+/g, ' ').toLowerCase();

/** One text a trunk group. */
export const trunkGroupId = ({ serviceProviderId, groupId, id }: Key): string =>
	JSON.stringify([serviceProviderId, groupId, id].map(spelled));

/** The name of a trunk group as one of another is told of it: with its place where that is another one. */
export function relativeName(key: Key, from: Key): string {
	const { serviceProviderId, groupId } = key;
	const name = quoted(key.id);
	if (!isSameName(from.serviceProviderId, serviceProviderId)) {
		return `${name} in ${groupText({ serviceProviderId, groupId })}`;
	}
	return isSameName(from.groupId, groupId) ? name : `${name} in group ${quoted(groupId)}`;
}
