import { DomainError } from '../model';
import { addDuration, endOfDay } from '../policy';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;
const DURATION = /^P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?$/;

/**
 * The end that somebody wrote: a date (its last day, in the person's zone), an instant with offset, or a duration from now.
 *
 * @example endOfAccess('2026-12-31', { now, zone: 'Europe/Berlin', field: 'Until' }) // 2026-12-31T23:00:00.000Z
 * @throws DomainError INPUT_INVALID where it is none of these, or in the past
 */
export function endOfAccess(written: string, at: { now: string; zone: string; field: string }): string {
	const text = written.trim();
	const end = read(text, at);
	if (end === undefined) {
		throw new DomainError(
			'INPUT_INVALID',
			`Parameter "${at.field}": "${text.slice(0, 60)}" is no date, instant or duration.`,
			'Write a date (2026-12-31), an instant with its offset (2026-12-31T18:00:00+01:00) or a duration (P7D, PT4H).',
		);
	}
	if (end > at.now) return end;
	throw new DomainError(
		'INPUT_INVALID',
		`Parameter "${at.field}": ${end} is in the past.`,
		'Give an end in the future.',
	);
}

function read(text: string, { now, zone }: { now: string; zone: string }): string | undefined {
	if (DATE.test(text)) return endOfDay(text, zone);
	if (DURATION.test(text)) return addDuration(now, text, zone, 'end');
	if (!INSTANT.test(text)) return undefined;
	const parsed = Date.parse(text);
	return Number.isNaN(parsed) ? undefined : new Date(parsed).toISOString();
}

/** The earliest of some ends, with the words of whoever set it. */
export interface LimitedEnd {
	until: string;
	because: string;
}

/** The latest end that durations allow; undefined where none limits it. */
export function latestEnd(
	from: string,
	zone: string,
	limits: ReadonlyArray<{ duration: string | undefined; because: string }>,
): LimitedEnd | undefined {
	let latest: LimitedEnd | undefined;
	for (const { duration, because } of limits) {
		if (duration === undefined) continue;
		const until = addDuration(from, duration, zone, 'end');
		if (latest === undefined || until < latest.until) latest = { until, because };
	}
	return latest;
}
