import type { NumbersForDigits } from './contract/resourceContract';
import type { StoredNames } from './network/spelling';

/** The rights of the one administrator that the simulator knows. */
export interface Administrator {
	/** System, Provisioning (default), Reseller, Service Provider, Group, Group Department. */
	loginType?: string;
	serviceProviderId?: string | null;
	groupId?: string | null;
	/** Every write is answered with 403. */
	readOnly?: boolean;
	/** Default true; false: the lists of service providers and of groups are answered with 403. */
	mayList?: boolean;
}

export interface SimulatorOptions {
	/** Default 0: any free port. */
	port?: number;
	username?: string;
	password?: string;
	/** No conversion of types, no unknown keys, no empty text, every documented default is required. */
	strict?: boolean;
	/** A login ends every older token. */
	singleSession?: boolean;
	/** Default 12 hours. */
	tokenLifetimeMs?: number;
	/** What a missing, unknown or expired token is answered with. Default 401. */
	expiredTokenStatus?: 401 | 403;
	administrator?: Administrator;
	/** POST /auth/token answers 402 until PUT /auth/token/password. */
	passwordExpired?: boolean;
	/** Default true; false: Odin cannot provide a SIP password. */
	sipPasswordGenerator?: boolean;
	/** Default false: a SIP password is taken as it comes. True: it must obey the SIP password rules. */
	enforceSipPasswordRules?: boolean;
	/** Default false. True: the password of a user's portal login must obey the rules of GET /groups/password-rules. */
	enforcePasswordRules?: boolean;
	/** Every answer is delayed by so much. What was asked has happened before. */
	latencyMs?: number;
	/** More requests a second than this are answered with 429. */
	rateLimit?: { requestsPerSecond: number; retryAfter?: 'seconds' | 'date' | 'none' };
	/** POST and PUT of trunk groups, devices, users and departments answer 200 with an empty body. */
	quietProfiles?: boolean;
	/** Reads show what was there before a write for so long, as a replica that lags behind. */
	readLagMs?: number;
	/** How names are stored and found, however they were sent. Default 'asSent'. */
	storesNames?: StoredNames;
	/** Default true: digits alone come back as JSON numbers where Odin was seen to do so. 'everywhere': all of them. */
	numbersForDigits?: NumbersForDigits;
	https?: { key: string; cert: string };
	/** Default 'example'. */
	seed?: 'example' | 'empty';
}

export type Switches = Required<Omit<SimulatorOptions, 'rateLimit' | 'https'>> &
	Pick<SimulatorOptions, 'rateLimit' | 'https'>;

const TWELVE_HOURS_MS = 12 * 60 * 60 * 1000;

export const DEFAULTS: Switches = {
	port: 0,
	username: 'odin-admin',
	password: 'odin-simulator',
	strict: false,
	singleSession: false,
	tokenLifetimeMs: TWELVE_HOURS_MS,
	expiredTokenStatus: 401,
	administrator: {},
	passwordExpired: false,
	sipPasswordGenerator: true,
	enforceSipPasswordRules: false,
	enforcePasswordRules: false,
	latencyMs: 0,
	quietProfiles: false,
	readLagMs: 0,
	storesNames: 'asSent',
	numbersForDigits: true,
	rateLimit: undefined,
	https: undefined,
	seed: 'example',
};

/** Changes the switches in place; an undefined value gives the default back. */
export function changeSwitches(switches: Switches, change: SimulatorOptions): void {
	const given = Object.entries(change).map(([option, value]) => [
		option,
		value ?? DEFAULTS[option as keyof Switches],
	]);
	Object.assign(switches, Object.fromEntries(given));
}
