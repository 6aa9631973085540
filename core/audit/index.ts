export { chainHash, genesisHash } from './chain';
export { sealRecord, type Actor, type RecordInput, type SealedRecord } from './leaf';
export { ChainVerifier, type AuditProblem, type AuditVerdict, type StoredRecord } from './verify';
