export { renderAttributes } from './account-attributes';
export { parseAddress } from './address';
export { approvalFor } from './approval';
export type { ApprovalAnswer } from './approval';
export { compilePolicy, termExtractors } from './compile';
export type { CompiledPolicy } from './compile';
export { endOfDay } from './day-end';
export { matchWildcard } from './entitlement';
export type { Entitlement, EntitlementKind } from './entitlement';
export { evaluate, identityIdOf, laterEnd, readIdentities, toInstant } from './evaluation';
export type {
	ContractInput,
	EvaluateInput,
	Evaluation,
	HeldBack,
	Subject,
	Subjects,
	SubjectsInput,
} from './evaluation';
export { explainRules } from './explain';
export type { ExplainInput, RuleExplanation } from './explain';
export { formatFinding, NOT_ENFORCED } from './finding';
export type { Finding, Severity } from './finding';
export { lintPolicy, parsePolicy, policyJsonSchema } from './parse';
export type { ParsedPolicy } from './parse';
export type { PolicyDocument } from './schema';
export { DEFAULT_LIMITS } from './source';
export type { SourceLimits } from './source';
