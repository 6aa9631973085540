export { dateIn, instantOf, isDate, isLocalTime, isZone, parseInstant } from './local-time';
export type { Edge } from './local-time';
