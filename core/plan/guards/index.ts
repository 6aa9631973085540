export { checkGuards } from './check';
export { checkFeed, DEFAULT_MIN_FEED_PERCENT } from './feed';
export type { FeedSize } from './feed';
export { revocationOf } from './revocations';
export type {
	EarlierRevocation,
	GuardAlarm,
	GuardedAction,
	GuardInput,
	GuardName,
	GuardTrip,
	GuardVerdict,
	Population,
} from './types';
