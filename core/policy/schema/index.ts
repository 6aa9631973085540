export { operators } from './condition';
export type { Operators, When } from './condition';
export { policySchema } from './document';
export type { ApprovalRule, BirthrightRule, ContractRule, EntitlementDeclaration, PolicyDocument } from './document';
export { KNOWN_NAMES_SEPARATOR } from './scalars';
export type { PolicyScalar } from './scalars';
