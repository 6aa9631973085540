export { compareVersions, type CompareInput } from './compare';
export { columnId, rowId } from './table';
