export { policyChanges } from './diff';
export { effectOnAccess } from './effect';
export type { AccessEffect, RuleEffect } from './effect';
export type { ChangeKind, PolicyChange } from './path';
