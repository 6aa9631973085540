export { undoScim } from './undo';
export type { UndoOptions, UndoReport, UndoResult } from './types';
export { emptyJournal } from './undo-order';
