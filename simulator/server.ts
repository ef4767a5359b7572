/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';

import fastifyJwt from '@fastify/jwt';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';

import { explain } from './contract/checkBody';
import { OdinError } from './odinErrors';
import type { Switches } from './options';

const TWENTY_MEGABYTES = 20 * 1024 * 1024;
const SEVENTY_SECONDS_MS = 70_000;

/** How it reads bodies and how it words refusals. Routes and hooks come on top. */
export async function createApp(): Promise<FastifyInstance> {
	const app = fastify({
		bodyLimit: TWENTY_MEGABYTES,
		// Bodies are converted by our own rules; the validator must not add its own.
		ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
	});
	await app.register(fastifyJwt, { secret: 'odin-simulator', sign: { algorithm: 'HS256' } });

	// odins_spear sends "{}" with every GET and DELETE.
	app.addHttpMethod('GET', { hasBody: true, overrideExisting: true });
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => {
		done(null, text === '' ? undefined : text);
	});
	app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
		try {
			done(null, text === '' ? undefined : JSON.parse(String(text)));
		} catch {
			done(new OdinError(400, 'The body is not valid JSON', 'The request was not understood.'));
		}
	});

	app.setErrorHandler<FastifyError | OdinError>((error, _request, reply) => {
		const answer = asOdinError(error);
		return reply.code(answer.status).headers(answer.headers).send(answer.body());
	});
	app.setNotFoundHandler((request) => {
		throw new OdinError(404, `Not found: ${request.method} ${request.url}`, 'Unknown path.');
	});
	return app;
}

/** What serves an app until it is closed. Connections outlive the pauses of a client. */
export function createServer(app: FastifyInstance, { https }: Switches): Server {
	const options = { keepAliveTimeout: SEVENTY_SECONDS_MS };
	return https
		? createHttpsServer({ ...options, ...https }, app.routing)
		: createHttpServer(options, app.routing);
}

function asOdinError(error: FastifyError | OdinError): OdinError {
	if (error instanceof OdinError) return error;
	if (error.validation) return explain(error.validation[0]);
	return new OdinError(error.statusCode ?? 500, error.message, error.code ?? error.name);
}
