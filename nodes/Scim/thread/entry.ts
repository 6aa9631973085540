import { parentPort, workerData } from 'node:worker_threads';
import { reconcileApplication, type ReconcileLedger } from '../../../core/governance';
import { ScimClient, SchemaIndex, readSchemas } from '../../../core/scim';
import { packError, unpackError } from '../../runtime/worker';
import type { FromThread, QuestionName, Questions, ReconcileStart, ToThread } from './message';

/** Compares a large application with the ledger in a thread of its own: parsing and comparing must not hold n8n up. */
async function serve(port: NonNullable<typeof parentPort>): Promise<void> {
	const pending = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();
	let lastId = 0;
	port.on('message', (message: ToThread) => {
		const waiting = pending.get(message.id);
		pending.delete(message.id);
		if ('error' in message) waiting?.reject(unpackError(message.error));
		else waiting?.resolve(message.answer as never);
	});
	const say = (message: FromThread) => port.postMessage(message);
	const ask = <Name extends QuestionName>(question: Name, value: Questions[Name]['ask']) =>
		new Promise<Questions[Name]['answer']>((resolve, reject) => {
			const id = ++lastId;
			pending.set(id, { resolve, reject });
			say({ id, question, ask: value });
		});
	const start = workerData as ReconcileStart;
	try {
		const client = new ScimClient({
			http: (request) => ask('http', request),
			auth: (rejected) => ask('auth', rejected),
			baseUrl: start.baseUrl,
			userAgent: start.userAgent,
			profile: start.profile,
			limits: start.limits,
			clock: Date.now,
			sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
		});
		if (start.schemas.length > 0) client.takeDiscovery({}, '', new SchemaIndex(readSchemas(start.schemas)));
		const outcome = await reconcileApplication(client, ledgerOf(ask), start.request, {
			onFindings: (findings) => ask('findings', findings),
			onProgress: (progress) => void ask('progress', progress),
		});
		say({ outcome });
	} catch (error) {
		say({ failure: packError(error) });
	}
}

type Ask = <Name extends QuestionName>(
	question: Name,
	value: Questions[Name]['ask'],
) => Promise<Questions[Name]['answer']>;

/** Looks like the ledger; every call goes to it through n8n's thread. */
function ledgerOf(ask: Ask): ReconcileLedger {
	return new Proxy(
		{},
		{
			get: (_target, method) =>
				// `await` asks every object for `then`; it is no method of the ledger.
				typeof method !== 'string' || method === 'then'
					? undefined
					: (...args: unknown[]) => ask('ledger', { method, args }),
		},
	) as unknown as ReconcileLedger;
}

if (parentPort) void serve(parentPort);
