export { readReplayLines, type PersonRef, type ReplayLine, type ReplayReading } from './lines';
export { Replay, type ReplayOptions } from './replay';
export type { ReplayAction, ReplayEntry, ReplayResult } from './shown';
