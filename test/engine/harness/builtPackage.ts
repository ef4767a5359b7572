/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { cpSync, existsSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { modulesFolder, otherEngine, userFolder } from './mainRealm';

const CHECKOUT = resolve(__dirname, '../../..');

/** The folder of the built node. Beside another n8n it is a copy, which gets that one's n8n-workflow as in n8n. */
export function builtPackage(): string {
	if (otherEngine === undefined) return CHECKOUT;
	const copy = join(userFolder, 'package');
	if (existsSync(copy)) return copy;
	for (const name of ['package.json', 'dist']) {
		cpSync(join(CHECKOUT, name), join(copy, name), { recursive: true });
	}
	symlinkSync(modulesFolder, join(copy, 'node_modules'));
	return copy;
}
