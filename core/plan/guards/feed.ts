import type { GuardTrip } from './types';

export interface FeedSize {
	feed: string;
	rows: number;
	/** Rows of the last accepted snapshot; undefined for the first. */
	previousRows?: number;
	/** The sender or the transport says that rows are missing. */
	truncated?: boolean;
}

/** Less than this share of the last snapshot is no feed but an accident, where the policy says nothing. */
export const DEFAULT_MIN_FEED_PERCENT = 50;

/** Whether a feed may be believed at all: an empty, cut or suddenly shrunken one must not make people vanish. */
export function checkFeed(
	{ policy }: { policy: { guards?: { minFeedPercent?: number } } },
	size: FeedSize,
): GuardTrip | undefined {
	const { feed, rows, previousRows, truncated } = size;
	const limit = policy.guards?.minFeedPercent ?? DEFAULT_MIN_FEED_PERCENT;
	const percent = previousRows === undefined || previousRows === 0 ? 100 : Math.floor((100 * rows) / previousRows);
	const problem =
		truncated === true
			? `Feed ${feed} is cut off after ${rows} rows.`
			: rows === 0 && previousRows !== 0
				? `Feed ${feed} is empty${previousRows === undefined ? '' : `, it had ${previousRows} rows`}.`
				: percent < limit
					? `Feed ${feed} has ${rows} rows, ${percent} % of the ${previousRows ?? 0} it had; at least ${limit} % are expected.`
					: undefined;
	if (problem === undefined) return undefined;
	const remedy = 'Check the source. Then resume or cancel the halt, with a reason.';
	return { guard: 'feed', scope: 'feed', name: feed, count: rows, limit, message: problem, remedy, actionIds: [] };
}
