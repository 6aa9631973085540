export { columnId, rowId } from './names';
export { rowChange } from './row-change';
export { matchTables, type TableFamily } from './rows';
export { tableChanges } from './table-change';
