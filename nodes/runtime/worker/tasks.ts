import { compareVersions, extractTerms, type CompareInput, type ContractLimits } from '../../../core/contract';
import type { ContractChangeSet, ContractDocument, Term, TermExtractor } from '../../../core/model';
import {
	planContract,
	readSubjects,
	type ContractPlan,
	type PlanTask,
	type PolicySubjects,
	type SubjectsTask,
} from './plan-contract';

export interface ExtractInput {
	document: ContractDocument;
	extractors: Record<string, TermExtractor>;
	limits?: Partial<ContractLimits>;
}

/** Work that may take longer than n8n's event loop should wait. Inputs and results have to survive structured clone. */
export interface Tasks {
	compareVersions: { input: CompareInput; result: ContractChangeSet };
	extractTerms: { input: ExtractInput; result: Record<string, Term> };
	readSubjects: { input: SubjectsTask; result: PolicySubjects };
	planContract: { input: PlanTask; result: ContractPlan };
}

export type TaskName = keyof Tasks;

export const TASKS: { [Name in TaskName]: (input: Tasks[Name]['input']) => Tasks[Name]['result'] } = {
	compareVersions,
	extractTerms: ({ document, extractors, limits }) => extractTerms(document, extractors, limits),
	readSubjects,
	planContract,
};
