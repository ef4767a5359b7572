import fc from 'fast-check';

import { hostileValue } from './support/hostileValues';
import { useOdin } from './support/odinRuns';
import { propertyRuns } from '../propertyRuns';
import { RawItems } from './support/rawItems';
import { isAbsent, text, verdictOf, type Verdict } from './support/valueRules';

type Json = Record<string, unknown>;

const raw = new RawItems();

const odin = useOdin({
	switches: { strict: false },
	nodeTypes: raw.nodeTypes,
	// Odin has whatever it is asked for.
	arrange: (simulator) => {
		simulator.injectFault(({ method, path, query, body }) => {
			if (path.startsWith('/auth/')) return undefined;
			if (method !== 'GET') return { kind: 'status', status: 200, body: body ?? {} };
			if (path.includes('call-capacity')) {
				return { kind: 'status', status: 200, body: { ...query, maxActiveCalls: 5 } };
			}
			return { kind: 'status', status: 200, body: query.name === undefined ? [] : { ...query } };
		});
	},
});

interface Parameter {
	label: string;
	verdict(value: unknown): Verdict;
	/** Whether it must be there */
	isNeeded: boolean;
	usual?: unknown;
}

const name = (label: string): Parameter => ({
	label,
	verdict: (value) => text({ maxLength: 30, isName: true }, value),
	isNeeded: true,
	usual: 'x',
});

const number = (label: string, min: number): Parameter => ({
	label,
	verdict: (value) =>
		verdictOf({ name: '', type: 'integer', min, clearable: false, readOnly: false }, value, {
			serviceProviderId: '',
			groupId: '',
		}),
	isNeeded: false,
});

const group = { serviceProviderId: name('Service Provider'), groupId: name('Group') };
const trunkGroup = { ...group, trunkGroup: name('Trunk Group') };
const filter = (label: string): Parameter => ({
	label,
	verdict: (value) => text({}, value),
	isNeeded: false,
});

interface Read {
	method: string;
	path: string;
	parameters: Record<string, Parameter>;
	/** What only the node itself looks at */
	own?: Record<string, Parameter>;
}

const TRUNK_GROUPS = '/groups/trunk-groups';
const CAPACITY = '/groups/trunk-groups/call-capacity';

/** The request of each operation that must carry what was given. */
const READS: Record<string, Read> = {
	'trunkGroup.get': { method: 'GET', path: TRUNK_GROUPS, parameters: trunkGroup },
	'trunkGroup.delete': { method: 'DELETE', path: TRUNK_GROUPS, parameters: trunkGroup },
	'trunkGroup.export': { method: 'GET', path: TRUNK_GROUPS, parameters: trunkGroup },
	'trunkGroup.getUsers': { method: 'GET', path: `${TRUNK_GROUPS}/users`, parameters: trunkGroup },
	'trunkGroup.getAll': {
		method: 'GET',
		path: TRUNK_GROUPS,
		parameters: group,
		own: { nameContains: filter('Name Contains'), deviceName: filter('Device Name') },
	},
	'callCapacity.get': { method: 'GET', path: CAPACITY, parameters: group },
	'callCapacity.update': {
		method: 'PUT',
		path: CAPACITY,
		parameters: {
			...group,
			maxActiveCalls: { ...number('Max Active Calls', 0), isNeeded: true, usual: 5 },
			burstingMaxActiveCalls: number('Bursting Max Active Calls', -1),
		},
	},
	'device.getAll': { method: 'GET', path: '/groups/devices', parameters: group },
};

/** Options that a person may fill from the item; the first item decides for all, so it has none. */
const OPTIONS: Record<string, Parameter> = {
	timeout: number('Timeout', 1),
	maxRetries: number('Max Retries', 0),
	concurrency: number('Concurrency', 1),
	requestsPerSecond: number('Requests per Second', 0),
};
const HIGHEST: Record<string, number> = { timeout: 86_400_000, concurrency: 50 };

const quoted = (label: string): string => `'${label}'`;

describe.each(Object.entries(READS))('whatever comes to %s', (action, read) => {
	const all = { ...read.parameters, ...read.own, ...OPTIONS };
	const given = fc.constantFrom(...Object.keys(all)).chain((parameter) =>
		hostileValue({ min: parameter === 'concurrency' ? 50 : 0, maxLength: 30 }).map((value) => ({
			[parameter]: value,
		})),
	);

	it('arrives at Odin exactly or is refused by its label', async () => {
		const [resource, operation] = action.split('.');
		const expression = (parameter: string) => [parameter, `={{ $json["${parameter}"] }}`];
		const entries = (parameters: object) =>
			Object.fromEntries(Object.keys(parameters).map(expression)) as Json;
		const parameters = {
			resource,
			operation,
			...entries(read.parameters),
			...(read.own && { filters: entries(read.own) }),
			options: entries(OPTIONS),
		};
		await fc.assert(
			fc.asyncProperty(
				fc.array(given, { minLength: 1, maxLength: 40, size: 'max' }),
				async (some) => {
					odin.simulator.clearRequests();
					const usual = Object.fromEntries(
						Object.entries(read.parameters).map(([parameter, { usual: value }]) => [
							parameter,
							value,
						]),
					);
					const items = [usual, ...some.map((one) => ({ ...usual, ...one }))];
					const run = await raw.run(odin.engine, items, parameters, {
						onError: 'continueRegularOutput',
					});
					const failed = new Map(
						(run.output[0] ?? []).flatMap(({ json, pairedItem }) =>
							'error' in json ? [[(pairedItem as { item: number }).item, json] as const] : [],
						),
					);
					const sent: string[] = [];
					items.forEach((item: Json, index) => {
						const refused: string[] = [];
						const request: Json = {};
						for (const [parameter, { label, verdict, isNeeded }] of Object.entries(all)) {
							const value = item[parameter];
							if (isAbsent(value)) {
								if (isNeeded)
									refused.push(parameter === 'maxActiveCalls' ? 'There is nothing' : quoted(label));
								continue;
							}
							const judged = verdict(value);
							const isTooHigh =
								'value' in judged && Number(judged.value) > (HIGHEST[parameter] ?? Infinity);
							const mayBeRefused = judged.kind === 'either' && failed.has(index);
							if (judged.kind === 'refused' || isTooHigh || mayBeRefused)
								refused.push(quoted(label));
							const key = parameter === 'trunkGroup' ? 'name' : parameter;
							if ('value' in judged && parameter in read.parameters) request[key] = judged.value;
						}
						const message = String(failed.get(index)?.error ?? '');
						expect([index, message, failed.has(index)]).toEqual([
							index,
							message,
							refused.length > 0,
						]);
						for (const label of refused) expect(message).toContain(label);
						expect(message.length).toBeLessThan(500);
						if (refused.length === 0) sent.push(JSON.stringify(Object.entries(request).sort()));
					});
					const reached = odin.simulator.requests.filter(
						({ method, path }) => method === read.method && path === read.path,
					);
					const carried = reached.map(({ method, query, body }) =>
						JSON.stringify(Object.entries(method === 'PUT' ? (body as Json) : query).sort()),
					);
					expect(carried.sort()).toEqual(sent.sort());
				},
			),
			propertyRuns(4),
		);
	});
});
