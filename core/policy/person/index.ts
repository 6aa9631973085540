export { resolveEntitlement } from './assigned';
export { desiredTenures } from './desired';
export { addDuration, atLocal, localTime, zoneOfPerson } from './local-time';
export type { LocalTime } from './local-time';
export { ruleGrantsOf } from './rule-grants';
export type { EndCause, PersonAccess, PersonInput, PersonTenure, Withheld } from './types';
