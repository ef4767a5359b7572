const text = { type: 'string', minLength: 1 };

/** The schema of a query: these keys must be there, those must not be empty. */
export function query(
	required: readonly string[],
	optional: readonly string[] = [],
): Record<string, unknown> {
	const properties = [...required, ...optional].map((name) => [name, text]);
	return { type: 'object', required, properties: Object.fromEntries(properties) };
}

export const SERVICE_PROVIDER_QUERY = query(['serviceProviderId']);
export const GROUP_QUERY = query(['serviceProviderId', 'groupId'], ['name', 'deviceName', 'q']);
export const TRUNK_GROUP_QUERY = query(['serviceProviderId', 'groupId', 'name']);
export const DEVICE_QUERY = query(['serviceProviderId', 'groupId', 'deviceName']);
export const USER_QUERY = query(['userId']);
