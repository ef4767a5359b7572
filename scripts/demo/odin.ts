import { Failure } from '../processes/failure';
import type { OdinCredential } from '../n8n/import';

export interface Ticket {
	ticketId: string;
	serviceProvider: string;
	group: string;
	trunkGroup: string;
	channels: number;
}

export interface OdinTarget {
	credential: OdinCredential;
	/** Absent: nothing may be created there. */
	ticket: Ticket | undefined;
	/** What there is to play with by now; absent where Odin is a real one. */
	places?: () => Place[];
}

/** A service provider with its groups. */
export interface Place {
	serviceProviderId: string;
	groups: Array<{ groupId: string; maxActiveCalls: number; trunkGroups: string[] }>;
}

const ACCESS = ['ODIN_BASE_URL', 'ODIN_USERNAME', 'ODIN_PASSWORD'] as const;
const TARGET = ['ODIN_SERVICE_PROVIDER', 'ODIN_GROUP', 'ODIN_TRUNK_GROUP'] as const;

/** The values of all the variables, or undefined if none is set; some without the others is a failure. */
function readTogether<const T extends readonly string[]>(
	env: NodeJS.ProcessEnv,
	names: T,
): { [K in keyof T]: string } | undefined {
	const missing = names.filter((name) => !env[name]);
	if (missing.length === names.length) return undefined;
	if (missing.length > 0) {
		const given = names.filter((name) => env[name]);
		throw new Failure(
			`${given.join(' and ')} ${given.length > 1 ? 'are' : 'is'} set, but ${missing.join(' and ')} ` +
				`${missing.length > 1 ? 'are' : 'is'} not. Set all of ${names.join(', ')}, or none.`,
		);
	}
	return names.map((name) => env[name] ?? '') as { [K in keyof T]: string };
}

/** The Odin named by the environment, or undefined when the simulator shall be used. */
export function readOdinTarget(env: NodeJS.ProcessEnv): OdinTarget | undefined {
	const access = readTogether(env, ACCESS);
	const target = readTogether(env, TARGET);
	if (access === undefined) {
		if (target !== undefined) {
			throw new Failure(`${TARGET.join(', ')} are set, but ${ACCESS.join(', ')} are not.`);
		}
		return undefined;
	}
	const [baseUrl, username, password] = access;
	const allowUnauthorizedCerts = env.ODIN_ALLOW_UNAUTHORIZED_CERTS === 'true';
	const credential = { baseUrl, username, password, allowUnauthorizedCerts };
	if (target === undefined) return { credential, ticket: undefined };
	const [serviceProvider, group, trunkGroup] = target;
	return {
		credential,
		ticket: { ticketId: 'T-1001', serviceProvider, group, trunkGroup, channels: 1 },
	};
}
