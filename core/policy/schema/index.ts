export { operators } from './condition';
export type { Operators, When } from './condition';
export { overlapsOf, policySchema } from './document';
export type {
	ApplicationDeclaration,
	ApprovalRule,
	AttributeDeclaration,
	BirthrightRule,
	ContractRule,
	EntitlementDeclaration,
	PolicyDocument,
} from './document';
export type { Enforcement, Overlap, RuleStatus, Separation } from './governance';
export { KNOWN_NAMES_SEPARATOR } from './scalars';
export type { PolicyScalar } from './scalars';
