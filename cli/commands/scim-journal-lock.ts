import { constants } from 'node:fs';
import { open, readFile, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { DomainError } from '../../core/model';

/** Lets go of a journal. */
export type Unlock = () => Promise<void>;

/**
 * Keeps a journal for one run: two runs that write into one journal, or into one application by it, would each take the
 * other's changes for somebody else's. The lock is a file beside it that names process and machine; that of a process which
 * is no more is taken over.
 *
 * @throws DomainError INPUT_INVALID where another run has it
 */
export async function lockJournal(file: string): Promise<Unlock> {
	const lock = `${file}.lock`;
	const own = `${process.pid} ${hostname()}`;
	for (let attempt = 1; ; attempt++) {
		try {
			const handle = await open(lock, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
			await handle.writeFile(own);
			await handle.close();
			return () => unlink(lock).catch(() => undefined);
		} catch (error) {
			const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
			if (code !== 'EEXIST') throw unlockable(file, code);
			const holder = await readFile(lock, 'utf8').catch(() => '');
			if (attempt > 2 || isAlive(holder)) throw taken(file, holder);
			await unlink(lock).catch(() => undefined);
		}
	}
}

/** Of a process on another machine nobody can tell; a file without a word is of one that is just writing it. */
function isAlive(holder: string): boolean {
	const [, pid, host] = /^(\d{1,10}) (.+)$/.exec(holder) ?? [];
	if (pid === undefined || host !== hostname()) return true;
	try {
		process.kill(Number(pid), 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

function taken(file: string, holder: string): DomainError {
	const name = path.basename(file);
	const [pid = '', host = ''] = holder.split(' ');
	const who = /^\d+$/.test(pid) ? ` (process ${pid} on ${host})` : '';
	return new DomainError(
		'INPUT_INVALID',
		`The journal "${name}" is in use by another run${who}.`,
		`Wait for it to end, or name another journal. If no run uses it, delete "${name}.lock".`,
	);
}

function unlockable(file: string, code: string): DomainError {
	return new DomainError(
		'INPUT_INVALID',
		`The file "${path.basename(file)}" can't be written (${code}).`,
		'Check the folder, the disk and your rights.',
	);
}
