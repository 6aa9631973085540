import { DomainError } from '../../model';
import { asDomainError } from '../errors';
import type { AfterRecord, BeforeRecord, JournalRecord, ScimJournal } from './journal';

/** Actions that are journaled at once, and ahead: flushing a file for each of them alone would cost more than the writes. */
const BLOCK = 64;

/**
 * Keeps the order that makes a run undoable: an action's state before is safe before its first request leaves. States
 * after follow behind. Once the journal fails, nothing more is written to the application.
 */
export class JournalWriter {
	#failure: DomainError | undefined;
	#pending: Promise<void> = Promise.resolve();

	constructor(readonly journal: ScimJournal | undefined) {}

	async append(records: readonly JournalRecord[]): Promise<void> {
		if (this.journal === undefined || records.length === 0) return;
		this.check();
		try {
			await this.journal.append(records, 'safe');
		} catch (error) {
			throw this.#broken(error);
		}
	}

	/** States after: nobody waits for them before `settled`. One that a crash loses is looked up by the next run. */
	after(record: AfterRecord): void {
		this.note([record]);
	}

	/** What no request follows: it is safe by `settled`. */
	note(records: readonly JournalRecord[]): void {
		const { journal } = this;
		if (journal === undefined) return;
		const written = journal.append(records, 'soon').catch((error: unknown) => void this.#broken(error));
		this.#pending = Promise.all([this.#pending, written]).then(() => undefined);
	}

	async settled(): Promise<void> {
		await this.#pending;
		this.check();
	}

	/** Whether the journal failed: nothing more may be written to the application. */
	get isBroken(): boolean {
		return this.#failure !== undefined;
	}

	/** @throws where the journal failed before. */
	check(): void {
		if (this.#failure !== undefined) throw this.#failure;
	}

	/**
	 * Lets the work on each item begin when the states before of its block are safe; the next block is written meanwhile.
	 *
	 * @param atOnce items that begin side by side, where what was journaled must not run ahead of what was begun: of a
	 * creation without an outcome nobody knows whether it was sent
	 */
	ahead<Item>(
		items: readonly Item[],
		record: (item: Item) => readonly BeforeRecord[],
		atOnce?: number,
	): (index: number) => Promise<void> {
		const size = atOnce ?? BLOCK;
		const blocks = new Map<number, Promise<void>>();
		const write = (block: number): Promise<void> => {
			const known = blocks.get(block);
			if (known !== undefined) return known;
			const written = this.append(items.slice(block * size, (block + 1) * size).flatMap(record));
			written.catch(() => undefined); // whoever awaits it hears of it
			blocks.set(block, written);
			return written;
		};
		return async (index) => {
			const block = Math.floor(index / size);
			const safe = write(block);
			if (atOnce === undefined && (block + 1) * size < items.length) void write(block + 1);
			blocks.delete(block - 2);
			await safe;
			this.check();
		};
	}

	#broken(error: unknown): DomainError {
		const cause = asDomainError(error);
		this.#failure ??= new DomainError(
			'SCIM_FAILED',
			`The journal can't be written: ${cause.message} Nothing more was sent.`,
			'Check the disk and the rights on the journal file, then run again with the same journal.',
		);
		return this.#failure;
	}
}
