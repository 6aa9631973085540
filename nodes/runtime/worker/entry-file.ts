import { existsSync } from 'node:fs';
import path from 'node:path';
import { DomainError } from '../../../core/model';

/**
 * The compiled entry of a thread: in its room beside this one in `dist`, and in the project's `dist` when this file runs
 * as TypeScript (threads don't go through a test runner's transforms).
 */
export function compiledEntry(room: 'worker' | 'ledger'): string {
	const beside = path.resolve(__dirname, '..', room, 'entry.js');
	const built = path.resolve(__dirname, '../../../dist/nodes/runtime', room, 'entry.js');
	const file = [beside, built].find((candidate) => existsSync(candidate));
	if (file !== undefined) return file;
	throw new DomainError(
		'WORKER_LIMIT',
		`The thread's script dist/nodes/runtime/${room}/entry.js does not exist.`,
		'Build the project first: npm run build.',
	);
}
