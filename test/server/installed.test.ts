import { startRealN8n, type RealN8n } from './support/realN8n';

let n8n: RealN8n;

beforeAll(async () => {
	n8n = await startRealN8n({ strict: true });
});

afterAll(async () => await n8n?.stop());

interface TestedCredential {
	status: string;
	message: string;
}

describe('The package in a real n8n', () => {
	it('logs in when the credential is tested, and says what is wrong with a password', async () => {
		const test = async (password: string) =>
			await n8n.api.post<TestedCredential>('/credentials/test', {
				credentials: {
					id: n8n.credentialId,
					name: 'Odin',
					type: 'odinApi',
					data: { ...n8n.credential, password },
				},
			});
		expect(await test(n8n.credential.password)).toMatchObject({ status: 'OK' });
		expect(await test('wrong')).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('refused the login') as string,
		});
	});
});
