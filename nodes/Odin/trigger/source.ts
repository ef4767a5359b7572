import { isSameName } from '../model/equivalence';
import type { GroupKey } from '../model/key';
import { rowsIn, withoutList } from '../provisioning/rows';
import type { OdinRequest } from '../transport/httpExchange';
import type { OdinClient } from '../transport/odinClient';
import { isObject } from '../values/json';
import { wireText } from '../values/wireValues';
import type { RecordRef } from '../watch/advance';
import type { Profile } from '../watch/watch';

export interface Listed {
	names: string[];
	/** The answer had no list in it at all, as some give for an empty one. That alone tells nothing */
	isVoid: boolean;
}

/** Where records of a group are read. All of it throws OdinError for what cannot be read. */
export interface Source {
	list(odin: OdinClient, group: GroupKey): Promise<Listed>;
	/** Undefined where Odin does not have it. After a list that was void an empty answer does not say so */
	read(odin: OdinClient, ref: RecordRef, isVoid: boolean): Promise<Profile | undefined>;
}

/** The rows of a list, those of other groups left out. */
export async function readOwnRows(
	odin: OdinClient,
	request: Pick<OdinRequest, 'path' | 'purpose'>,
	group: GroupKey,
	id: string,
): Promise<{ rows: Profile[]; isVoid: boolean }> {
	const body = await odin.request({ ...request, method: 'GET', query: { ...group } });
	const rows = rowsIn(body, id);
	if (!rows) throw withoutList(request.purpose);
	return {
		rows: rows.filter((row) => isOf(group, row)),
		isVoid: rows.length === 0 && !hasArray(body),
	};
}

const hasArray = (body: unknown): boolean =>
	Array.isArray(body) || (isObject(body) && Object.values(body).some(Array.isArray));

/** A row does not have to name its group. */
const isOf = (group: GroupKey, row: Profile): boolean =>
	(['serviceProviderId', 'groupId'] as const).every(
		(name) => wireText(row[name]) === '' || isSameName(group[name], row[name]),
	);
