export { compareVersions, type CompareInput } from './compare';
export { CONTRACT_LIMITS, type ContractLimits } from './limits';
export { clauseText, ownText, readDocument, subtree } from './read';
export { extractTerms } from './terms';
export type { ClauseKind, ClauseNode, ClauseTable, ContractTree } from './tree';
