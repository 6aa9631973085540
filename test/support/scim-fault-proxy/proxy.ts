import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
	method: string;
	/** Path and query below the base URL, as it came over the wire. */
	path: string;
	headers: IncomingMessage['headers'];
	body: string;
}

export interface Answer {
	status: number;
	headers?: Record<string, string>;
	body?: string;
}

/**
 * What the proxy does with a request: an answer of its own, a changed answer of the server (`rewrite`), or a connection
 * that breaks before (`reset`) or after (`reset-after`) the server did its work. `undefined` passes it on.
 */
export type Fault = Answer | Passing | 'reset' | 'reset-after' | undefined;

export interface Passing {
	/** What the server is sent in place of the request: the same but for these. */
	forward?: { path?: string; body?: string };
	rewrite: (answer: Answer) => Answer;
}

/** A proxy that plays vendors' limits and networks' moods in front of a real server, and notes what it saw. */
export interface FaultProxy {
	baseUrl: string;
	seen: SeenRequest[];
	/** Requests other than GET. */
	writes(): SeenRequest[];
	/** Decides on each request; the latest call counts. */
	fault(rule: (request: SeenRequest, nth: number) => Fault): void;
	/** Applies to the next request that the test matches, once. */
	once(matches: (request: SeenRequest) => boolean, fault: Fault): void;
	reset(): void;
	close(): Promise<void>;
}

export async function startFaultProxy(target: string): Promise<FaultProxy> {
	const base = new URL(target);
	const seen: SeenRequest[] = [];
	let rule: (request: SeenRequest, nth: number) => Fault = () => undefined;
	const handle = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
		const body = await readBody(incoming);
		const path = (incoming.url ?? '').slice(base.pathname.length);
		const request: SeenRequest = { method: incoming.method ?? 'GET', path, headers: incoming.headers, body };
		seen.push(request);
		const fault = rule(request, seen.length);
		if (fault === 'reset') return void incoming.socket.destroy();
		if (typeof fault === 'object' && 'status' in fault) return reply(outgoing, fault);
		const sent = typeof fault === 'object' ? fault.forward : undefined;
		const answer = await passOn(base, incoming, sent?.path ?? path, sent?.body ?? body);
		if (fault === 'reset-after') return void incoming.socket.destroy();
		reply(outgoing, fault === undefined ? answer : fault.rewrite(answer));
	};
	const server = createServer((incoming, outgoing) => {
		handle(incoming, outgoing).catch(() => incoming.socket.destroy());
	});
	server.listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		baseUrl: `http://127.0.0.1:${port}${base.pathname}`,
		seen,
		writes: () => seen.filter(({ method }) => method !== 'GET'),
		fault: (next) => (rule = next),
		once: (matches, fault) => {
			const before = rule;
			rule = (request, nth) => {
				if (!matches(request)) return before(request, nth);
				rule = before;
				return fault;
			};
		},
		reset: () => {
			seen.length = 0;
			rule = () => undefined;
		},
		close: () =>
			new Promise((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			}),
	};
}

async function readBody(stream: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}

function passOn(base: URL, incoming: IncomingMessage, path: string, body: string): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const outgoing = forward(
			{
				host: base.hostname,
				port: base.port,
				method: incoming.method,
				path: base.pathname + path,
				headers: { ...incoming.headers, 'content-length': Buffer.byteLength(body), connection: 'close' },
			},
			(answer) => {
				readBody(answer).then((text) => {
					const kept = ['content-type', 'etag', 'x-retry-after', 'retry-after'].flatMap((name) => {
						const value = answer.headers[name];
						return typeof value === 'string' ? [[name, value] as const] : [];
					});
					resolve({ status: answer.statusCode ?? 502, headers: Object.fromEntries(kept), body: text });
				}, reject);
			},
		);
		outgoing.on('error', reject);
		outgoing.end(body);
	});
}

function reply(outgoing: ServerResponse, answer: Answer): void {
	outgoing.writeHead(answer.status, { 'content-type': 'application/scim+json', ...answer.headers });
	outgoing.end(answer.body ?? '');
}
