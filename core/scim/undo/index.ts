export { emptyJournal, undoScim, type UndoOptions, type UndoReport, type UndoResult } from './undo';
