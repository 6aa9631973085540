export { PlanScope } from './scope';
export { applyAction, applyGrantChanges, grantsOf } from './apply';
export { displayName } from './content';
export { assessAlone, enforcementOf } from './people/assessment';
export { verifyBy } from './people/deadline';
export { AccountNames, identityAt, innerBoundary, planPeople, segmentAt } from './people';
export type {
	Exposure,
	KnownAccount,
	KnownNames,
	NameInUse,
	PeoplePlanInput,
	PeoplePlanResult,
	PersonToPlan,
} from './people';
export { checkFeed, checkGuards, DEFAULT_MIN_FEED_PERCENT, revocationOf } from './guards';
export type {
	EarlierRevocation,
	FeedSize,
	GuardAlarm,
	GuardedAction,
	GuardInput,
	GuardName,
	GuardTrip,
	GuardVerdict,
	Population,
} from './guards';
export { planRollback } from './rollback';
export type { DoneAction, Precondition, RollbackConflict, RollbackInput, RollbackPlan } from './rollback';
export { planActions } from './plan';
export { accountKey } from './types';
export type {
	GrantChanges,
	HeldGrant,
	KeptAction,
	PlanInput,
	PlanResult,
	PlanSummary,
	SupersededAction,
} from './types';
