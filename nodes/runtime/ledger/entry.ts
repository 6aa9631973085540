import { randomBytes } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { Ledger } from '../../../core/store';
import { packError } from '../worker/message';
import type { LedgerAnswer, LedgerCall, LedgerGreeting } from './message';

/** The ledger's own thread: node:sqlite is synchronous, and a disk that takes its time must not hold n8n up. */
async function serve(port: NonNullable<typeof parentPort>): Promise<void> {
	const greet = (greeting: LedgerGreeting) => port.postMessage(greeting);
	let ledger: Ledger;
	try {
		ledger = await Ledger.open({ file: (workerData as { file: string }).file, clock: Date.now, random: randomBytes });
	} catch (error) {
		greet({ error: packError(error) });
		return;
	}
	port.on('message', (call: LedgerCall) => {
		void answer(ledger, call).then((message) => port.postMessage(message));
	});
	greet({ ledgerId: ledger.id, pseudonymKey: ledger.pseudonymKey });
}

async function answer(ledger: Ledger, { id, method, args }: LedgerCall): Promise<LedgerAnswer> {
	try {
		const run = (ledger as unknown as Record<string, unknown>)[method];
		if (typeof run !== 'function') throw new Error(`The ledger has no method "${method}".`);
		return { id, result: await (run as (...values: unknown[]) => Promise<unknown>).apply(ledger, args) };
	} catch (error) {
		return { id, error: packError(error) };
	}
}

if (parentPort) void serve(parentPort);
