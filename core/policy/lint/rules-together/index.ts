export { Bits } from './bits';
export { personAttribute, ruleFacts } from './rule-facts';
export type { RuleFacts } from './rule-facts';
export { commonExample, commonWitness, isWider, RuleSpace } from './rule-space';
