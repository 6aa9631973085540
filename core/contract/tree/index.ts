export { splitHeading } from './heading';
export { readInline, type InlineText } from './inline';
export type { ClauseKind, ClauseNode, ClauseTable, ContractTree } from './node';
export { Passages } from './passages';
export { clauseText, ownText, readDocument, subtree } from './read';
