/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface Mail {
	from: string;
	to: string[];
	/** The lines in front of the body */
	head: string;
	/** The body as text */
	body: string;
}

/** A mail server, as far as n8n's mail node talks to it: no encryption, no login. */
export interface MailServer {
	port: number;
	received: Mail[];
	close(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
	const received: Mail[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		talk(socket, (mail) => received.push(mail));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		port: (server.address() as AddressInfo).port,
		received,
		async close() {
			for (const socket of sockets) socket.destroy();
			server.close();
			await once(server, 'close');
		},
	};
}

const addressIn = (line: string): string => /<([^>]*)>/.exec(line)?.[1] ?? '';

function talk(socket: Socket, take: (mail: Mail) => void): void {
	let [from, to, data, unread] = ['', [] as string[], undefined as string[] | undefined, ''];
	const say = (text: string) => socket.write(`${text}\r\n`);

	const end = (lines: string[]): void => {
		const text = lines.map((line) => line.replace(/^\./, '')).join('\r\n');
		const [head = '', ...rest] = text.split('\r\n\r\n');
		take({ from, to, head, body: decoded(head, rest.join('\r\n\r\n')) });
		[from, to, data] = ['', [], undefined];
		say('250 OK');
	};

	const read = (line: string): void => {
		if (data) {
			if (line === '.') end(data);
			else data.push(line);
			return;
		}
		const command = line.slice(0, 4).toUpperCase();
		if (command === 'MAIL') from = addressIn(line);
		if (command === 'RCPT') to.push(addressIn(line));
		if (command === 'DATA') data = [];
		say(command === 'DATA' ? '354 Go on' : command === 'QUIT' ? '221 Bye' : '250 OK');
	};

	say('220 mail.example.com');
	socket.setEncoding('utf8');
	socket.on('data', (text: string) => {
		const lines = (unread + text).split('\r\n');
		unread = lines.pop() ?? '';
		lines.forEach(read);
	});
}

function decoded(head: string, body: string): string {
	if (/^content-transfer-encoding: *base64/im.test(head)) {
		return Buffer.from(body, 'base64').toString('utf8');
	}
	const bytes = body
		.replace(/=\r\n/g, '')
		.replace(/=([\dA-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
	return Buffer.from(bytes, 'latin1').toString('utf8');
}
