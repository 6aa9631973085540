import { importDocument, type ImportedDocument } from '../core/contract';
import { DomainError, isDomainError } from '../core/model';
import { readBytes } from './input-file';
import type { Terminal } from './terminal';

export type View = 'original' | 'accepted' | 'rejected';
export const VIEWS: readonly View[] = ['original', 'accepted', 'rejected'];

export interface ContractFile extends ImportedDocument {
	file: string;
}

/**
 * Reads a contract in whatever format it comes. What was noticed on the way goes to the error output.
 * @throws DomainError naming the argument and the file, also where only a person can read it (a scan)
 */
export async function readContract(
	terminal: Terminal,
	role: string,
	file: string,
	view: View = 'accepted',
): Promise<ContractFile> {
	const data = await readBytes(terminal, role, file);
	const read = await importDocument({ data, fileName: file, view }).catch((error: unknown) => {
		if (!isDomainError(error)) throw error;
		throw new DomainError(error.code, `${role} "${file}": ${error.message}`, error.remedy, error.details);
	});
	if (read.needsHuman) {
		throw new DomainError(
			'DOCUMENT_UNREADABLE',
			`${role} "${file}" needs a person: ${read.needsHuman.reason}`,
			'Read it yourself, or have it read by OCR and pass the text.',
		);
	}
	for (const warning of read.warnings) terminal.err(`${file}: ${warning}\n`);
	return { file, ...read };
}
