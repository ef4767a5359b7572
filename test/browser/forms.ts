import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { Odin } from '../../nodes/Odin/Odin.node';
import { resources } from '../../nodes/Odin/resources';
import { WINDOW, type Editor, type PlacedNode } from './support/editor';
import { layoutFaults } from './support/layout';
import { look } from './support/pictures';

const form = new Odin().description.properties;

/** A locator of the list with something chosen, so that there is a text that could be cut off. */
const CHOSEN: Record<string, unknown> = {
	serviceProviderId: {
		__rl: true,
		mode: 'list',
		value: 'acme-ent',
		cachedResultName: 'Acme Industries (acme-ent)',
	},
	groupId: {
		__rl: true,
		mode: 'list',
		value: 'acme-hq',
		cachedResultName: 'Acme Headquarters (acme-hq)',
	},
	requireAuthentication: true,
};

/** What a workflow holds of a property that shows its default. */
function shownAs({ name, type, default: preset, typeOptions }: INodeProperties): unknown {
	if (name in CHOSEN && type !== 'collection') return CHOSEN[name];
	if (type === 'resourceLocator') return { __rl: true, ...(preset as object) };
	return typeOptions?.multipleValues ? ['404'] : preset;
}

const MODES = ['form', 'columns', 'none'];

const isList = (property: INodeProperties): boolean => property.type === 'collection';
const entriesOf = ({ options }: INodeProperties) => (options ?? []) as INodeProperties[];

/** The properties that the form of an operation shows, with values that show as many as there can be at once. */
function formOf(resource: string, operation: string, fieldsMode?: string) {
	const parameters: Record<string, unknown> = {
		resource,
		operation,
		...(fieldsMode !== undefined && { fieldsMode }),
	};
	const shown: INodeProperties[] = [];
	for (const property of form) {
		const { show = {}, hide = {} } = property.displayOptions ?? {};
		const { '@tool': asTool, ...conditions } = show;
		if (asTool !== undefined && hide['@tool'] === undefined) continue;
		if (property.name === 'resource' || conditions.resource === undefined) continue;
		const isMet = ([name, values]: [string, unknown]) =>
			(values as unknown[]).includes(parameters[name]);
		if (!Object.entries(conditions).every(isMet)) continue;
		if (Object.entries(hide).some(isMet)) continue;
		shown.push(property);
		if (property.name in parameters) continue;
		parameters[property.name] = isList(property)
			? Object.fromEntries(entriesOf(property).map((entry) => [entry.name, shownAs(entry)]))
			: shownAs(property);
	}
	const labels = shown
		.filter(({ type }) => type !== 'notice')
		.flatMap((property) => [
			property.type === 'resourceMapper' ? 'Mapping Column Mode' : property.displayName,
			...(isList(property) ? entriesOf(property).map(({ displayName }) => displayName) : []),
		]);
	return { parameters, labels: ['Credential', 'Resource', ...labels] };
}

const operations = resources.flatMap((resource) =>
	resource.operations.flatMap(({ name, value, properties }) => {
		const hasModes = properties.some((property) => property.name === 'fieldsMode');
		return (hasModes ? MODES : [undefined]).map((mode) => ({
			name: [`${resource.name}: ${name}`, mode].filter(Boolean).join(' by '),
			...formOf(resource.value, value, mode),
		}));
	}),
);

/** The forms of all operations, with every section and every field opened. */
export function forms(opened: () => Editor): void {
	const faults = async () => await opened().form.evaluate(layoutFaults);

	/** Opens the form of an operation and waits until all of it is there. */
	const open = async (name: string, last: string) => {
		await opened().openNode(name);
		await opened().form.getByText(last, { exact: true }).last().waitFor();
		await opened().restMouse();
	};

	beforeAll(async () => {
		await opened().openWorkflow(operations satisfies PlacedNode[]);
	});

	afterEach(async () => await opened().closeNode());

	it.each(operations)('$name shows every field with its name, and room for it', async (one) => {
		await open(one.name, one.labels.at(-1)!);
		expect((await opened().labels()).sort()).toEqual([...one.labels].sort());
		expect(await faults()).toEqual([]);
		await look(opened(), one.name.replace(': ', '-'));
	});

	const longest = operations.find(({ name }) => name === 'Trunk Group: Update by form')!;

	it('fit into a narrow window', async () => {
		await opened().page.setViewportSize({ ...WINDOW, width: 900 });
		try {
			await open(longest.name, longest.labels.at(-1)!);
			expect(await faults()).toEqual([]);
			await look(opened(), 'narrow');
		} finally {
			await opened().page.setViewportSize(WINDOW);
		}
	});

	it('are the same in the dark, with the icon for it', async () => {
		await opened().page.emulateMedia({ colorScheme: 'dark' });
		try {
			await open(longest.name, longest.labels.at(-1)!);
			expect(await faults()).toEqual([]);
			const icon = opened().view.locator('img[src*="odin"]').first();
			expect(await icon.getAttribute('src')).toContain('odin.dark.svg');
			await look(opened(), 'dark');
		} finally {
			await opened().page.emulateMedia({ colorScheme: 'light' });
		}
	});

	it('say of every operation what it does', async () => {
		await open(longest.name, longest.labels.at(-1)!);
		await opened().field('operation').click();
		const list = opened().page.locator('.el-select-dropdown:visible');
		await list.getByText('Get Available Users', { exact: true }).waitFor();
		const { options = [] } = form.find(
			({ name, displayOptions }) =>
				name === 'operation' && displayOptions?.show?.resource?.includes('trunkGroup'),
		)!;
		const text = await list.innerText();
		for (const { name, description } of options as INodePropertyOptions[]) {
			expect(text).toContain(name);
			expect(text).toContain(description);
		}
		await opened().page.keyboard.press('Escape');
		await list.waitFor({ state: 'hidden' });
	});

	it('would be told apart from forms that look wrong', async () => {
		await open(longest.name, longest.labels.at(-1)!);
		const label = (name: string) => opened().form.locator(`label[for="${name}"] .n8n-text`);
		await label('newName').evaluate((text) => (text.textContent = ''));
		await label('maxActiveCalls').evaluate((text) => (text.style.maxWidth = '30px'));
		await opened()
			.field('maxIncomingCalls')
			.evaluate((field) => (field.style.transform = 'translateY(-50px)'));
		expect(await faults()).toEqual(
			expect.arrayContaining([
				expect.stringMatching(/^a field has no name/),
				"'Max Active Calls' is cut off",
				"the field of 'Max Active Calls' and the field of 'Max Incoming Calls' overlap",
			]),
		);
	});
}
