export { identityAt, isEmployedAt, nextBoundary, segmentAt, touchedBy, valueAt } from './boundaries';
export type { Touch } from './boundaries';
export { factsOf, statementOf } from './facts';
export type { SpokenValues, Statement } from './facts';
export { managerFinding } from './managers';
export { matchPerson } from './matching';
export type { Directory, KnownPerson, MatchOutcome, PersonEvidence } from './matching';
export { timelineRules } from './policy-view';
export type { LifecyclePolicy } from './policy-view';
export { DataQuality, feedFinding } from './quality';
export { resolveGroup } from './revisions';
export type { GroupEvent, Outcome } from './revisions';
export { personTimeline } from './person';
export { timelineOf } from './timeline';
export { EMPLOYMENT, MENTIONED_EMAIL } from './types';
export type {
	EmploymentWord,
	LocalMoments,
	PersonFacts,
	StatedEvent,
	StatedFact,
	StatedSpell,
	StatedTimeline,
	TimelineRules,
} from './types';
