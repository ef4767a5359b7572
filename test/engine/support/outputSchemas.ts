/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import fastify from 'fastify';

const FOLDER = join(__dirname, '../../../nodes/Odin/__schema__/v1.0.0');

interface Validate {
	(json: unknown): unknown;
	errors?: unknown;
}

/** Checks real output against the schemas that feed n8n's preview of the output. */
export class OutputSchemas {
	private constructor(private readonly validators: ReadonlyMap<string, Validate>) {}

	/** @param actions resource and operation, such as trunkGroup.get; one without a schema is left out */
	static async read(actions: readonly string[]): Promise<OutputSchemas> {
		// The validator (ajv) that the simulator's server brings with it. Strict, it refuses n8n's keyword "version".
		const app = fastify({
			ajv: {
				customOptions: {
					coerceTypes: false,
					removeAdditional: false,
					useDefaults: false,
					strict: false,
				},
			},
		});
		app.post('/', { schema: { body: {} } }, async () => ({}));
		await app.ready();
		const validators = new Map<string, Validate>();
		for (const action of actions) {
			const file = join(FOLDER, `${action.replace('.', '/')}.json`);
			if (!existsSync(file)) continue;
			const schema = JSON.parse(readFileSync(file, 'utf8')) as object;
			const compiled = app.validatorCompiler?.({
				schema,
				method: 'POST',
				url: '/',
				httpPart: 'body',
			});
			if (compiled) validators.set(action, compiled as Validate);
		}
		await app.close();
		return new OutputSchemas(validators);
	}

	/** Resource and operation of those that have a schema. */
	actions(): string[] {
		return [...this.validators.keys()];
	}

	/** What the schema has against the json of an item; undefined when nothing. */
	complaint(action: string, json: object): unknown {
		const validate = this.validators.get(action);
		return !validate || validate(json) === true ? undefined : validate.errors;
	}
}
