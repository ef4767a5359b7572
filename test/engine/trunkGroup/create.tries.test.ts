import { Bench, jsonOf } from '../support/creation';

const bench = Bench.forAllTests();

const PATH = '/groups/trunk-groups';
const sent = () =>
	bench.odin.requests.filter(({ path }) => path === PATH).map(({ method }) => method);

describe('Retry On Fail, after a create of unknown outcome', () => {
	const create = async () =>
		await bench.create({
			parameters: { options: { maxRetries: 0 } },
			node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		});

	beforeEach(() => bench.odin.addFault({ method: 'GET', path: PATH, kind: 'reset' }));

	it('looks for the trunk group, and sends nothing where it is there as asked', async () => {
		bench.odin.addFault({ method: 'POST', path: PATH, kind: 'lostAnswer' });
		const run = await create();
		expect(sent()).toEqual(['POST', 'GET', 'GET']);
		expect(jsonOf(run)).toStrictEqual([await bench.profile('sbc')]);
	});

	it('looks for the trunk group, and sends it again where it is not there', async () => {
		bench.odin.addFault({ method: 'POST', path: PATH, kind: 'reset' });
		const run = await create();
		expect(sent()).toEqual(['POST', 'GET', 'GET', 'POST']);
		expect(jsonOf(run)).toStrictEqual([await bench.profile('sbc')]);
	});

	it('sends nothing either while it cannot look', async () => {
		bench.odin.addFault({ method: 'GET', path: PATH, kind: 'reset' });
		bench.odin.addFault({ method: 'POST', path: PATH, kind: 'reset' });
		const run = await create();
		expect(sent()).toEqual(['POST', 'GET', 'GET']);
		expect(run.error?.message).toContain('What became of an earlier try of it is not known');
	});
});
