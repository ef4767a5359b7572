import type { INodeProperties } from 'n8n-workflow';

import type { Fault, FaultCandidate } from '../../simulator';
import { useOdin, type Json } from './support/odinRuns';
import { addSites, OPERATIONS, SITES } from './support/operationTable';

const odin = useOdin({ arrange: ({ network }) => addSites(network), loggedIn: true });

const [site] = SITES;
const used = { serviceProviderId: '7000', groupId: '7100' };

/** The names in the form of the options that an operation has. */
function optionsOf(action: string): string[] {
	const [resource = '', operation = ''] = action.split('.');
	return odin.engine
		.description()
		.properties.filter(
			({ name, displayOptions: { show } = {} }) =>
				name === 'options' &&
				show?.resource?.includes(resource) &&
				show.operation?.includes(operation),
		)
		.flatMap(({ options }) => (options ?? []) as INodeProperties[])
		.map(({ displayName }) => displayName);
}

/** Of some operation: what a text names of these, it advises. */
let known: Set<string>;

beforeAll(() => {
	known = new Set(Object.keys(OPERATIONS).flatMap(optionsOf));
});

const adviceIn = (text: string): string[] => {
	const quoted = [...text.matchAll(/'([^']+)'/g)].map(([, name]) => name!);
	return [...new Set(quoted.filter((name) => known.has(name)))].sort();
};

/** Everything that a run says: its message and hints. */
async function said(action: string, parameters: Json): Promise<string> {
	const { error, hints } = await odin.run(action, parameters, { items: [{ ...site }] });
	return [error?.message, error?.description, ...hints.map(({ message }) => message)].join('\n');
}

const isWrite = ({ method, path }: FaultCandidate): boolean =>
	method !== 'GET' && !path.startsWith('/auth/');

const answer = (status: number, error = 'Not today'): Fault => ({
	kind: 'status',
	status,
	body: { error, status },
	headers: { 'retry-after': '0' },
});

/** What Odin may say that an option is advised for; those of every operation, such as Max Retries, are left out. */
const SITUATIONS: Array<[string, (request: FaultCandidate) => Fault | undefined]> = [
	['as it is', () => undefined],
	['has nothing', ({ path }) => (path.startsWith('/auth/') ? undefined : answer(404, 'Not found'))],
	['has it already', (request) => (isWrite(request) ? answer(409, 'already exists') : undefined)],
];

describe.each(Object.entries(OPERATIONS))('%s', (action, { parameters, writes }) => {
	it('advises only options that it has', async () => {
		const options = new Set(optionsOf(action));
		for (const [situation, fault] of SITUATIONS) {
			for (const previewOnly of writes ? [true, false] : [undefined]) {
				odin.simulator.injectFault(fault);
				const text = await said(action, {
					...parameters,
					options: { maxRetries: 0, ...(previewOnly && { previewOnly }) },
				});
				odin.simulator.clearFaults();
				const foreign = adviceIn(text).filter((name) => !options.has(name));
				expect({ situation, text, foreign }).toEqual({ situation, text, foreign: [] });
			}
		}
	});
});

describe('the advice is there', () => {
	const onTrunk = { userId: 'trunk-user-0@example.com' };

	it.each<[string, Json, string[]]>([
		['trunkGroup.get', { ...used, trunkGroup: 'gone' }, ['If Not Found']],
		['trunkGroup.update', { ...used, trunkGroup: 'gone', payload: { prefix: '1' } }, []],
		['trunkGroup.delete', { ...used, trunkGroup: '7200' }, ['Force']],
		['trunkGroup.create', { ...used, name: '7200' }, ['If Exists']],
		['device.delete', { ...used, device: '7300-used' }, []],
		['device.delete', { ...used, device: 'gone' }, ['If Not Found']],
		['user.assignTrunkGroup', { ...onTrunk, trunkGroup: '7200-idle' }, ['Force']],
		['user.assignTrunkGroup', { userId: 'user-0@example.com', trunkGroup: 'gone' }, []],
		['user.assignTrunkGroup', { userId: 'gone@example.com', trunkGroup: '7200' }, []],
		['number.assign', { ...used, numbers: '1234567890' }, ['Country Code']],
		['sipTrunk.get', { ...used, trunkGroup: 'gone' }, ['If Not Found']],
	])('%s %j', async (action, parameters, advice) => {
		const previewed = action.startsWith('user.') && { options: { previewOnly: true } };
		expect(adviceIn(await said(action, { ...parameters, ...previewed }))).toEqual(advice);
	});
});
