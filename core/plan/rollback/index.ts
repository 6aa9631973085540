export { planRollback } from './plan';
export type { DoneAction, Precondition, RollbackConflict, RollbackInput, RollbackPlan } from './types';
