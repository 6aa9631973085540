export { applyAmendment, type ApplyInput } from './apply/apply';
export { applyAmendments, type StackInput } from './apply/stack';
export { readAmendment, readAmendments } from './read/amendments';
export type * from './types';
export { latest, readDating, type DatingInput } from './dating';
export { amendmentChangeSet } from './change-set/build';
export { SEVERAL_DAYS } from './change-set/order';
export type { AmendedChange, AmendmentChangeInput, AmendmentChangeSet, InstructionEvidence } from './change-set/types';
