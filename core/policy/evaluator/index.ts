export { compileEvaluator, earned, evaluatorOf, PolicyEvaluator } from './evaluator';
export type { Attributes, Birthright } from './evaluator';
export { GrantReasons } from './reasons';
export type { Earned, Exclusion, RuleWithheld } from './rule-table';
export { lookupIn } from './why-not';
export type { RuleVerdict } from './why-not';
