export { identityAt, segmentAt } from './attributes';
export { planPeople } from './planner';
export type { Exposure, KnownAccount, PeoplePlanInput, PeoplePlanResult, PersonToPlan, Spell } from './types';
export { innerBoundary } from './inner-boundary';
