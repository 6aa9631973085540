import { once } from 'node:events';
import {
	createServer,
	request as httpRequest,
	type IncomingMessage,
	type RequestListener,
	type ServerResponse,
} from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { parse } from 'node:querystring';

export interface EngineRequest {
	method?: string;
	/** Path with query; a full URL, such as a link from a message, is cut to that. */
	url?: string;
	headers?: Readonly<Record<string, string>>;
	/** Sent as it is when a text or bytes, otherwise as JSON. */
	body?: unknown;
	/** Sent as a form does; wins over `body`. */
	form?: Readonly<Record<string, string>>;
}

export interface EngineResponse {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	body: string;
}

/** A request as n8n hands it to a node; n8n-core declares its additions (`rawBody`, `readRawBody` …) on Node's own type. */
export interface WebhookRequest extends IncomingMessage {
	body?: unknown;
	params?: object;
}

/** Express's response, as far as the harness uses it itself. */
export interface WebhookResponse extends ServerResponse {
	status(code: number): this;
	send(body: string): this;
	json(body: unknown): this;
}

type Handler = (req: WebhookRequest, res: WebhookResponse) => Promise<void>;

// Express brings no types and is only a tool here, so the few members used are described above.
const express = createRequire(__filename)('express5') as () => RequestListener & {
	disable(setting: string): void;
	set(setting: string, value: string): void;
	use(handler: (req: WebhookRequest, res: WebhookResponse) => void): void;
};

/**
 * Sends one request over loopback through a real Express, set up as n8n sets up its own, and answers with what came
 * back: status, header and body rules are the real ones.
 */
export async function exchange(handler: Handler, request: EngineRequest): Promise<EngineResponse> {
	const app = express();
	app.disable('x-powered-by');
	app.set('query parser', 'extended');
	let failure: unknown;
	let handled: Promise<void> = Promise.resolve();
	app.use((req, res) => {
		addRawBody(req);
		handled = handler(req, res).catch((error: unknown) => {
			failure = error;
			if (!res.headersSent) res.status(500);
			res.end();
		});
	});
	const server = createServer(app).listen(0, '127.0.0.1');
	await once(server, 'listening');
	try {
		const response = await send((server.address() as AddressInfo).port, request);
		// A node may answer first and let the workflow run afterwards.
		await handled;
		if (failure !== undefined) throw failure as Error;
		return response;
	} finally {
		server.close();
	}
}

function addRawBody(req: WebhookRequest): void {
	const [contentType = ''] = (req.headers['content-type'] ?? '').split(';', 1);
	req.contentType = contentType.trim().toLowerCase();
	req.params = {};
	let reading: Promise<Buffer> | undefined;
	req.readRawBody = async () => {
		reading ??= readAll(req);
		req.rawBody = await reading;
	};
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

const PARSED_TYPES = ['application/json', 'application/x-www-form-urlencoded', 'text/plain'];

/**
 * Parses the body as n8n does before it calls a node; answers false where n8n itself answers 422. A body of another
 * type is left unread for nodes whose version is above 1, and `body` stays undefined where nothing was sent.
 */
export async function parseBody(req: WebhookRequest, nodeVersion: number): Promise<boolean> {
	const type = PARSED_TYPES.find((each) => each === req.contentType);
	if (nodeVersion > 1 && type === undefined) return true;
	await req.readRawBody();
	const text = req.rawBody.toString().replace(/^\ufeff/, '');
	if (text === '' || type === undefined) return true;
	try {
		if (type === 'application/json') req.body = JSON.parse(text) as unknown;
		else req.body = type === 'text/plain' ? text : parse(text);
		return true;
	} catch {
		return false;
	}
}

async function send(port: number, { method = 'GET', url = '/', headers, body, form }: EngineRequest) {
	const { pathname, search } = new URL(url, 'http://127.0.0.1');
	const [type, payload] = encode(body, form);
	const outgoing = httpRequest({
		port,
		host: '127.0.0.1',
		method,
		path: pathname + search,
		agent: false,
		headers: {
			...(payload !== undefined && { 'content-type': type, 'content-length': Buffer.byteLength(payload) }),
			...headers,
		},
	});
	outgoing.end(payload);
	const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
	const received = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
	return {
		status: incoming.statusCode ?? 0,
		headers: Object.fromEntries(received) as Record<string, string>,
		body: (await readAll(incoming)).toString(),
	};
}

function encode(body: unknown, form: EngineRequest['form']): [type: string, payload: string | Buffer | undefined] {
	if (form) return ['application/x-www-form-urlencoded', new URLSearchParams(form).toString()];
	if (body === undefined) return ['', undefined];
	if (Buffer.isBuffer(body)) return ['application/octet-stream', body];
	// Texts are JSON written by hand, so that a test can sign exactly these bytes.
	return ['application/json', typeof body === 'string' ? body : JSON.stringify(body)];
}
