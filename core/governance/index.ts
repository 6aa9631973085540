export { contractAssignments, type ContractAssignments, type ContractAssignmentsInput } from './contract-assignments';
export { toReceivedEvent, type ContractEventPayload, type DocumentRef } from './contract-event';
export {
	headerInForce,
	peopleNamed,
	TermCache,
	versionsInForce,
	type ContractVersionState,
	type VersionInForce,
} from './contract-state';
export { decide, grantsDigest, type Decision, type DecisionInput, type DecisionState } from './decide';
export { explainAccess, type AccessAnswer, type AccessQuestion } from './explain';
export type { AccessAsk, AskAnswer } from './asking';
export { newcomerId } from './newcomer';
export { policyHead, type PolicyHead } from './policy-head';
export type { GuardedRollback, RollbackTask } from './rollback';
export { simulate, type ApplicationEffect, type SimulationRequest, type SimulationResult } from './simulate';
export { runDecision, type PlanningLedger, type RunOutcome, type RunRequest } from './run';
export {
	compiledPolicy,
	computeHere,
	GOVERNANCE_TASKS,
	type Compute,
	type DecisionSummary,
	type DecisionTask,
	type GovernanceTasks,
	type PeopleNamedTask,
} from './tasks';
export {
	readReplayLines,
	Replay,
	type ReplayAction,
	type ReplayEntry,
	type ReplayLine,
	type ReplayOptions,
	type ReplayReading,
	type ReplayResult,
} from './replay';
export {
	reconcileApplication,
	type Finding,
	type FindingKind,
	type PlannedCorrections,
	type ReconcileHooks,
	type ReconcileLedger,
	type ReconcileOutcome,
	type ReconcileRequest,
} from './adoption';
