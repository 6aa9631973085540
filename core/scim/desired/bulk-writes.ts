import { BulkRun, MOST_OPERATIONS, type BulkTraffic } from '../bulk';
import { BulkParty } from '../bulk-sharing';
import type { ScimClient } from '../client';
import type { JournalWriter } from './journal-writer';
import type { Verification } from './write-user';

/** Fewer changes than this are sent one by one. */
const FROM_CHANGES = 5;

/** Lets the changes of accounts share bulk requests, phase by phase, where the application takes them and it pays. */
export class BulkWrites {
	readonly #run: BulkRun;

	constructor(
		readonly client: ScimClient,
		readonly writer: JournalWriter,
		readonly options: { bulk?: 'auto' | 'off'; verification?: Verification },
	) {
		// Who trusts answers saves the reads; a bulk answer without entries would bring them back.
		this.#run = new BulkRun(client, { entries: options.verification === 'answer' });
	}

	/** For so many changes that don't depend on each other; `undefined` where each is to be sent alone. */
	party(changes: number): BulkParty | undefined {
		const { client } = this;
		if (this.options.bulk === 'off' || changes < FROM_CHANGES || !this.#run.isTaken) return undefined;
		// Twice a request: while one is read back, the next one gathers.
		const most = Math.min(MOST_OPERATIONS, client.capabilities.bulk?.maxOperations ?? 1);
		const room = Math.max(client.limits.concurrency, 2 * most);
		return new BulkParty(client, changes, () => this.writer.isBroken, this.#run, Math.min(room, changes));
	}

	/** `undefined` where no bulk request was sent. */
	get traffic(): BulkTraffic | undefined {
		const { traffic } = this.#run;
		return traffic.requests === 0 ? undefined : traffic;
	}
}
