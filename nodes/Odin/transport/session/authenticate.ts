import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { apiAddress } from '../address';
import { tokenOwner } from './login';

/** Other nodes, such as HTTP Request, name the address `uri`, and have two switches for redirects. */
type AddressedOptions = IHttpRequestOptions & {
	uri?: string;
	followRedirect?: boolean;
	followAllRedirects?: boolean;
};

/** For what n8n sends itself to test the credential. */
const TEST_TIMEOUT_MS = 30_000;

/**
 * Adds the token to a request to Odin, and what else the credential decides.
 * The token goes to the Odin of the Base URL only, and only while it belongs to the credential's login: after user name
 * or password were edited n8n still holds the old token, which Odin then never sees, so that it asks for a login.
 */
export function authorized(
	credentials: IDataObject,
	requestOptions: IHttpRequestOptions,
): IHttpRequestOptions {
	const options: AddressedOptions = { ...requestOptions };
	const address = apiAddress(credentials.baseUrl);
	if (address && options.baseURL !== undefined && options.baseURL === credentials.baseUrl) {
		options.baseURL = address.baseUrl;
	}
	options.skipSslCertificateValidation =
		credentials.allowUnauthorizedCerts === true || options.skipSslCertificateValidation;
	options.sendCredentialsOnCrossOriginRedirect = false;
	// A 307 would carry the body to the other address, and a body can have a customer's SIP password.
	options.disableFollowRedirect = true;
	options.followRedirect = false;
	options.followAllRedirects = false;
	const headers = { ...options.headers };
	delete headers.Authorization;
	const own = address !== undefined && isAt(address.origin, options);
	if (own && credentials.token && credentials.issuedTo === tokenOwner(credentials)) {
		headers.Authorization = `Bearer ${String(credentials.token)}`;
	}
	options.headers = headers;
	// n8n's credential test waits up to five minutes, and as long as a body trickles.
	if (options.baseURL !== undefined && own)
		options.abortSignal ??= AbortSignal.timeout(TEST_TIMEOUT_MS);
	return options;
}

function isAt(origin: string, { url, uri, baseURL }: AddressedOptions): boolean {
	const address = String(url ?? uri ?? '');
	// As this node writes it: to read each address anew costs more than all else here.
	if (address.startsWith(`${origin}/`)) return true;
	try {
		return new URL(address, baseURL).origin === origin;
	} catch {
		return false;
	}
}
