export { applyScim, type ApplyScimOptions, type ScimProgress } from './apply';
export { parseDesired } from './desired-file';
export { listElements } from './element-stream';
export { DEFAULT_GUARD, checkGuard, type GuardOptions, type GuardVerdict } from './guard';
export {
	MemoryJournal,
	readJournal,
	type AfterRecord,
	type BeforeRecord,
	type Durability,
	type EndRecord,
	type LearnedRecord,
	type JournalRecord,
	type JournaledAction,
	type RunRecord,
	type ScimJournal,
} from './journal';
export { recallLearned } from './learned';
export { planScim, type PlanOptions } from './plan';
export type { ActionReport, ScimApplyReport } from './report';
export { MATCH_ORDER } from './types';
export type {
	AttributeChange,
	DesiredGroup,
	DesiredState,
	DesiredUser,
	MatchKey,
	MinimumRequests,
	Population,
	Reference,
	ScimAction,
	ScimActionKind,
	ScimFinding,
	ScimPlan,
} from './types';
export type { Verification } from './write-user';
export type { AccountInspector } from './account-review';
export { reconcileScim, type DesiredSource, type ReconcileOptions, type ReconcileReport } from './reconcile';
export type { ReconcileCounts, ReconcileItem, ReconcileKind } from './reconcile-items';
