import {
	compareRecords,
	compareVersions,
	consolidate,
	extractTerms,
	type Consolidated,
	type ConsolidateInput,
	type ContractLimits,
} from '../../../core/contract';
import type { ContractChangeSet, ContractDocument, Term, TermExtractor } from '../../../core/model';
import {
	importInto,
	readTrackedChanges,
	redline,
	type CompareTask,
	type ImportedDocument,
	type ImportTask,
	type RecordTask,
	type RedlineTask,
	type TrackedFile,
	type TrackedTask,
} from './contract-tasks';
import {
	comparePolicies,
	lint,
	makeRules,
	renderDocument,
	renderMatrix,
	type DocumentTask,
	type MatrixTask,
	type PolicyComparison,
	type PolicyHeadTask,
} from './policy-tasks';
import { notReady, type Finding, type MatrixRules, type NotReady } from '../../../core/policy';
import { GOVERNANCE_TASKS, policyHead, type GovernanceTasks, type PolicyHead } from '../../../core/governance';

export interface ExtractInput {
	document: ContractDocument;
	extractors: Record<string, TermExtractor>;
	limits?: Partial<ContractLimits>;
}

/** Work that may take longer than n8n's event loop should wait. Inputs and results have to survive structured clone. */
export interface Tasks extends GovernanceTasks {
	compareVersions: { input: CompareTask; result: ContractChangeSet };
	applyAmendments: { input: ConsolidateInput; result: Consolidated };
	compareRecords: { input: RecordTask; result: ContractChangeSet };
	extractTerms: { input: ExtractInput; result: Record<string, Term> };
	importDocument: { input: ImportTask; result: ImportedDocument };
	readTrackedChanges: { input: TrackedTask; result: TrackedFile };
	renderRedline: { input: RedlineTask; result: string };
	policyHead: { input: PolicyHeadTask; result: PolicyHead };
	lintPolicy: { input: PolicyHeadTask; result: Finding[] };
	comparePolicies: { input: { before: string; after: string }; result: PolicyComparison };
	notReady: { input: { before?: string; after: string; asOf: string }; result: NotReady[] };
	renderDocument: { input: DocumentTask; result: { markdown: string; html: string } };
	rulesFromMatrix: { input: PolicyHeadTask & { csv: string }; result: MatrixRules };
	renderMatrix: { input: MatrixTask; result: { html: string; csv: string; rows: number } };
}

export type TaskName = keyof Tasks;

type Task<Name extends TaskName> = (
	input: Tasks[Name]['input'],
) => Tasks[Name]['result'] | Promise<Tasks[Name]['result']>;

export const TASKS: { [Name in TaskName]: Task<Name> } = {
	...GOVERNANCE_TASKS,
	applyAmendments: consolidate,
	compareRecords,
	compareVersions,
	extractTerms: ({ document, extractors, limits }) => extractTerms(document, extractors, limits),
	importDocument: importInto,
	readTrackedChanges,
	renderRedline: redline,
	policyHead: ({ policy }) => policyHead(policy),
	lintPolicy: lint,
	comparePolicies,
	notReady: ({ before, after, asOf }) => notReady(before, after, asOf),
	renderDocument,
	renderMatrix,
	rulesFromMatrix: makeRules,
};
