import { randomBytes } from 'node:crypto';

import type { FastifyInstance } from 'fastify';

import { OdinError } from '../odinErrors';
import type { Switches } from '../options';

/** The tokens that were issued. They are JWTs as Odin's: HS256, claims iss, iat, nbf, exp and an opaque block. */
export class Tokens {
	// The claims count in whole seconds; tests want lifetimes below one.
	private readonly expiresAt = new Map<string, number>();

	constructor(
		private readonly jwt: FastifyInstance['jwt'],
		private readonly switches: Switches,
		private readonly issuer: () => string,
	) {}

	issue(): string {
		if (this.switches.singleSession) this.revokeAll();
		const now = Date.now();
		const seconds = Math.floor(now / 1000);
		const token = this.jwt.sign({
			iss: this.issuer(),
			iat: seconds,
			nbf: seconds,
			exp: seconds + Math.ceil(this.switches.tokenLifetimeMs / 1000),
			data: randomBytes(24).toString('base64'),
		});
		this.expiresAt.set(token, now + this.switches.tokenLifetimeMs);
		return token;
	}

	revoke(token: string): void {
		this.expiresAt.delete(token);
	}

	revokeAll(): void {
		this.expiresAt.clear();
	}

	/** Whether the header carries a token that is known and still valid. */
	areGivenIn(authorization: string | undefined): boolean {
		try {
			this.require(authorization);
			return true;
		} catch {
			return false;
		}
	}

	/** Ends the session of the token in the header, if there is one. */
	endSessionOf(authorization: string | undefined): void {
		this.revoke(tokenIn(authorization) ?? '');
	}

	/** Throws unless the header carries a token that is known and still valid. */
	require(authorization: string | undefined): void {
		const token = tokenIn(authorization);
		if (token === undefined) throw this.refusal('No token provided');
		if (!this.isSigned(token)) throw this.refusal('Invalid token');
		if (Date.now() >= (this.expiresAt.get(token) ?? 0)) throw this.refusal('Expired token');
	}

	private isSigned(token: string): boolean {
		try {
			this.jwt.verify(token, { ignoreExpiration: true });
			return true;
		} catch {
			return false;
		}
	}

	private refusal(error: string): OdinError {
		return new OdinError(this.switches.expiredTokenStatus, error, 'Log in again.');
	}
}

function tokenIn(authorization: string | undefined): string | undefined {
	return /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
}
