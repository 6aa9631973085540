export { valueInWords } from './compare-values';
export { compareTerms } from './effect';
export { followNumbers, type FollowedClause } from './followed';
export { extractTerms, type TermOptions } from './extract';
export { findMoney, findPercents, type AmountMention } from './amount';
