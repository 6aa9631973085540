import { join } from 'node:path';
import threads from 'node:worker_threads';
import { shiftDate } from './shifted-date.js';

const ahead = new BigInt64Array(new SharedArrayBuffer(8));
const RealWorker = threads.Worker;

/** A thread whose date runs ahead as ours does: the ledger works in one of its own. */
class ShiftedWorker extends RealWorker {
	constructor(entry: string | URL, options: threads.WorkerOptions = {}) {
		const workerData = { ...(options.workerData as object | undefined), shifted: { ahead, entry } };
		super(join(__dirname, 'shifted-date.js'), { ...options, workerData });
	}
}

/**
 * Makes the date of this test file settable, here and in the threads that nodes start. Timers, sockets and processes are as
 * they are.
 */
export function settableDate(): void {
	let restore = () => {};
	beforeAll(() => {
		restore = shiftDate(globalThis, ahead);
		threads.Worker = ShiftedWorker;
	});
	beforeEach(() => {
		Atomics.store(ahead, 0, 0n);
	});
	afterAll(() => {
		threads.Worker = RealWorker;
		restore();
	});
}

/** Lets time pass at once. It never goes back within a test. */
export function travel({ days = 0, minutes = 0 }: { days?: number; minutes?: number }): void {
	Atomics.add(ahead, 0, BigInt(days * 86_400_000 + minutes * 60_000));
}
