import { Secret } from './secret';

/** How many tokens a session may have been renewed with that are still looked for. */
const MAX_TOKENS = 8;

/** What all items share. */
interface OfCredential {
	password?: Secret | undefined;
	tokens: Secret[];
}

/**
 * The secrets that what belongs to one item may not show: the password and the tokens of the credential, which all items
 * share, and the item's own. Few, however many items have passwords.
 */
export class KnownSecrets implements Iterable<Secret> {
	private readonly own = new Map<string, Secret>();

	constructor(private readonly credential: OfCredential = { tokens: [] }) {}

	/** These alone; empty ones are none. */
	static of(...secrets: unknown[]): KnownSecrets {
		const known = new KnownSecrets();
		secrets.forEach((secret) => known.keep(secret));
		return known;
	}

	/** For one item: those of the credential that are known by now or turn up later, and its own. */
	forItem(): KnownSecrets {
		return new KnownSecrets(this.credential);
	}

	/** From now on this value is shown nowhere. */
	keep(secret: unknown): void {
		const text = textOf(secret);
		if (text !== '' && !this.own.has(text)) this.own.set(text, new Secret(text));
	}

	keepPassword(password: unknown): void {
		const text = textOf(password);
		this.credential.password = text === '' ? undefined : new Secret(text);
	}

	keepToken(token: unknown): void {
		const { tokens } = this.credential;
		const text = textOf(token);
		if (text === '' || tokens.some((kept) => kept.text === text)) return;
		tokens.push(new Secret(text));
		if (tokens.length > MAX_TOKENS) tokens.shift();
	}

	*[Symbol.iterator](): Iterator<Secret> {
		const { password, tokens } = this.credential;
		if (password) yield password;
		yield* tokens;
		yield* this.own.values();
	}
}

/** An expression may make a number of it. */
const textOf = (secret: unknown): string =>
	typeof secret === 'string' || typeof secret === 'number' ? String(secret) : '';
