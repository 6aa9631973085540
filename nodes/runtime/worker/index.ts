export type { ContractPlan, PolicySubjects } from './plan-contract';
export { runInWorker, type WorkerLimits } from './runner';
export type { ExtractInput, TaskName, Tasks } from './tasks';
