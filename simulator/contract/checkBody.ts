import type { FastifyRequest } from 'fastify';

import { malformed, missingKey, type OdinError } from '../odinErrors';
import type { BodyContract } from './bodyContract';
import { type Body, convertBody, isObject } from './convertBody';

interface Reading {
	strict: boolean;
	/** A last look at the converted body before it is validated; not used by a strict reader. */
	prepare?: (body: Body) => Body;
}

/**
 * Reads a JSON body by its contract. Returns the known fields that were given, null where a field is to be
 * cleared. Throws the 400 of Odin that names the field at fault.
 */
export function checkBody(
	request: FastifyRequest,
	contract: BodyContract,
	sent: unknown,
	reading: Reading,
): Body {
	const given = isObject(sent) ? sent : {};
	const { prepare = (body: Body) => body } = reading;
	const body = reading.strict ? given : prepare(convertBody(contract, given));
	const validate = request.compileValidationSchema(
		reading.strict ? contract.strict : contract.tolerant,
	);
	if (!validate(body)) throw explain(validate.errors?.[0]);
	return Object.fromEntries(Object.entries(body).filter(([name]) => contract.fields.has(name)));
}

interface SchemaComplaint {
	instancePath: string;
	keyword: string;
	params: Record<string, unknown>;
	message?: string;
}

/** The complaint of the validator in the words of Odin, with the field it is about. */
export function explain(complaint: SchemaComplaint | undefined): OdinError {
	if (!complaint) return malformed('The request was not understood.');
	const field = complaint.instancePath.split('/').slice(1).join('.');
	const { keyword, params, message = 'is not valid' } = complaint;
	if (keyword === 'required') {
		return missingKey([field, String(params.missingProperty)].filter(Boolean).join('.'));
	}
	if (keyword === 'additionalProperties') {
		const key = [field, String(params.additionalProperty)].filter(Boolean).join('.');
		return malformed(`This key is not permitted: ${key}`);
	}
	if (keyword === 'enum') {
		const choices = (params.allowedValues as unknown[]).filter((choice) => choice !== null);
		return malformed(`${field} must be one of: ${choices.join(', ')}`);
	}
	return malformed(`${field || 'The body'} ${message}`);
}
