export { instructionOf, isCarriedOut } from './instruction';
export type { InstructionOutcome, InstructionStatus } from './instructions-table';
export { renderRedline, type RedlineInput } from './render';
export { changeInWords, countsInWords, nameOf, numbersInWords, OPS, opsInWords, termChangeInWords } from './words';
export { durationInWords, renewalInWords, termInWords } from './term-words';
