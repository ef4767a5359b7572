import ajvCompiler from '@fastify/ajv-compiler';
import fastifyJwt from '@fastify/jwt';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';

import { explain } from './contract/checkBody';
import { OdinError } from './odinErrors';
import type { Switches } from './options';

const TWENTY_MEGABYTES = 20 * 1024 * 1024;

const compilerFor = ajvCompiler();
const validators = new Map<string, ReturnType<ReturnType<typeof compilerFor>>>();

/** A process with many simulators, one after the other, compiles each schema once: it takes longer than all the rest. */
const buildValidator: typeof compilerFor = (schemas, options) => {
	const compile = compilerFor(schemas, options);
	return (route) => {
		const text = JSON.stringify(route);
		const validator = validators.get(text) ?? compile(route);
		validators.set(text, validator);
		return validator;
	};
};

/** The bare HTTP server: how it reads bodies and how it words refusals. Routes and hooks come on top. */
export async function createServer({ https }: Switches): Promise<FastifyInstance> {
	const options = {
		bodyLimit: TWENTY_MEGABYTES,
		// A hanging fault must not keep the simulator from closing.
		forceCloseConnections: true,
		schemaController: { compilersFactory: { buildValidator } },
		// Bodies are converted by our own rules; the validator must not add its own.
		ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
	} as const;
	const app = https
		? (fastify({ ...options, https }) as unknown as FastifyInstance)
		: fastify(options);
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

function asOdinError(error: FastifyError | OdinError): OdinError {
	if (error instanceof OdinError) return error;
	if (error.validation) return explain(error.validation[0]);
	return new OdinError(error.statusCode ?? 500, error.message, error.code ?? error.name);
}
