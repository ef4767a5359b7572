/* eslint-disable @n8n/community-nodes/no-restricted-imports */

import { createHash } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';

import type { FastifyReply, FastifyRequest } from 'fastify';

import type { Fault, FaultKind } from './faultPlan';

const AFTER_THE_WRITE: ReadonlySet<FaultKind> = new Set<FaultKind>([
	'lostAnswer',
	'hangAfterWrite',
	'slowBody',
	'truncated',
	'cutBody',
	'empty',
	'gatewayAfterWrite',
	'rewritten',
	'answerAfterWrite',
	'ignored',
	'oldProfile',
	'readLag',
	'sessionEndedAfterWrite',
]);

const TEN_MEGABYTES = 10 * 1024 * 1024;
const PIECES = 20;

/** Whether the request is carried out and only its answer spoiled. */
export function happensAfterTheWrite({ kind }: Fault): boolean {
	return AFTER_THE_WRITE.has(kind);
}

/** Answers, or does not, in place of Odin: the request is not carried out. */
export function answerInstead(
	fault: Fault,
	request: FastifyRequest,
	reply: FastifyReply,
): FastifyReply {
	if (fault.kind === 'reset' || fault.kind === 'hang') {
		reply.hijack();
		if (fault.kind === 'reset') request.raw.socket.destroy();
		return reply;
	}
	reply.headers(fault.headers ?? {});
	switch (fault.kind) {
		case 'html':
			return htmlPage(reply, fault);
		case 'redirect':
			return reply
				.code(fault.status ?? 302)
				.header('location', fault.location ?? '/login')
				.send('');
		case 'noise':
			return reply.code(fault.status ?? 200).send(noise());
		case 'errorIn200':
			return reply
				.code(fault.status ?? 200)
				.send(fault.body ?? { error: 'There has been a BroadWorks error.' });
		case 'sessionEnded':
			return reply.code(fault.status ?? 401).send(fault.body ?? endOfSession(fault));
		default:
			return otherStatus(reply, fault);
	}
}

function otherStatus(reply: FastifyReply, { status = 500, body }: Fault): FastifyReply {
	const error = { error: 'There has been an error.', status, details: 'Injected by a test.' };
	return reply.code(status).send(body ?? (status < 400 ? '' : error));
}

function endOfSession({ status = 401 }: Fault) {
	return { error: 'Expired token', status, details: 'Log in again.' };
}

function htmlPage(reply: FastifyReply, { status = 502, body }: Fault): FastifyReply {
	return reply
		.code(status)
		.type('text/html; charset=utf-8')
		.send(body ?? pageOf(status));
}

function pageOf(status: number): string {
	return `<!DOCTYPE html>\n<html><head><title>${status}</title></head><body><h1>${status}</h1><p>proxy.example.net</p></body></html>\n`;
}

let storedNoise: Buffer | undefined;

// The same noise in every run, so that a seeded campaign can be repeated.
function noise(): Buffer {
	storedNoise ??= createHash('shake256', { outputLength: TEN_MEGABYTES }).update('noise').digest();
	return storedNoise;
}

const never = (): Promise<never> => new Promise(() => undefined);

/** Spoils the answer of a request that was carried out. Returns the body to send. */
export async function spoilAnswer(
	fault: Fault,
	request: FastifyRequest,
	reply: FastifyReply,
	payload: unknown,
): Promise<unknown> {
	const text = typeof payload === 'string' ? payload : '';
	if (fault.headers) reply.headers(fault.headers);
	switch (fault.kind) {
		case 'lostAnswer':
			request.raw.socket.destroy();
			return await never();
		case 'hangAfterWrite':
			return await never();
		case 'truncated':
			return text.slice(0, Math.floor(text.length / 2));
		case 'rewritten':
			return fault.rewrite?.(text) ?? text;
		case 'cutBody':
			cutAnswer(request, reply, text);
			return await never();
		case 'slowBody':
			// Past Fastify, whose error handler fails when the client has gone before a stream begins.
			await pipeline(slowly(reply, text, fault.paceMs ?? 100), reply.raw).catch(() => undefined);
			return await never();
		case 'empty':
			return reply.statusCode < 400 ? withoutBody(reply, fault.status ?? 200) : payload;
		case 'answerAfterWrite':
			return otherBody(reply, fault.status ?? 200, fault.body);
		case 'sessionEndedAfterWrite':
			return otherBody(reply, fault.status ?? 401, fault.body ?? endOfSession(fault));
		case 'ignored':
		case 'oldProfile':
		case 'readLag':
			return payload;
		default:
			reply.code(fault.status ?? 502).type('text/html; charset=utf-8');
			return typeof fault.body === 'string' ? fault.body : pageOf(reply.statusCode);
	}
}

function withoutBody(reply: FastifyReply, status: number): string {
	reply.code(status).removeHeader('content-type');
	return '';
}

function otherBody(reply: FastifyReply, status: number, body: unknown): string {
	if (body === undefined || body === '') return withoutBody(reply, status);
	const isText = typeof body === 'string';
	reply.code(status).type(isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8');
	return isText ? body : JSON.stringify(body);
}

function cutAnswer(request: FastifyRequest, reply: FastifyReply, text: string): void {
	const bytes = beginAnswer(reply, text);
	reply.raw.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => {
		request.raw.socket.destroy();
	});
}

function slowly(reply: FastifyReply, text: string, paceMs: number): Readable {
	return Readable.from(inPieces(beginAnswer(reply, text), paceMs));
}

/** Sends the headers of a whole answer. Returns what has to follow. */
function beginAnswer(reply: FastifyReply, text: string): Buffer {
	const bytes = Buffer.from(text);
	const headers = { ...reply.getHeaders(), 'content-length': bytes.length };
	reply.raw.writeHead(reply.statusCode, headers as OutgoingHttpHeaders);
	return bytes;
}

async function* inPieces(bytes: Buffer, paceMs: number): AsyncGenerator<Buffer> {
	const size = Math.max(1, Math.ceil(bytes.length / PIECES));
	for (let start = 0; start < bytes.length; start += size) {
		await pause(paceMs, undefined, { ref: false });
		yield bytes.subarray(start, start + size);
	}
}
