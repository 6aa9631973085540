import type { LedgerApi } from '../../store';
import type { RunOutcome } from '../run';
import { shownPlan, shownRecord, type ReplayEntry } from './shown';

export type EntryHead = Omit<ReplayEntry, 'applied' | 'records' | 'plan'>;

const PAGE = 10_000;

/** What came of each line, with the audit records that it brought, every one of them exactly once. */
export class Protocol {
	readonly entries: ReplayEntry[] = [];
	#seen = 0;

	constructor(readonly ledger: Pick<LedgerApi, 'readLog'>) {}

	async write(
		head: EntryHead,
		outcome: RunOutcome | undefined,
		applied: ReadonlyArray<{ actionId: string }>,
	): Promise<void> {
		this.entries.push({
			...head,
			...(outcome && { plan: shownPlan(outcome) }),
			...(applied.length > 0 && { applied: applied.map(({ actionId }) => actionId) }),
			records: await this.#newRecords(),
		});
	}

	async #newRecords(): Promise<ReplayEntry['records']> {
		const records: ReplayEntry['records'] = [];
		for (;;) {
			const page = await this.ledger.readLog({ after: this.#seen, limit: PAGE });
			records.push(...page.map(shownRecord));
			this.#seen = page.at(-1)?.seq ?? this.#seen;
			if (page.length < PAGE) return records;
		}
	}
}
