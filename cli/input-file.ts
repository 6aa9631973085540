import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { DomainError } from '../core/model';
import type { Terminal } from './terminal';

/** Reads a file that was named on the command line; `role` is its name in the usage, e.g. `BEFORE`. */
export async function readBytes(terminal: Terminal, role: string, file: string): Promise<Uint8Array> {
	try {
		return await readFile(path.resolve(terminal.folder, file));
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code ?? '';
		const why = REASONS.get(code) ?? `cannot be read (${code === '' ? String(error) : code})`;
		throw new DomainError(
			'INPUT_INVALID',
			`${role}: the file "${file}" ${why}.`,
			'Check the path and your rights on it.',
		);
	}
}

const REASONS = new Map([
	['ENOENT', 'does not exist'],
	['EACCES', 'may not be read by you'],
	['EISDIR', 'is a folder'],
]);

export async function readText(terminal: Terminal, role: string, file: string): Promise<string> {
	return new TextDecoder('utf-8', { ignoreBOM: false }).decode(await readBytes(terminal, role, file));
}
