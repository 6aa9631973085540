import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Directory } from './directory';
import type { Habit, OddAnswer, OddRequest } from './protocol';

export interface Seen {
	method: string;
	target: string;
	body: unknown;
	status: number | 'reset';
}

/** A SCIM server on loopback that has habits of its own, with its state open to the test. */
export interface OddServer {
	baseUrl: string;
	directory: Directory;
	seen: Seen[];
	/** Requests that changed something, or tried to. */
	writes(): Seen[];
	close(): Promise<void>;
}

export async function serve(directory: Directory, habit: Habit): Promise<OddServer> {
	const seen: Seen[] = [];
	const handle = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
		const request = await read(incoming);
		const answer = habit(request, directory.answer);
		const { method, target, body } = request;
		seen.push({ method, target, body, status: answer === 'reset' ? 'reset' : answer.status });
		if (answer === 'reset') incoming.socket.destroy();
		else send(outgoing, answer);
	};
	const server = createServer((incoming, outgoing) => {
		handle(incoming, outgoing).catch(() => incoming.socket.destroy());
	});
	server.listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		baseUrl: `http://127.0.0.1:${port}/api/scim`,
		directory,
		seen,
		writes: () => seen.filter(({ method }) => method !== 'GET'),
		close: () =>
			new Promise((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			}),
	};
}

async function read(incoming: IncomingMessage): Promise<OddRequest> {
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(chunk as Buffer);
	const text = Buffer.concat(chunks).toString('utf8');
	const target = incoming.url ?? '/';
	const url = new URL(target, 'http://localhost');
	let body: unknown;
	try {
		body = JSON.parse(text) as unknown;
	} catch {
		body = undefined;
	}
	return {
		method: incoming.method ?? 'GET',
		segments: url.pathname
			.replace(/^\/api\/scim\/?/, '')
			.split('/')
			.filter((part) => part !== '')
			.map(decodeURIComponent),
		target,
		query: url.searchParams,
		headers: incoming.headers,
		body,
	};
}

function send(outgoing: ServerResponse, { status, headers, body }: OddAnswer): void {
	const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
	outgoing.writeHead(status, { 'content-type': 'application/scim+json', ...headers });
	outgoing.end(text);
}
