export interface ApiAddress {
	/** Without a trailing slash, e.g. https://odin.example.com/api/v2 */
	baseUrl: string;
	origin: string;
}

const DEFAULT_PATH = '/api/v2';

/**
 * The address of the API for the Base URL of a credential: spaces and trailing slashes are dropped, and a host
 * without a path gets /api/v2. Returns undefined for what is not an http or https address.
 */
export function apiAddress(baseUrl: unknown): ApiAddress | undefined {
	const text = String(baseUrl ?? '').trim();
	if (!/^https?:\/\//i.test(text)) return undefined;
	try {
		const url = new URL(text);
		const path = withoutSlashesAtEnd(url.pathname);
		return { baseUrl: `${url.origin}${path === '' ? DEFAULT_PATH : path}`, origin: url.origin };
	} catch {
		return undefined;
	}
}

function withoutSlashesAtEnd(path: string): string {
	let end = path.length;
	while (path[end - 1] === '/') end -= 1;
	return path.slice(0, end);
}

/** The address of one call; ids and names may hold any character. */
export function callUrl(
	address: ApiAddress,
	path: string,
	query: Record<string, string> = {},
): string {
	const pairs = Object.entries(query).map(
		([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`,
	);
	return `${address.baseUrl}${path}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
}
