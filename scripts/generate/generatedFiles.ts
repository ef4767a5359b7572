/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { deviceModel } from '../../nodes/Odin/resources/device/model';
import { trunkGroupModel } from '../../nodes/Odin/resources/trunkGroup/model';
import { userModel } from '../../nodes/Odin/resources/user/model';
import { fieldReference, type Reference } from './fieldReference';
import { quotedLabel } from './fieldRows';
import { withMessages } from './messages';
import { outputSchemas } from './schemas/outputs';

/** The pages of the field reference by their place. */
const FIELD_REFERENCES: Record<string, Reference> = {
	'docs/trunk-group-fields.md': {
		model: trunkGroupModel,
		declaredIn: 'nodes/Odin/resources/trunkGroup/fields',
		notes: {
			authentication:
				'On create these are parameters of their own, with a choice between a password of yours and a generated one.',
			callCapacity: `${quotedLabel(trunkGroupModel, 'maxActiveCalls')} is a parameter of its own on create, where it is needed.`,
		},
	},
	'docs/device-fields.md': {
		model: deviceModel,
		declaredIn: 'nodes/Odin/resources/device/fields.ts',
		notes: {
			deviceFields:
				"User name and password belong together. Create or Update gives an existing device the password only when 'Set Device Password' is on.",
		},
	},
	'docs/user-fields.md': {
		model: userModel,
		declaredIn: 'nodes/Odin/resources/user/fields.ts',
		notes: {
			userFields:
				'Last and first name are parameters of their own on create; the names of the calling line ID follow them.',
			address: 'Of a part that is not named an existing user keeps what is stored.',
			trunk:
				'The endpoint type follows. A new user, or one from another trunk group, gets the user ID as line port by default.',
		},
	},
};

const README = 'README.md';

/** n8n looks for `__schema__/v<version>/<resource>/<operation>.json` beside the compiled node. */
const SCHEMAS = 'nodes/Odin/__schema__';

/** Text of a file by its path in the checkout; undefined for one that is to go. */
type Files = Map<string, string | undefined>;

async function generatedFiles(checkout: string): Promise<Files> {
	const readme = await readFile(join(checkout, README), 'utf8');
	const files: Files = new Map([[README, withMessages(readme)]]);
	for (const [path, reference] of Object.entries(FIELD_REFERENCES)) {
		files.set(path, fieldReference(reference));
	}
	for (const [operation, schema] of Object.entries(outputSchemas())) {
		files.set(`${SCHEMAS}/v1.0.0/${operation}.json`, JSON.stringify(schema));
	}
	for (const [path, text] of files) {
		const filepath = join(checkout, path);
		files.set(path, await format(text!, { ...(await resolveConfig(filepath)), filepath }));
	}
	return files;
}

async function filesBelow(folder: string): Promise<string[]> {
	if (!existsSync(folder)) return [];
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
}

/** The generated files that are not in the checkout as they should be, and schemas that nothing generates any more. */
export async function staleFiles(checkout: string): Promise<Files> {
	const stale = await generatedFiles(checkout);
	const paths = [...stale.keys()];
	for (const path of paths) {
		const present = await readFile(join(checkout, path), 'utf8').catch(() => undefined);
		if (present === stale.get(path)) stale.delete(path);
	}
	for (const file of await filesBelow(join(checkout, SCHEMAS))) {
		const path = relative(checkout, file).split(sep).join('/');
		if (!paths.includes(path)) stale.set(path, undefined);
	}
	return stale;
}

export async function writeFiles(checkout: string, files: Files): Promise<void> {
	for (const [path, text] of files) {
		const file = join(checkout, path);
		if (text === undefined) {
			await rm(file);
			continue;
		}
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, text);
	}
}
