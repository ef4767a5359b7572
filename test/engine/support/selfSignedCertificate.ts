import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const DAY_MS = 86_400_000;

/** A DER element: tag, length, content. */
function der(tag: number, ...content: Uint8Array[]): Buffer {
	const body = Buffer.concat(content);
	const long = body.length < 0x80 ? [] : [...lengthBytes(body.length)];
	const length = long.length === 0 ? [body.length] : [0x80 | long.length, ...long];
	return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const lengthBytes = (length: number): number[] =>
	length < 0x100 ? [length] : [...lengthBytes(length >> 8), length & 0xff];

const sequence = (...content: Uint8Array[]) => der(0x30, ...content);
const objectId = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));

const ECDSA_WITH_SHA256 = sequence(objectId('2a8648ce3d040302'));
const COMMON_NAME = objectId('550403');
const SUBJECT_ALTERNATIVE_NAME = objectId('551d11');

const nameOf = (commonName: string) =>
	sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(commonName)))));

const time = (at: number) =>
	der(
		0x17,
		Buffer.from(`${new Date(at).toISOString().replace(/\D/g, '').slice(2, 14)}Z`, 'latin1'),
	);

/** Key and certificate (PEM) of a server on 127.0.0.1 that nobody vouches for, as in a lab. */
export function selfSignedCertificate({ expired }: { expired: boolean } = { expired: false }): {
	key: string;
	cert: string;
} {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const name = nameOf('odin.example.com');
	const notAfter = Date.now() + (expired ? -DAY_MS : DAY_MS);
	const signed = sequence(
		der(0xa0, der(0x02, Buffer.from([2]))),
		der(0x02, Buffer.from([1]), randomBytes(8)),
		ECDSA_WITH_SHA256,
		name,
		sequence(time(Date.now() - 10 * DAY_MS), time(notAfter)),
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
		der(
			0xa3,
			sequence(
				sequence(
					SUBJECT_ALTERNATIVE_NAME,
					der(0x04, sequence(der(0x87, Buffer.from([127, 0, 0, 1])))),
				),
			),
		),
	);
	const signature = sign('sha256', signed, privateKey);
	const certificate = sequence(
		signed,
		ECDSA_WITH_SHA256,
		der(0x03, Buffer.from([0]), signature),
	).toString('base64');
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		cert: `-----BEGIN CERTIFICATE-----\n${certificate.replace(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`,
	};
}
