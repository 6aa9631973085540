import { Directory } from './directory';
import { ScimFault, type Habit } from './protocol';
import { serve, type OddServer } from './serve';

const PER_SECOND = 5;

/**
 * Takes five requests a second and names the next second as a date, which has no fractions; every fourth creation and
 * every fifth change is carried out and its answer lost.
 *
 * @param clock milliseconds; the client's own, so that waiting helps
 */
export function startThrottled(clock: () => number): Promise<OddServer> {
	return serve(new Directory(), throttled(clock));
}

function throttled(clock: () => number): Habit {
	let second = -1;
	let taken = 0;
	let creations = 0;
	let changes = 0;
	return (request, next) => {
		const now = Math.floor(clock() / 1000);
		if (now !== second) [second, taken] = [now, 0];
		if (++taken > PER_SECOND) {
			const fault = new ScimFault(429, undefined, 'too fast').answer;
			return { ...fault, headers: { date: utc(now), 'retry-after': utc(now + 1) } };
		}
		const answer = next(request);
		if (request.method === 'POST' && ++creations % 4 === 0) return 'reset';
		if (request.method === 'PATCH' && ++changes % 5 === 0) return 'reset';
		return answer;
	};
}

function utc(second: number): string {
	return new Date(second * 1000).toUTCString();
}
