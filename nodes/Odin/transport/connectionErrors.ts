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

const CERTIFICATE_CODES =
	/^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*|CERT_.*|ERR_TLS_CERT_.*|HOSTNAME_MISMATCH)$/;

const LOSSES: Array<{ codes: RegExp; loss: ConnectionLoss }> = [
	{
		codes: CERTIFICATE_CODES,
		loss: {
			sent: false,
			isTransient: false,
			what: 'shows a certificate that is not trusted',
			advice:
				"Install a valid certificate, or turn on 'Allow Unauthorized Certificates' in the credential for a lab server",
		},
	},
	{
		codes: /^(EPROTO|ERR_SSL_.*)$/,
		loss: {
			sent: false,
			isTransient: false,
			what: 'does not speak TLS there',
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
			what: 'is a host name that cannot be found',
			advice: "Check the host of the 'Base URL'",
		},
	},
	{
		codes: /^EAI_AGAIN$/,
		loss: {
			sent: false,
			isTransient: true,
			what: 'is a host name that no name server resolves now',
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
			advice: "Try again later; 'Timeout' in the options of the node is how long it waits",
		},
	},
];

const BROKEN: ConnectionLoss = {
	sent: true,
	isTransient: true,
	what: 'closed the connection before it answered',
	advice: 'Try again later; a proxy or a restart of Odin can be the reason',
};

/** What the code of a network failure means. Codes are those of Node.js and axios. */
export function connectionLoss(code: string | undefined): ConnectionLoss {
	return LOSSES.find(({ codes }) => codes.test(code ?? ''))?.loss ?? BROKEN;
}

/** The code of a network failure, as Node.js or axios name it. Its cause, where there is one, is nearer to what happened. */
export function networkCodeIn(error: unknown): string | undefined {
	const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } | null };
	return [cause?.code, code].find((given) => typeof given === 'string');
}

/**
 * n8n's own words where a credential's 'Allowed HTTP Request Domains' keep it from this Odin. n8n throws them before it
 * sends anything (n8n-workflow 2.40, credential-domain-restrictions).
 */
export function restrictionIn(error: unknown): string | undefined {
	const { message, cause } = error as { message?: unknown; cause?: unknown };
	if (typeof message === 'string' && /^(Domain not allowed|No allowed domains)/.test(message)) {
		return message;
	}
	return cause instanceof Error ? restrictionIn(cause) : undefined;
}
