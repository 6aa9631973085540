export { compareBounds, domainOf, knownValues, settle, takes, withinDeclaration } from './domain';
export type { AttributeDeclaration, Bound, Domain } from './domain';
export { implies, intersect, meets } from './relate';
export { describeExample, exampleOf } from './witness';
export type { Example } from './witness';
