import type { IDataObject } from 'n8n-workflow';

import { unusedAddress } from './support/otherHost';
import { useOdin } from './support/odinRuns';
import { expectPlainWords } from './support/plainWords';

const odin = useOdin();

const ACME = { serviceProviderId: { __rl: true, mode: 'list', value: 'acme-ent' } };

const providers = async (filter?: string) =>
	(await odin.engine.listSearch('searchServiceProviders', {}, filter)).results;
const groups = async (parameters: IDataObject = ACME) =>
	(await odin.engine.listSearch('searchGroups', parameters)).results;

/** All that the form shows instead of the list. */
async function refusal(search: Promise<unknown>, ...quoted: string[]): Promise<string> {
	const error = await search.then(
		() => ({ message: 'it succeeded', description: '' }),
		(thrown: { message: string; description?: string }) => thrown,
	);
	const text = [error.message, error.description ?? ''].join('\n');
	expectPlainWords(text, ...quoted);
	return text;
}

describe('service providers', () => {
	it('and groups are listed by name with their id, sorted', async () => {
		expect(await providers()).toEqual([
			{ name: 'Acme Industries (acme-ent)', value: 'acme-ent' },
			{ name: 'CityTel (citytel-sp)', value: 'citytel-sp' },
			{ name: 'Globex Corporation (globex-ent)', value: 'globex-ent' },
		]);
		expect(odin.calls()).toEqual(['POST /auth/token', 'GET /service-providers']);
		expect((await groups()).map(({ name }) => name)).toEqual([
			'Acme Headquarters (acme-hq)',
			'Acme Lab (acme-lab)',
			'Acme Plant (acme-plant)',
		]);
	});

	it.each([
		['acme', ['acme-ent']],
		['CORP', ['globex-ent']],
		['-ent', ['acme-ent', 'globex-ent']],
		['', ['acme-ent', 'citytel-sp', 'globex-ent']],
		['nothing like it', []],
		['.*', []],
	])('are found by a part of name or id in any case: %j', async (filter, ids) => {
		expect((await providers(filter)).map(({ value }) => value)).toEqual(ids);
	});

	it('have their id as name where there is no other, and ids of digits stay text', async () => {
		odin.simulator.addFault({
			path: '/service-providers',
			kind: 'status',
			status: 200,
			body: [
				{ serviceProviderId: 'b' },
				{ serviceProviderId: 'a', serviceProviderName: 'a' },
				{ serviceProviderId: 4711, serviceProviderName: '' },
				{},
				null,
			],
		});
		expect(await providers()).toEqual([
			{ name: '4711', value: '4711' },
			{ name: 'a', value: 'a' },
			{ name: 'b', value: 'b' },
		]);
	});

	it('that are many are all there', async () => {
		for (let i = 0; i < 500; i++) {
			odin.simulator.network.addServiceProvider({
				serviceProviderId: `sp-${i}`,
				serviceProviderName: `Provider ${i}`,
			});
		}
		expect(await providers()).toHaveLength(503);
	});
});

describe('an administrator who may not list', () => {
	it('gets the ids of the session', async () => {
		odin.simulator.configure({
			administrator: {
				loginType: 'Group',
				serviceProviderId: 'acme-ent',
				groupId: 'acme-hq',
				mayList: false,
			},
		});
		expect(await providers()).toEqual([{ name: 'acme-ent', value: 'acme-ent' }]);
		expect(await groups()).toEqual([{ name: 'acme-hq', value: 'acme-hq' }]);
		expect(await providers('ACME')).toHaveLength(1);
		expect(await providers('globex')).toEqual([]);
		// A workflow may still name the service provider of another administrator.
		expect(await refusal(groups({ serviceProviderId: 'globex-ent' }))).toContain(
			"list the groups of service provider 'globex-ent'",
		);
	});

	it('gets a clear message when the session has none', async () => {
		odin.simulator.configure({
			administrator: {
				loginType: 'Service Provider',
				serviceProviderId: 'acme-ent',
				mayList: false,
			},
		});
		expect(await refusal(groups())).toMatch(
			/does not allow administrator 'odin-admin' to list the groups of service provider 'acme-ent'/,
		);
	});

	it('and who may gets only what is his', async () => {
		odin.simulator.configure({
			administrator: { loginType: 'Service Provider', serviceProviderId: 'acme-ent' },
		});
		expect((await providers()).map(({ value }) => value)).toEqual(['acme-ent']);
	});
});

describe('a list that cannot be had', () => {
	it.each<[string, () => Promise<IDataObject> | IDataObject, RegExp]>([
		['for a wrong password', () => ({ password: 'wrong' }), /Invalid Credentials/],
		[
			'since nothing listens',
			async () => ({ baseUrl: await unusedAddress() }),
			/refuses the connection/,
		],
		['for a wrong path', () => ({ baseUrl: `${odin.simulator.url}/api/v3` }), /no Odin API at/],
	])('%s says why', async (_, change, told) => {
		await odin.engine.setCredentials({ ...odin.account(), ...(await change()) });
		expect(await refusal(providers())).toMatch(told);
	});

	it.each([
		['html', 502],
		['status', 500],
		['reset', undefined],
		['truncated', undefined],
		['noise', undefined],
	] as const)('since Odin does not answer well says so: %s %s', async (kind, status) => {
		odin.simulator.addFault({ path: '/service-providers', kind, status, times: Infinity });
		expect(await refusal(providers(), 'There has been an error.')).toContain(
			'list the service providers',
		);
	});

	it.each([{}, { error: 'There has been a BroadWorks error.' }])(
		'since the answer is no list is not shown as an empty list: %j',
		async (body) => {
			odin.simulator.addFault({
				path: '/service-providers',
				kind: 'status',
				status: 200,
				body,
				times: Infinity,
			});
			const message = await refusal(providers(), 'There has been a BroadWorks error.');
			expect(message).toContain('list the service providers');
		},
	);

	it('renews an expired login like any other request', async () => {
		await providers();
		odin.simulator.revokeTokens();
		expect(await providers()).toHaveLength(3);
		expect(odin.simulator.logins()).toBe(2);
	});
});
