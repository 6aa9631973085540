export { AccountNames } from './account-names';
export type { KnownNames } from './account-names';
export type { NameInUse } from './account-name';
export { identityAt, segmentAt } from './attributes';
export { planPeople } from './planner';
export type { Exposure, KnownAccount, PeoplePlanInput, PeoplePlanResult, PersonToPlan, Spell } from './types';
export { innerBoundary } from './inner-boundary';
