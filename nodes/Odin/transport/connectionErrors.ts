import type { ReceivedResponse } from './body';

/** Why no answer came. `sent` tells whether the request may have reached Odin. */
export interface ConnectionLoss {
	sent: boolean;
	/** Whether the next try may be answered */
	isTransient: boolean;
	/** What happened, a sentence part that follows the address */
	what: string;
	/** What to do */
	advice: string;
}

const LAB_SERVER = "turn on 'Allow Unauthorized Certificates' in the credential for a lab server";

const certificate = (what: string, advice: string): ConnectionLoss => ({
	sent: false,
	isTransient: false,
	what: `presents a certificate that ${what}`,
	advice,
});

/** What the code of a network failure means, those of Node.js and axios. The first row that fits counts. */
export const LOSSES: ReadonlyArray<{ codes: RegExp; loss: ConnectionLoss }> = [
	{
		codes: /^CERT_HAS_EXPIRED$/,
		loss: certificate('has expired', `Renew the certificate, or ${LAB_SERVER}`),
	},
	{
		codes: /^CERT_NOT_YET_VALID$/,
		loss: certificate(
			'is not valid yet',
			'Check the clock of the machine that n8n runs on, and the certificate',
		),
	},
	{
		codes: /^CERT_REVOKED$/,
		loss: certificate('was revoked', 'Install a new certificate on the server'),
	},
	{
		codes: /^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/,
		loss: certificate(
			'belongs to another host name',
			`Enter the name of the certificate as host of the 'Base URL', or ${LAB_SERVER}`,
		),
	},
	{
		codes: /^DEPTH_ZERO_SELF_SIGNED_CERT$/,
		loss: certificate(
			'is self-signed',
			`Install a certificate of a known issuer, or ${LAB_SERVER}`,
		),
	},
	{
		codes: /^(SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*|CERT_UNTRUSTED|INVALID_CA)$/,
		loss: certificate(
			'comes from an issuer that n8n does not know',
			`Let the server send the whole chain, give n8n the certificate of the issuer (NODE_EXTRA_CA_CERTS), or ${LAB_SERVER}`,
		),
	},
	{
		codes: /^(CERT_.*|ERR_TLS_CERT_.*)$/,
		loss: certificate('is not trusted', `Install a valid certificate, or ${LAB_SERVER}`),
	},
	{
		codes: /^ERR_SSL_.*(PROTOCOL|HANDSHAKE|CIPHER)/,
		loss: {
			sent: false,
			isTransient: false,
			what: 'shares no TLS version or cipher with n8n',
			advice: 'Enable TLS 1.2 or newer on the server',
		},
	},
	{
		codes: /^(EPROTO|ERR_SSL_.*)$/,
		loss: {
			sent: false,
			isTransient: false,
			what: 'does not speak TLS',
			advice: "Check whether the 'Base URL' should begin with http:// or needs another port",
		},
	},
	{
		codes: /^ECONNREFUSED$/,
		loss: {
			sent: false,
			isTransient: true,
			what: 'refuses the connection',
			advice: "Check host and port of the 'Base URL', and whether Odin is running",
		},
	},
	{
		codes: /^ENOTFOUND$/,
		loss: {
			sent: false,
			isTransient: false,
			what: 'has a host name that cannot be found',
			advice: "Check the host of the 'Base URL'",
		},
	},
	{
		codes: /^EAI_AGAIN$/,
		loss: {
			sent: false,
			isTransient: true,
			what: 'has a host name that cannot be resolved at the moment',
			advice: 'Check the name servers that n8n uses',
		},
	},
	{
		codes: /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/,
		loss: {
			sent: false,
			isTransient: true,
			what: 'cannot be reached from this n8n',
			advice: 'Check routes, VPN and firewall between n8n and Odin',
		},
	},
	{
		// With ERR_CANCELED axios names a request that was ended by its signal, here because its time was over.
		codes: /^(ECONNABORTED|ETIMEDOUT|ESOCKETTIMEDOUT|ERR_CANCELED)$/,
		loss: {
			sent: true,
			isTransient: true,
			what: 'did not answer in time',
			// Also for the credential test and for lists, which have no options.
			advice: "Try again later; 'Timeout' in the options sets how long the node waits",
		},
	},
];

export const BROKEN: ConnectionLoss = {
	sent: true,
	isTransient: true,
	what: 'closed the connection before it answered',
	advice: 'Try again later; a proxy or a restart of Odin can be the reason',
};

/** What the code of a network failure means. */
export function connectionLoss(code: string | undefined): ConnectionLoss {
	return LOSSES.find(({ codes }) => codes.test(code ?? ''))?.loss ?? BROKEN;
}

/** The code of a network failure, as Node.js or axios name it. Its cause, where there is one, is nearer to what happened. */
export function networkCodeIn(error: unknown): string | undefined {
	const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } | null };
	return [cause?.code, code].find((given) => typeof given === 'string');
}

/** Why a request was not let through to Odin: by n8n, or by a proxy that it has to use. Nothing was sent. */
export interface N8nRefusal {
	/** What happened, the beginning of a sentence */
	what: string;
	/** What to do */
	advice: string;
}

const PROXY_ADVICE =
	"Ask the administrator of n8n to check HTTP_PROXY and HTTPS_PROXY, or to name the host of the 'Base URL' in NO_PROXY";

const proxyRefusal = (reason: string): N8nRefusal => ({
	what: `The proxy that n8n uses ${reason}`,
	advice: PROXY_ADVICE,
});

/** Texts that n8n (2.35 to 2.41) and its proxy agent throw before anything is sent, by how they begin. */
const REFUSALS: ReadonlyArray<{
	begins: RegExp;
	refusal(baseUrl: string, text: string): N8nRefusal;
}> = [
	{
		begins: /^(Domain not allowed|No allowed domains)/,
		refusal: (baseUrl, text) => ({
			what: `n8n does not let this credential reach ${baseUrl} (${text.replace(/\.$/, '')})`,
			advice: "Add this host to 'Allowed Domains' of the credential",
		}),
	},
	{
		begins: /^The request was blocked because /,
		refusal: (baseUrl) => ({
			what: `n8n's SSRF protection does not let requests reach ${baseUrl}`,
			advice:
				'Ask the administrator of n8n to add this host to N8N_SSRF_ALLOWED_HOSTNAMES, or its address to N8N_SSRF_ALLOWED_IP_RANGES',
		}),
	},
	{
		begins: /^Proxy connection ended before receiving CONNECT/,
		refusal: (baseUrl) => proxyRefusal(`closed the connection instead of connecting to ${baseUrl}`),
	},
];

/** Deeper than n8n wraps what it throws. */
const MAX_CAUSES = 6;

/** Why a request was not let through, in what n8n's helper gave or threw; undefined for anything else. */
export function n8nRefusalIn(response: unknown, baseUrl: string): N8nRefusal | undefined {
	const { isOfProxy, statusCode } = response as Partial<ReceivedResponse>;
	if (isOfProxy) {
		return proxyRefusal(`refused to connect to ${baseUrl} (HTTP ${String(statusCode)})`);
	}
	let cause: unknown = response;
	for (let depth = 0; depth < MAX_CAUSES && cause instanceof Error; depth += 1) {
		const { message } = cause;
		const found = REFUSALS.find(({ begins }) => begins.test(message));
		if (found) return found.refusal(baseUrl, message);
		if (isOfOtherAddress(cause, baseUrl)) {
			return proxyRefusal(`could not be reached, so there is no connection to ${baseUrl}`);
		}
		({ cause } = cause);
	}
	return undefined;
}

/** A connection that was not made, to another port or host than Odin's: n8n tried to reach its proxy. */
function isOfOtherAddress(error: Error, baseUrl: string): boolean {
	// Of a host with several addresses, each has an error of its own.
	const [first = error] = (error as { errors?: unknown[] }).errors ?? [];
	const { syscall, port, hostname } = first as {
		syscall?: string;
		port?: number;
		hostname?: string;
	};
	if (!URL.canParse(baseUrl)) return false;
	const url = new URL(baseUrl);
	if (syscall === 'connect' && port !== undefined) {
		return port !== Number(url.port || (url.protocol === 'https:' ? 443 : 80));
	}
	return syscall === 'getaddrinfo' && hostname?.toLowerCase() !== url.hostname.toLowerCase();
}
