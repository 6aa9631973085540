export { contractFields, contractParts } from './contract-header';
export { documentFields, formatOption, redlineOption, timeoutOption, viewOption, type DocumentSource } from './fields';
export { givenBytes, givenDocument, givenFile, naming, NeedsHuman, type DocumentOptions, type Given } from './given';
