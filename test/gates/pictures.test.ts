/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT, filesIn } from './checkout';
import { textOf } from './workflows';

/** Bytes of one picture; people read these pages on slow connections, too. */
const MAX_BYTES = 150_000;

const pages = ['README.md', ...filesIn('docs').filter((path) => path.endsWith('.md'))];
const pictures = filesIn('docs/pictures');

/** The pictures that the pages show, by their path in the checkout. */
const shown = pages.flatMap((page) =>
	[...textOf(page).matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, target]) =>
		join(page, '..', target!),
	),
);

test('every picture is shown, and every picture that is shown is there', () => {
	expect([...new Set(shown)].sort()).toEqual([...pictures].sort());
});

test('pictures are small', () => {
	const large = pictures.filter((path) => statSync(join(CHECKOUT, path)).size > MAX_BYTES);
	expect(large).toEqual([]);
});

test('the browser test takes those of the README', () => {
	const sources = filesIn('test/browser').map(textOf).join('\n');
	const taken = [...sources.matchAll(/picture\(opened\(\), '([^']+)'/g)].map(
		([, name]) => `docs/pictures/editor-${name}.png`,
	);
	const ofReadme = shown.filter((path) => textOf('README.md').includes(path));
	expect(ofReadme.length).toBeGreaterThan(3);
	expect(taken.sort()).toEqual(ofReadme.sort());
});
