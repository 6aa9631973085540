import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Nothing of ours may hold n8n's event loop longer (ms). */
export const LONGEST_ALLOWED_STALL = 50;

const TRIES = 4;

/**
 * The longest time (ms) for which the event loop stood still while `work` ran: the least of a few tries. A busy machine
 * holds a process up now and then, whatever it does; what our own code holds up shows in every try.
 */
export async function longestStall(work: () => Promise<void>): Promise<number> {
	let least = Number.POSITIVE_INFINITY;
	for (let attempt = 0; attempt < TRIES && least >= LONGEST_ALLOWED_STALL; attempt++) {
		const delay = monitorEventLoopDelay({ resolution: 5 });
		delay.enable();
		await work();
		delay.disable();
		least = Math.min(least, delay.max / 1e6);
	}
	return least;
}
