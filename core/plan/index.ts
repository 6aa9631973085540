export { applyAction, applyGrantChanges, grantsOf } from './apply';
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
