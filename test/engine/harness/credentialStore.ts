import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { toMainRealm } from './mainRealm';

/** n8n's credentials table: every read gives a new object, as after a decryption. */
export class CredentialStore {
	private readonly rows = new Map<string, IDataObject>();

	/** Stores a new credential and returns its id. */
	add(data: IDataObject): string {
		const id = `credential-${this.rows.size + 1}`;
		this.rows.set(id, toMainRealm(data));
		return id;
	}

	/** @throws when there is no such credential */
	read(id: string | null | undefined): ICredentialDataDecryptedObject {
		const data = this.rows.get(id ?? '');
		if (!data) throw new Error(`Credential with ID "${id}" does not exist.`);
		return toMainRealm(data) as ICredentialDataDecryptedObject;
	}

	/** @throws when there is no such credential */
	write(id: string | null | undefined, data: IDataObject): void {
		this.read(id);
		this.rows.set(id ?? '', toMainRealm(data));
	}
}

/** What a node's `credentials` says about a credential. */
export function credentialReference(id: string): { id: string; name: string } {
	return { id, name: 'Account under test' };
}
