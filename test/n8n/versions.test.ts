/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describeOutcomes, type Outcome } from '../../scripts/compatibility/table';
import { PROMISED_VERSIONS } from '../../scripts/compatibility/versions';
import { N8N_VERSION } from '../../scripts/n8n/installation';
import manifest from '../../package.json';

const CHECKOUT = resolve(__dirname, '../..');

test('the table says what each version has, and below it why something is missing', () => {
	const outcomes = new Map<string, Outcome>([
		['2.41.1', new Map()],
		['2.35.3', new Map([['session, 403', 'status 422']])],
		['1.0.0', 'n8n could not be downloaded'],
	]);

	expect(describeOutcomes(outcomes)).toBe(
		`
n8n     loads  credential test  lists  create  error output  session, 401  session, 403
2.41.1  yes    yes              yes    yes     yes           yes           yes
2.35.3  yes    yes              yes    yes     yes           yes           no
1.0.0   no     -                -      -       -             -             -

2.35.3, session, 403: status 422
1.0.0: n8n could not be downloaded`.trim(),
	);
});

test.each(['README.md', 'docs/compatibility.md'])(
	'%s names the versions that are tried',
	(file) => {
		const text = readFileSync(resolve(CHECKOUT, file), 'utf8');
		const { 'n8n-core': engine } = manifest.devDependencies;
		for (const version of [...PROMISED_VERSIONS, N8N_VERSION, engine])
			expect(text).toContain(version);
	},
);
