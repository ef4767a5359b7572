import semver from 'semver';
import { resources } from '../../nodes/Odin/resources';
import { releasedSections, unreleasedChanges } from '../../scripts/release/changelog';
import { filesIn } from './checkout';
import { textOf, yamlOf } from './workflows';

const manifest = JSON.parse(textOf('package.json')) as {
	version: string;
	author: { email: string };
	devDependencies: Record<string, string>;
};

interface Updates {
	updates: Array<{
		'package-ecosystem': string;
		groups: Record<string, { patterns: string[]; 'exclude-patterns'?: string[] }>;
		ignore?: Array<{ 'dependency-name': string }>;
	}>;
}

describe('dependency updates', () => {
	const { updates } = yamlOf<Updates>('.github/dependabot.yml');
	const [npm, actions] = updates;
	const matches = (name: string, patterns: string[] = []) =>
		patterns.some((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name));
	const groupOf = (name: string) =>
		Object.entries(npm!.groups).find(
			([, group]) => matches(name, group.patterns) && !matches(name, group['exclude-patterns']),
		)?.[0];

	test('come for packages and for the actions of the workflows', () => {
		expect(updates.map((update) => update['package-ecosystem'])).toEqual(['npm', 'github-actions']);
		expect(actions!.groups).toEqual({ actions: { patterns: ['*'] } });
	});

	test("bring n8n's engine in one piece, and every package in some group", () => {
		const grouped = Object.keys(manifest.devDependencies).map((name) => [name, groupOf(name)]);
		const engine = grouped.filter(([, group]) => group === 'n8n-engine');
		expect(engine.map(([name]) => name)).toEqual(['n8n-core', 'n8n-workflow']);
		expect(grouped.filter(([, group]) => group === undefined)).toEqual([]);
	});

	test('leave out versions only of packages that there are', () => {
		const ignored = npm!.ignore!.map((rule) => rule['dependency-name']);
		expect(Object.keys(manifest.devDependencies)).toEqual(expect.arrayContaining(ignored));
	});
});

interface Form {
	name: string;
	description: string;
	body: Array<{
		type: string;
		id?: string;
		attributes: {
			label?: string;
			value?: string;
			options?: Array<string | { label: string; required?: boolean }>;
		};
		validations?: { required: boolean };
	}>;
}

describe('issues', () => {
	const forms = filesIn('.github/ISSUE_TEMPLATE').filter((path) => !path.endsWith('config.yml'));

	test('begin with a form, and vulnerabilities are told elsewhere', () => {
		const config = yamlOf<Record<string, unknown>>('.github/ISSUE_TEMPLATE/config.yml');
		// GitHub links SECURITY.md beside the forms by itself.
		expect(config).toEqual({ blank_issues_enabled: false });
		expect(textOf('SECURITY.md')).toContain('Report a vulnerability');
	});

	test.each(forms)('%s is a form that asks for something, and for no secrets', (path) => {
		const { name, description, body } = yamlOf<Form>(path);
		expect([name, description].every((text) => text.length > 0)).toBe(true);
		const [warning, ...questions] = body;
		expect(warning).toMatchObject({
			type: 'markdown',
			attributes: { value: expect.stringMatching(/passwords.*tokens/s) },
		});
		for (const { type, attributes } of questions) {
			expect(['input', 'textarea', 'dropdown', 'checkboxes']).toContain(type);
			expect(attributes.label).toEqual(expect.any(String));
		}
		const ids = questions.map(({ id }) => id);
		expect(new Set(ids).size).toBe(questions.length);
		expect(ids).not.toContain(undefined);
		expect(questions.filter(({ validations }) => validations?.required)).not.toEqual([]);
	});

	test('that a bug was found in, is a resource of the node, in the order of the node', () => {
		const { body } = yamlOf<Form>('.github/ISSUE_TEMPLATE/bug.yml');
		const { options } = body.find(({ id }) => id === 'resource')!.attributes;
		expect(options!.slice(0, resources.length)).toEqual(resources.map(({ name }) => name));
	});
});

describe('the changelog', () => {
	const changelog = textOf('CHANGELOG.md');
	const released = releasedSections(changelog);

	test('begins with what is not released yet', () => {
		expect(/^## .*/m.exec(changelog)?.[0]).toBe('## Unreleased');
		expect(() => unreleasedChanges(changelog)).not.toThrow();
	});

	test('has the newest release first, and none above the version of the package', () => {
		const versions = released.map(({ version }) => version);
		expect(versions).toEqual(semver.rsort([...versions]));
		const dates = released.map(({ date }) => date);
		expect(dates).toEqual([...dates].sort().reverse());
		expect(versions.filter((version) => semver.gt(version, manifest.version))).toEqual([]);
	});

	test('sorts changes by their kind', () => {
		const kinds = [...changelog.matchAll(/^### (.*)$/gm)].map(([, kind]) => kind);
		const known = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];
		expect(kinds.filter((kind) => !known.includes(kind!))).toEqual([]);
	});
});
