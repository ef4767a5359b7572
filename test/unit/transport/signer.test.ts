import crypto from 'node:crypto';

import { Signer } from '../../../nodes/Odin/transport/signer';

const OWNER = ['https://odin.example.com/api/v2', 'admin'];

describe('a signer', () => {
	let derivations: jest.SpyInstance;

	beforeEach(() => {
		derivations = jest.spyOn(crypto, 'scrypt');
	});

	afterEach(() => derivations.mockRestore());

	it('derives the key of a credential once for all its executions', async () => {
		const signatures = await Promise.all(
			[new Signer('secret', OWNER), new Signer('secret', OWNER)].map(
				async (signer) => await signer.sign('a plan'),
			),
		);
		signatures.push(await new Signer('secret', OWNER).sign('a plan'));
		expect(new Set(signatures).size).toBe(1);
		expect(signatures[0]).toMatch(/^[0-9a-f]{24}$/);
		expect(derivations).toHaveBeenCalledTimes(1);
	});

	it('gives another signature for another password, address, user or text', async () => {
		const signatures = await Promise.all([
			new Signer('one', OWNER).sign('a plan'),
			new Signer('another', OWNER).sign('a plan'),
			new Signer('one', ['https://other.example.com/api/v2', 'admin']).sign('a plan'),
			new Signer('one', [OWNER[0]!, 'other']).sign('a plan'),
			new Signer('one', OWNER).sign('another plan'),
		]);
		expect(new Set(signatures).size).toBe(signatures.length);
	});

	it('derives a key again after a failure', async () => {
		derivations.mockImplementationOnce((_password, _salt, _length, done: (error: Error) => void) =>
			done(new Error('out of memory')),
		);
		const signer = new Signer('unlucky', OWNER);
		await expect(signer.sign('a plan')).rejects.toThrow('out of memory');
		expect(await signer.sign('a plan')).toMatch(/^[0-9a-f]{24}$/);
	});
});
