import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Nothing of ours may hold n8n's event loop longer (ms). */
export const LONGEST_ALLOWED_STALL = 50;

const TRIES = 4;

/**
 * The longest time (ms) for which our own code held the event loop while `work` ran: the least of a few tries.
 *
 * Each try measures two things. By the wall clock, how long the loop stood still: that counts waiting for the disk too,
 * but on a busy machine also the time in which somebody else had the processor. Where that is too long, the processor
 * time this thread used between two turns of the loop says whether it was us.
 */
export async function longestStall(work: () => Promise<void>): Promise<number> {
	let least = Number.POSITIVE_INFINITY;
	for (let attempt = 0; attempt < TRIES && least >= LONGEST_ALLOWED_STALL; attempt++) {
		const delay = monitorEventLoopDelay({ resolution: 5 });
		const turns = busiestTurn();
		delay.enable();
		await work();
		delay.disable();
		least = Math.min(least, delay.max / 1e6, turns.stop());
	}
	return least;
}

/** The most processor time (ms) this thread used from one turn of the event loop to the next, until `stop`. */
function busiestTurn(): { stop: () => number } {
	let last = threadTime();
	let most = 0;
	const look = () => {
		const now = threadTime();
		most = Math.max(most, now - last);
		last = now;
	};
	const timer = setInterval(look, 1);
	return {
		stop: () => {
			clearInterval(timer);
			look();
			return most;
		},
	};
}

function threadTime(): number {
	const { user, system } = process.threadCpuUsage();
	return (user + system) / 1_000;
}
