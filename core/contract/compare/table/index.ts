export { columnId, rowId } from './names';
export { rowChange } from './row-change';
export { matchTables, type RowMatch, type TableFamily, type TableRow } from './rows';
export { tableChanges } from './table-change';
