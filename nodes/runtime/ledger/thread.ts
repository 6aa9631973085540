import { Worker } from 'node:worker_threads';
import { DomainError } from '../../../core/model';
import type { LedgerApi } from '../../../core/store';
import { compiledEntry, unpackError } from '../worker';
import type { LedgerAnswer, LedgerCall, LedgerGreeting } from './message';

export interface LedgerThread {
	ledger: LedgerApi;
	/** Closes the file and ends the thread. */
	close(): Promise<void>;
}

interface Pending {
	resolve: (result: unknown) => void;
	reject: (error: Error) => void;
}

/** The calls under way in one thread. It keeps the process alive only while there are any. */
class Calls {
	readonly #pending = new Map<number, Pending>();
	#lastId = 0;

	constructor(readonly worker: Worker) {}

	send(method: string, args: unknown[]): Promise<unknown> {
		return new Promise((resolve, reject) => {
			const call: LedgerCall = { id: ++this.#lastId, method, args };
			this.worker.postMessage(call);
			this.worker.ref();
			this.#pending.set(call.id, { resolve, reject });
		});
	}

	settle(answer: LedgerAnswer): void {
		const pending = this.#pending.get(answer.id);
		this.#pending.delete(answer.id);
		if (this.#pending.size === 0) this.worker.unref();
		if ('error' in answer) pending?.reject(unpackError(answer.error));
		else pending?.resolve(answer.result);
	}

	/** Whether a call that was under way took effect is unknown here; the ledger itself knows, being transactional. */
	abandon(): void {
		for (const { reject } of this.#pending.values()) reject(threadEnded());
		this.#pending.clear();
	}
}

/**
 * Opens a ledger in a thread of its own. Its methods are those of the ledger; arguments and results cross by structured
 * clone, errors with code and remedy. `onEnd` is called once when the thread has ended, whatever ended it.
 *
 * @throws DomainError `LEDGER_UNAVAILABLE` where the file cannot be opened
 */
export async function openLedgerThread(file: string, onEnd: () => void = () => undefined): Promise<LedgerThread> {
	const worker = new Worker(compiledEntry('ledger'), { execArgv: [], env: {}, workerData: { file } });
	const calls = new Calls(worker);
	worker.on('exit', () => {
		calls.abandon();
		onEnd();
	});
	const greeting = await greetingOf(worker);
	if ('error' in greeting) {
		await worker.terminate();
		throw unpackError(greeting.error);
	}
	worker.on('message', (answer: LedgerAnswer) => calls.settle(answer));
	worker.unref();
	return {
		ledger: remoteLedger(calls, greeting),
		close: async () => {
			await calls.send('close', []);
			await worker.terminate();
		},
	};
}

function greetingOf(worker: Worker): Promise<LedgerGreeting> {
	return new Promise((resolve, reject) => {
		worker.once('message', resolve);
		worker.once('error', reject);
		worker.once('exit', () => reject(threadEnded()));
	});
}

/** Looks like the ledger; every method call goes to the thread. */
function remoteLedger(
	calls: Calls,
	{ ledgerId, pseudonymKey }: Exclude<LedgerGreeting, { error: unknown }>,
): LedgerApi {
	const known: Record<string, unknown> = { id: ledgerId, pseudonymKey };
	return new Proxy(known, {
		get(target, name) {
			if (typeof name !== 'string') return undefined;
			// `await` asks every object for `then`; it is no method of ours.
			if (name === 'then') return undefined;
			target[name] ??= (...args: unknown[]) => calls.send(name, args);
			return target[name];
		},
	}) as unknown as LedgerApi;
}

function threadEnded(): DomainError {
	return new DomainError(
		'LEDGER_UNAVAILABLE',
		'The thread of the ledger has ended in the middle of a call.',
		'Run again: the ledger is opened anew. What was committed is kept, what was not is undone.',
	);
}
