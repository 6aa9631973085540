import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { DomainError } from '../../../core/model';
import type { LedgerApi } from '../../../core/store';
import { openLedgerThread, type LedgerThread } from './thread';

interface NodeWithCredentials {
	getNode(): { credentials?: Record<string, unknown> };
	getCredentials(type: string): Promise<object>;
}

/** One thread per file and process: SQLite has one writer, and opening runs the migrations. */
const threads = new Map<string, Promise<LedgerThread>>();

/**
 * The ledger a node works on: the one its "Access Ledger" credential names, else the embedded one under n8n's user
 * folder. `getStoragePath()` would give every node type a folder of its own, and they must all share this file.
 */
export async function ledgerOf(node: NodeWithCredentials): Promise<LedgerApi> {
	refuseQueueMode();
	const file = await ledgerFile(node);
	let thread = threads.get(file);
	if (!thread) {
		const forget = () => threads.delete(file);
		thread = openLedgerThread(file, forget);
		threads.set(file, thread);
		// A file that could not be opened (disk full, rights) gets another chance at the next run.
		thread.catch(forget);
	}
	return (await thread).ledger;
}

/** Closes every ledger of this process; for tests and for the end of command line runs. */
export async function closeLedgers(): Promise<void> {
	const open = [...threads.values()];
	threads.clear();
	for (const thread of open) await (await thread).close();
}

async function ledgerFile(node: NodeWithCredentials): Promise<string> {
	if (node.getNode().credentials?.accessLedgerApi === undefined) return defaultLedgerFile();
	const { file } = (await node.getCredentials('accessLedgerApi')) as { file?: string };
	if (file === undefined || file.trim() === '') return defaultLedgerFile();
	if (isAbsolute(file)) return file;
	throw new DomainError(
		'LEDGER_UNAVAILABLE',
		'The credential "Access Ledger" holds a relative file path.',
		'Enter an absolute path, or leave it empty for the file under the n8n user folder.',
	);
}

/** `<n8n user folder>/.n8n/contract-provisioning/ledger.sqlite`, where n8n itself keeps its database. */
export function defaultLedgerFile(): string {
	const base = process.env['N8N_USER_FOLDER'] ?? homedir();
	return join(base, '.n8n', 'contract-provisioning', 'ledger.sqlite');
}

function refuseQueueMode(): void {
	if (process.env['EXECUTIONS_MODE'] !== 'queue') return;
	throw new DomainError(
		'LEDGER_REFUSED',
		'The embedded SQLite ledger does not serve n8n in queue mode, where several processes would write to it.',
		'Run n8n in regular mode. A PostgreSQL ledger for queue mode is planned and not part of this version.',
	);
}
