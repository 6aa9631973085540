import { DomainError } from '../../model';
import type { ContractLimits } from '../limits';

/** A limit of the reader, by the name under which it is set. */
export type DocxLimit = {
	[Name in keyof ContractLimits]: Name extends `max${string}` ? Name : never;
}[keyof ContractLimits];

/** The file cannot be read; `what` says in one sentence which way it is broken. */
export function unreadable(
	what: string,
	remedy = 'Save the document again with Word as .docx, and pass that file.',
): DomainError {
	return new DomainError('DOCUMENT_UNREADABLE', `The DOCX file cannot be read: ${what}`, remedy);
}

/** The file goes beyond a limit. */
export function tooLarge(what: string, limit: DocxLimit, maximum: number, actual: number): DomainError {
	return new DomainError(
		'INPUT_TOO_LARGE',
		`The DOCX file is refused: ${what}; the limit ${limit} is ${maximum}.`,
		`Split the document, or raise the limit ${limit} where the host has the memory for it.`,
		{ limit, maximum, actual },
	);
}

/** A name out of the file as a message may show it. */
export function shown(name: string): string {
	return JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);
}
