import type { IDataObject } from 'n8n-workflow';
import { keyShown, type Key } from '../../model/key';
import { read, type Profile } from '../../provisioning/read';
import type { OdinClient } from '../../transport/odinClient';
import { userModel } from './model';

/** A user as Odin has it, with the group that it belongs to. */
export interface User {
	key: Key;
	profile: Profile;
}

/** Reads a user that must be there, by its id. Throws OdinError. */
export async function readUser(odin: OdinClient, userId: string): Promise<User> {
	const key = { serviceProviderId: '', groupId: '', id: userId };
	const profile = await read(odin, userModel, key);
	return { key: keyShown(userModel, key, profile), profile };
}

/** What a write of a user did, from → to. */
export interface UserChange {
	outcome: 'updated' | 'unchanged';
	changes: IDataObject[];
}
