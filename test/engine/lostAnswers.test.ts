import { isObject } from '../../nodes/Odin/values/json';
import type { Fault } from '../../simulator';
import { groupServices } from '../../simulator/network/services';
import { jsonOf, useOdin, type Json } from './support/odinRuns';
import { addSites, OPERATIONS, SITES } from './support/operationTable';

/**
 * Whatever becomes of the answer to a write, a write that was carried out is seen and not sent again, one that was not is
 * sent again, and the item gives what it would have given.
 */

const NEW_GROUP = { serviceProviderId: SITES[0]!.serviceProvider, groupId: 'new-group' };

const odin = useOdin({
	loggedIn: true,
	arrange: ({ network }) => {
		addSites(network);
		const services = groupServices({ 'Trunk Group': { authorized: false, assigned: false } });
		network.addGroup({ ...NEW_GROUP, services });
	},
});

const group = OPERATIONS['group.getAll']!.parameters;
const existing = OPERATIONS['trunkGroup.get']!.parameters;

const WRITES: Array<[what: string, action: string, parameters: Json]> = [
	...Object.entries(OPERATIONS).flatMap(([action, { parameters, writes }]): typeof WRITES =>
		writes ? [[action, action, parameters]] : [],
	),
	[
		'Create or Update of a new one',
		'trunkGroup.upsert',
		OPERATIONS['trunkGroup.create']!.parameters,
	],
	[
		'a create of what Odin shows otherwise',
		'trunkGroup.create',
		{
			...OPERATIONS['trunkGroup.create']!.parameters,
			accessDevice: { deviceName: '={{ $json.device }}' },
			additionalFields: { departmentName: 'department-0' },
			callForwardingAlways: {
				callForwardingAlwaysAction: 'Forward',
				callForwardingAlwaysForwardAddress: '0015550100',
			},
			capacityExceeded: {
				capacityExceededAction: 'Reroute',
				capacityExceededRerouteTrunkGroupName: '={{ $json.name }}',
			},
		},
	],
	['a rename', 'trunkGroup.update', { ...existing, newName: '={{ $json.name }}-renamed' }],
	[
		'the call capacity of a service provider',
		'callCapacity.update',
		{ ...group, level: 'serviceProvider', maxActiveCalls: '={{ $json.calls }}' },
	],
	[
		'a service that is authorized, then assigned',
		'groupService.update',
		{ ...NEW_GROUP, services: 'Trunk Group' },
	],
];

/** A password is no state that Odin shows, so one whose answer was lost is set once more. */
const NEVER_SEEN = ['user.setSipAuthentication'];

const CARRIED_OUT: Record<string, Fault> = {
	'an empty 200': { kind: 'empty', status: 200 },
	'an empty 204': { kind: 'empty', status: 204 },
	'the state of before': { kind: 'oldProfile' },
	'a word': { kind: 'rewritten', rewrite: () => 'OK' },
	success: { kind: 'answerAfterWrite', status: 200, body: { success: true } },
	'a body of its own': { kind: 'answerAfterWrite', status: 200, body: { message: 'Accepted' } },
	'an empty 204, and reads that lag behind': { kind: 'readLag', readLagMs: 300 },
};

/** So that nobody knows whether it was carried out. */
const LOST: Record<string, Fault> = {
	'no answer': { kind: 'lostAnswer' },
	'a 500': { kind: 'answerAfterWrite', status: 500, body: { error: 'Servlet' } },
	'the page of a gateway': { kind: 'gatewayAfterWrite' },
	'JSON that is cut off': { kind: 'truncated' },
	'a body that never ends': { kind: 'cutBody' },
	'the end of the session': { kind: 'sessionEndedAfterWrite', status: 200 },
	'nothing in time': { kind: 'hangAfterWrite' },
};

const isEmpty = (value: unknown): boolean =>
	value === '' || value === null || (isObject(value) && Object.values(value).every(isEmpty));

/** Answers to writes show fields that are unset, which reads leave out. */
const comparable = (json: Json[]): unknown =>
	JSON.parse(
		JSON.stringify(json, (key, value: unknown) => {
			// A second try of the node begins with those that the first one has done, and tells no others that are as they were.
			if (key === 'steps') {
				const steps = (value as Json[]).filter(({ outcome }) => outcome !== 'unchanged');
				return steps.map((step) => JSON.stringify(step)).sort();
			}
			return isEmpty(value) ? undefined : value;
		}),
	) as unknown;

describe.each(WRITES)('%s, answered with', (_what, action, parameters) => {
	let good: unknown;
	let count = 0;

	const run = async ({ options = {}, node = {} }: { options?: Json; node?: Json } = {}) => {
		const { output, error } = await odin.run(
			action,
			{ ...parameters, options },
			{ items: [{ ...SITES[0] }], node },
		);
		expect([error?.message, error?.description]).toEqual([undefined, undefined]);
		return comparable(jsonOf(output[0]));
	};

	beforeAll(async () => {
		await odin.restart();
		good = await run();
		count = odin.writes().length;
	});

	/** One write after the other meets it. */
	async function meet(fault: Fault, isSentAgain: boolean, readLagMs = 0): Promise<void> {
		// So that nothing is sent again before it could be seen.
		const options = readLagMs > 0 ? { maxRetries: 0 } : {};
		for (let place = 1; place <= count; place += 1) {
			await odin.restart({ readLagMs });
			odin.atWrites((write) => (write === place ? fault : undefined));
			expect([place, await run({ options })]).toEqual([place, good]);
			expect(odin.writes()).toHaveLength(count + (isSentAgain ? 1 : 0));
		}
	}

	it.each(Object.entries(CARRIED_OUT))('%s', async (_, fault) => await meet(fault, false));

	it.each(Object.entries(LOST))(
		'%s',
		async (_, fault) => await meet(fault, NEVER_SEEN.includes(action)),
	);

	it('no answer, while reads lag behind', async () => {
		if (!NEVER_SEEN.includes(action)) await meet({ kind: 'lostAnswer' }, false, 300);
	});

	it('a yes, and not carried out: that is told, and it is not sent again', async () => {
		await odin.restart();
		const yes: Fault = { kind: 'status', status: 200, body: { message: 'Accepted' } };
		odin.atWrites((write) => (write === 1 ? yes : undefined));
		const items = [{ ...SITES[0] }];
		const { error, details } = await odin.failedItem(action, parameters, { items });
		expect(error).toMatch(
			/Odin confirmed .*(does not show|shows? other values|cannot be found|still (has|shows))/,
		);
		expect(details.kind).toMatch(/^(notApplied|lost)$/);
		expect(odin.writes()).toHaveLength(1);
	});

	it('nothing, since it was not carried out', async () => await meet({ kind: 'reset' }, true));

	it('nothing, as the look after it, with Retry On Fail', async () => {
		for (let place = 1; place <= count; place += 1) {
			await odin.restart();
			let isUnseen = false;
			odin.atWrites(
				(write) => {
					isUnseen = write === place;
					return isUnseen ? { kind: 'lostAnswer' } : undefined;
				},
				() => {
					if (!isUnseen) return undefined;
					isUnseen = false;
					return { kind: 'status', status: 400, body: { error: 'Not today' } };
				},
			);
			const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
			expect([place, await run({ node })]).toEqual([place, good]);
			expect(odin.writes()).toHaveLength(count + (NEVER_SEEN.includes(action) ? 1 : 0));
		}
	});
});
