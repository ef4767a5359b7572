import { createHmac, scrypt, timingSafeEqual } from 'crypto';

const KEY_BYTES = 32;

/** 96 bits, as IPsec cuts its HMACs to. */
const SIGNATURE_CHARACTERS = 24;

/** Keys of this process, by password and owner. */
const keys = new Map<string, Promise<Buffer>>();

/**
 * Signs texts, so that only who has the credential can make or check a signature. The text is known to whoever sees a
 * preview: so that nobody tries passwords against it, the key is made of the password in a way that takes long (scrypt,
 * some 50 ms outside of the event loop, once a process and credential).
 */
export class Signer {
	/** `owner`: the address of Odin and the user that the password belongs to */
	constructor(
		private readonly password: string,
		private readonly owner: readonly string[],
	) {}

	/** 24 hexadecimal digits. */
	async sign(text: string): Promise<string> {
		return createHmac('sha256', await this.key())
			.update(text)
			.digest('hex')
			.slice(0, SIGNATURE_CHARACTERS);
	}

	private async key(): Promise<Buffer> {
		const credential = JSON.stringify([this.password, ...this.owner]);
		const known = keys.get(credential);
		if (known) return await known;
		const key = this.deriveKey();
		keys.set(credential, key);
		key.catch(() => keys.delete(credential));
		return await key;
	}

	private async deriveKey(): Promise<Buffer> {
		const salt = JSON.stringify(['n8n-nodes-odin plan', ...this.owner]);
		return await new Promise((resolve, reject) => {
			scrypt(this.password, salt, KEY_BYTES, (error, key) =>
				error ? reject(error) : resolve(key),
			);
		});
	}
}

/** How long it takes does not tell where they differ. */
export const isSameSignature = (one: string, other: string): boolean =>
	one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
