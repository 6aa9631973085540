export { applicationsWithManagers, renderAttributes } from './account-attributes';
export { parseAddress } from './address';
export { approvalFor } from './approval';
export type { ActionFacts, ApprovalAnswer, ApprovalContext } from './approval';
export { effectOnAccess, policyChanges } from './changes';
export type { AccessEffect, ChangeKind, PolicyChange, RuleEffect } from './changes';
export { compilePolicy, termExtractors } from './compile';
export type { CompiledApproval, CompiledPolicy } from './compile';
export { compileWhen, firstUnmet } from './condition';
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
export { compileEvaluator, earned, evaluatorOf, GrantReasons } from './evaluator';
export type {
	Attributes,
	Birthright,
	Earned,
	Exclusion,
	PolicyEvaluator,
	RuleVerdict,
	RuleWithheld,
} from './evaluator';
export { explainRules } from './explain';
export { explainEntitlement } from './explain-entitlement';
export type { EntitlementExplanation, EntitlementInput, NotGranting } from './explain-entitlement';
export type { ClauseExplanation, ExplainInput, RuleExplanation } from './explain';
export { formatFinding, NOT_ENFORCED } from './finding';
export type { Finding, Severity } from './finding';
export type { LintOptions } from './lint';
export { notReady, type NotReady } from './readiness';
export { accessMatrix, matrixCsv, renderMatrixPage, rulesFromMatrix } from './matrix';
export type {
	AccessMatrix,
	MatrixCell,
	MatrixOptions,
	MatrixPageOptions,
	MatrixPerson,
	MatrixReason,
	MatrixRow,
	MatrixRules,
	RulesFromMatrixOptions,
} from './matrix';
export { lintPolicy, parsePolicy, policyJsonSchema } from './parse';
export type { ParsedPolicy } from './parse';
export { addDuration, atLocal, desiredTenures, localTime, resolveEntitlement, zoneOfPerson } from './person';
export type { EndCause, LocalTime, PersonAccess, PersonInput, PersonTenure, Withheld } from './person';
export { DEFAULT_WEIGHTS, outlierScore, PeerGroups, RISK_FACTORS, riskOf } from './risk';
export type { PeerCounts, PeerShare, RiskFacts, RiskFactorName } from './risk';
export { renderPolicy } from './render';
export type { PolicyVersion } from './render';
export { overlapsOf } from './schema';
export type { PolicyDocument } from './schema';
export { separationRulesOf } from './separation';
export type { Conflict } from './separation';
export { DEFAULT_LIMITS } from './source';
export type { SourceLimits } from './source';
