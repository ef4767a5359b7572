import { isSuccess, type OdinResponse } from '../response';
import { saysSessionEnded } from './endedSession';
import type { OdinLoginError } from './loginError';
import {
	atTime,
	sessionWith,
	transition,
	type SessionAction,
	type SessionEvent,
} from './sessionState';

/** 403 is ambiguous: the portal takes it for the end of a session, and it is what missing rights are answered with. */
const FORBIDDEN = 403;

/** What a request was sent with. */
export interface SentToken {
	token: string;
	/** It was issued for this request or while it waited, so it was good a moment ago */
	isFresh: boolean;
}

/** How a session reaches n8n and Odin. */
export interface SessionWays {
	/** The token in n8n's database: in a cluster another worker may have logged in. Empty without a usable one */
	readStore(): Promise<string>;
	/** Asks Odin for the session; tells which token it was asked with */
	check(): Promise<{ token: string; isAlive: boolean }>;
	/** No execution of this process is to use the token any more */
	forget(token: string): void;
}

/** The session of one execution with Odin: one state, which events change; see sessionState.ts. */
export class Session {
	private state;

	private reading: Promise<void> | undefined;

	private lastCheck: Promise<unknown> = Promise.resolve();

	/** Not sent yet, so it tells about the answers that are here already. */
	private nextCheck: ReturnType<SessionWays['check']> | undefined;

	/** By token, whether Odin still had its session after the first 403 to a request that it was issued for */
	private readonly firstChecks = new Map<string, Promise<boolean>>();

	constructor(
		token: string,
		private readonly ways: SessionWays,
		private readonly now: () => number = Date.now,
	) {
		this.state = sessionWith(token);
	}

	/** Empty where a login is needed. */
	get token(): string {
		return this.state.token;
	}

	/** Why nothing that needs a login is sent now; undefined where one may be tried. */
	get loginFailure(): OdinLoginError | undefined {
		const { login, loginFailure } = atTime(this.state, this.now());
		return login === 'paused' || login === 'refused' ? loginFailure : undefined;
	}

	get isContested(): boolean {
		return this.state.isContested;
	}

	note(event: SessionEvent): SessionAction | undefined {
		const { state, action } = transition(this.state, event, this.now());
		this.state = state;
		return action;
	}

	/** Whether an answer is due to a session that has ended, so that a new one is worth a try. Odin may be asked. */
	async hasEnded(answer: OdinResponse, sent: SentToken): Promise<boolean> {
		this.note({ type: 'answered' });
		if (saysSessionEnded(answer)) return true;
		if (isSuccess(answer)) this.note({ type: 'allowed' });
		if (answer.status !== FORBIDDEN) return false;
		let action = this.note({ type: 'forbidden', ...sent });
		if (action === 'check' || action === 'checkOnce') {
			const isAlive = await (action === 'check' ? this.check(sent) : this.checkOnce(sent));
			action = this.note({ type: 'sessionChecked', isAlive });
		}
		return action === 'renew';
	}

	/** Another request may have renewed the session meanwhile; else this one does, and those that come now wait for it. */
	async renew(refused: string): Promise<void> {
		this.ways.forget(refused);
		if (this.note({ type: 'tokenRefused', token: refused }) !== 'readStore') return;
		this.reading ??= this.readStore();
		await this.reading;
	}

	/** The session has ended, and no other one is tried. */
	giveUp(token: string): void {
		this.ways.forget(token);
		this.note({ type: 'sessionGivenUp' });
	}

	private async readStore(): Promise<void> {
		const token = await this.ways.readStore();
		this.reading = undefined;
		this.note({ type: 'tokenStored', token });
	}

	private async checkOnce(sent: SentToken): Promise<boolean> {
		const check = this.firstChecks.get(sent.token) ?? this.check(sent);
		this.firstChecks.set(sent.token, check);
		return await check;
	}

	/** Answers that come before the question is sent share it. */
	private async check({ token }: SentToken): Promise<boolean> {
		this.nextCheck ??= this.lastCheck.then(async () => {
			this.nextCheck = undefined;
			const check = this.ways.check();
			this.lastCheck = check;
			return await check;
		});
		const checked = await this.nextCheck;
		return checked.token === token && checked.isAlive;
	}
}
