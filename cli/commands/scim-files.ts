import { constants, createReadStream } from 'node:fs';
import { open, readFile, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { DomainError } from '../../core/model';
import {
	listElements,
	type DesiredSource,
	type Durability,
	type JournalRecord,
	type ScimJournal,
} from '../../core/scim';
import { text, UsageError, type Call } from '../command';
import { readText } from '../input-file';
import { lockJournal, type Unlock } from './scim-journal-lock';

/** The desired state that `--desired FILE` names. */
export async function readDesired({ options, terminal }: Call): Promise<unknown> {
	const file = text(options, 'desired');
	if (file === undefined) throw new UsageError('--desired is missing: it names the JSON file with users and groups.');
	try {
		return JSON.parse(await readText(terminal, '--desired', file)) as unknown;
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		throw new DomainError(
			'INPUT_INVALID',
			`--desired: "${file}" is no JSON.`,
			'The file is { "users": [SCIM User …], "groups": [SCIM Group …] }.',
		);
	}
}

/**
 * The same file as it is read, one user after the other: a hundred thousand of them never lie in memory. The groups are
 * whole when the users have been read.
 */
export function streamDesired({ options, terminal }: Call): DesiredSource {
	const file = text(options, 'desired');
	if (file === undefined) throw new UsageError('--desired is missing: it names the JSON file with users and groups.');
	const groups: unknown[] = [];
	async function* users(): AsyncGenerator {
		const chunks = createReadStream(path.resolve(terminal.folder, file ?? ''), { encoding: 'utf8' });
		try {
			for await (const { list, element } of listElements(chunks as AsyncIterable<string>)) {
				if (list.toLowerCase() === 'users') yield element;
				else if (list.toLowerCase() === 'groups') groups.push(element);
			}
		} catch (error) {
			const code = (error as NodeJS.ErrnoException).code;
			if (error instanceof DomainError || code === undefined) throw error;
			throw new DomainError(
				'INPUT_INVALID',
				`--desired: the file "${file ?? ''}" can't be read (${code}).`,
				'Check the path and your rights on it.',
			);
		}
	}
	return { users: users(), groups };
}

/** Lines that nobody waits for gather this long: a write to the disk for each would cost more than making them. */
const GATHER_MS = 20;

/**
 * A journal of JSON lines. What is appended at the same time is flushed to the disk together, before anybody hears that
 * it is safe. A line that a crash cut off is dropped, and the next one begins on a line of its own.
 */
export class JournalFile implements ScimJournal {
	#handle: FileHandle | undefined;
	#queue: Array<{ text: string; safe: boolean; done: () => void; failed: (error: unknown) => void }> = [];
	#flushing = false;
	#gathering: NodeJS.Timeout | undefined;
	#unlock: Unlock | undefined;

	constructor(
		readonly file: string,
		readonly mustExist = false,
	) {}

	static at({ terminal }: Call, file: string, mustExist = false): JournalFile {
		return new JournalFile(path.resolve(terminal.folder, file), mustExist);
	}

	async read(): Promise<readonly JournalRecord[]> {
		let content: string;
		try {
			content = await readFile(this.file, 'utf8');
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === 'ENOENT' && !this.mustExist) return [];
			throw unreadable(this.file, error);
		}
		const lines = content.split('\n');
		return lines.flatMap((line, index) => {
			if (line === '') return [];
			try {
				return [JSON.parse(line) as JournalRecord];
			} catch {
				if (index === lines.length - 1) return [];
				throw new DomainError(
					'INPUT_INVALID',
					`Line ${index + 1} of the journal "${path.basename(this.file)}" can't be read.`,
					'The file was changed. Restore it, or take the line out if you know what it held.',
				);
			}
		});
	}

	append(records: readonly JournalRecord[], durability: Durability): Promise<void> {
		const lines = records.map((record) => `${JSON.stringify(record)}\n`).join('');
		return new Promise((done, failed) => {
			const safe = durability === 'safe';
			this.#queue.push({ text: lines, safe, done, failed });
			if (this.#flushing) return;
			if (safe) void this.#flush();
			else this.#gathering ??= setTimeout(() => void this.#flush(), GATHER_MS);
		});
	}

	/**
	 * Keeps the journal for this run until `close`.
	 * @throws DomainError INPUT_INVALID where another run has it
	 */
	async lock(): Promise<void> {
		this.#unlock ??= await lockJournal(this.file);
	}

	async close(): Promise<void> {
		await this.#flush();
		await this.#handle?.close();
		this.#handle = undefined;
		await this.#unlock?.();
		this.#unlock = undefined;
	}

	async #flush(): Promise<void> {
		clearTimeout(this.#gathering);
		this.#gathering = undefined;
		if (this.#flushing) return;
		this.#flushing = true;
		while (this.#queue.length > 0) {
			const batch = this.#queue;
			this.#queue = [];
			try {
				const handle = (this.#handle ??= await this.#open());
				await handle.appendFile(batch.map(({ text: lines }) => lines).join(''));
				if (batch.some(({ safe }) => safe)) await handle.datasync();
				for (const { done } of batch) done();
			} catch (error) {
				for (const { failed } of batch) failed(unwritable(this.file, error));
			}
		}
		this.#flushing = false;
	}

	/** Only its owner may read it: it holds people's attributes. */
	async #open(): Promise<FileHandle> {
		const handle = await open(this.file, constants.O_RDWR | constants.O_CREAT, 0o600);
		const { size } = await handle.stat();
		const keep = await wholeLines(handle, size);
		if (keep < size) await handle.truncate(keep);
		await handle.close();
		return open(this.file, 'a', 0o600);
	}
}

/** Length of the file up to the end of its last whole line. */
async function wholeLines(handle: FileHandle, size: number): Promise<number> {
	const chunk = Buffer.alloc(65_536);
	for (let end = size; end > 0;) {
		const start = Math.max(0, end - chunk.length);
		const { bytesRead } = await handle.read(chunk, 0, end - start, start);
		const newline = chunk.subarray(0, bytesRead).lastIndexOf(0x0a);
		if (newline >= 0) return start + newline + 1;
		end = start;
	}
	return 0;
}

function unreadable(file: string, error: unknown): DomainError {
	const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
	return new DomainError(
		'INPUT_INVALID',
		`--journal: "${path.basename(file)}" can't be read (${code}).`,
		'Name the journal that `scim apply --journal FILE` wrote.',
	);
}

function unwritable(file: string, error: unknown): DomainError {
	const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
	return new DomainError(
		'INPUT_INVALID',
		`The file "${path.basename(file)}" can't be written (${code}).`,
		'Check the folder, the disk and your rights.',
	);
}
