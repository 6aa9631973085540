export { compareTerms } from './effect';
export { extractTerms } from './extract';
