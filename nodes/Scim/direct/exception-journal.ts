import type { Json } from '../../../core/model';
import type { JournalRecord, ScimJournal } from '../../../core/scim';
import type { LedgerApi, PastWrite } from '../../../core/store';

/** A line about a change that `core/scim` has no plan for: deletions, members by hand. */
export interface DirectRecord {
	type: 'before' | 'after';
	run: string;
	action: string;
	kind: string;
	subject?: string;
	remoteId?: string;
	outcome?: string;
	state: unknown;
}

/**
 * Before and after of writes past the ledger, kept by the ledger all the same and sealed as exceptions. A line is safe
 * before the request that it is about leaves.
 */
export class ExceptionJournal implements ScimJournal {
	readonly #kinds = new Map<string, string>();

	constructor(
		readonly ledger: Pick<LedgerApi, 'journalPastWrites'>,
		readonly about: { application: string; executionId: string; hash: string },
	) {}

	async append(records: readonly JournalRecord[]): Promise<void> {
		await this.#keep(records.map((record) => this.#writeOf(record)));
	}

	async note(record: DirectRecord): Promise<void> {
		const { type, run, action, kind, subject, remoteId, outcome, state } = record;
		await this.#keep([
			{
				type,
				run,
				action,
				kind,
				application: this.about.application,
				hash: this.about.hash,
				...(subject !== undefined && { subject }),
				...(remoteId !== undefined && { remoteId }),
				...(outcome !== undefined && { outcome }),
				record: plain(state),
			},
		]);
	}

	/** Each run is one item's: there is nothing earlier to go on with. */
	async read(): Promise<readonly JournalRecord[]> {
		return [];
	}

	#writeOf(record: JournalRecord): PastWrite {
		const { application, hash } = this.about;
		const common = { run: record.run, application, hash, type: record.type, record: plain(record) };
		if (record.type === 'before') {
			const { action, kind, subject, remoteId } = record;
			this.#kinds.set(action, kind);
			return { ...common, action, kind, subject, ...(remoteId !== undefined && { remoteId }) };
		}
		if (record.type !== 'after') return common;
		const { action, outcome, remoteId } = record;
		const kind = this.#kinds.get(action);
		return {
			...common,
			action,
			outcome,
			...(kind !== undefined && { kind }),
			...(remoteId !== undefined && { remoteId }),
		};
	}

	async #keep(writes: readonly PastWrite[]): Promise<void> {
		await this.ledger.journalPastWrites(writes, { executionId: this.about.executionId });
	}
}

function plain(value: unknown): Json {
	return JSON.parse(JSON.stringify(value ?? null)) as Json;
}
