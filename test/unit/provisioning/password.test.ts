import { withPassword } from '../../../nodes/Odin/provisioning/password';
import type { Provisioned } from '../../../nodes/Odin/provisioning/resource';
import type { OdinClient } from '../../../nodes/Odin/transport/odinClient';

const odin = {} as OdinClient;
const key = { serviceProviderId: 'sp', groupId: 'g', id: 'x' };

const made = jest.fn(
	async (_odin: OdinClient, _key: unknown, values: Record<string, unknown>) =>
		`made for ${String(values.user)}`,
);
const model = { password: { field: 'secret', generate: made } } as unknown as Provisioned;

const ask = async (more: { generate?: boolean; attempt?: { body?: { secret: string } } }) =>
	await withPassword(odin, model, {
		...{ key, body: { calls: 5 }, generate: true, attempt: {}, stored: { user: 'pbx', calls: 1 } },
		...more,
	});

beforeEach(() => made.mockClear());

describe('a generated password', () => {
	it('is made in view of what the record has and the request leaves as it is', async () => {
		expect(await ask({})).toEqual({ calls: 5, secret: 'made for pbx' });
		expect(made).toHaveBeenCalledWith(odin, key, { user: 'pbx', calls: 5 });
	});

	it('is that of the try before', async () => {
		const attempt = { body: { secret: 'first' } };
		expect(await ask({ attempt })).toEqual({ calls: 5, secret: 'first' });
		expect(made).not.toHaveBeenCalled();
	});

	it('is made only where one is asked for', async () => {
		expect(await ask({ generate: false })).toEqual({ calls: 5 });
		expect(made).not.toHaveBeenCalled();
	});
});
