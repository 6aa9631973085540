export { compareRecords, type RecordInput } from './compare';
export { readValue, type RecordValue } from './value';
