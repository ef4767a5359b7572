/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import {
	existsSync,
	mkdtempSync,
	readFileSync,
	realpathSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { CHECKOUT, makeSmallCheckout } from '../gates/checkout';
import { builtPackage, buildOf } from './harness/builtPackage';

describe('the build that engine tests run', () => {
	const checkout = realpathSync(mkdtempSync(join(tmpdir(), 'n8n-nodes-odin-build-')));
	const built: string[] = [];

	const writeNode = (source: string) =>
		writeFileSync(join(checkout, 'nodes/Odin/Odin.node.ts'), source);
	function build(): string {
		const folder = buildOf(checkout);
		built.push(folder);
		return folder;
	}
	const compiled = (folder: string) =>
		readFileSync(join(folder, 'dist/nodes/Odin/Odin.node.js'), 'utf8');

	beforeAll(() => {
		makeSmallCheckout(checkout);
		writeNode(`export const built = ${process.pid};\n`);
	});

	afterAll(() => {
		for (const folder of [checkout, ...built]) rmSync(folder, { recursive: true, force: true });
	});

	it('is the one of the very sources, icons included, and made once', () => {
		const first = build();
		expect(compiled(first)).toContain(`built = ${process.pid}`);
		expect(build()).toBe(first);

		writeNode(`export const built = 'again ${process.pid}';\n`);
		const second = build();
		expect(compiled(second)).toContain(`built = 'again ${process.pid}'`);
		expect(compiled(first)).toContain(`built = ${process.pid}`);

		const icon = join(checkout, 'icons/odin.svg');
		const before = readFileSync(icon, 'utf8');
		writeFileSync(icon, '<svg></svg>');
		expect(readFileSync(join(build(), 'dist/icons/odin.svg'), 'utf8')).toBe('<svg></svg>');
		writeFileSync(icon, before);
		expect(build()).toBe(second);
	});

	it('is none while the sources do not compile, and the compiler says why', () => {
		writeNode("export const built: number = 'text';\n");
		expect(() => build()).toThrow(/does not build[^]*nodes\/Odin\/Odin\.node\.ts.*not assignable/);
	});

	it('of this checkout lies outside of dist, which nobody has to build first', () => {
		expect(builtPackage()).not.toContain(join(CHECKOUT, 'dist'));
		expect(existsSync(join(builtPackage(), 'dist/nodes/Odin/Odin.node.js'))).toBe(true);
	});
});
