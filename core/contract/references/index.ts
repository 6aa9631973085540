export { AMBIGUOUS, NOWHERE, numberParts, ReferenceIndex, type Target } from './resolve';
export { scanReferences, type Reference } from './scan';
