import { DomainError } from '../model';
import { BulkRun, WORTH_IT, sized, type BulkOperation, type SizedOperation } from './bulk';
import type { BulkResult } from './bulk-answer';
import type { ScimClient, WriteToSend, WriteWays } from './client';
import { mapBounded } from './concurrency';
import type { ScimAnswer } from './exchange';

interface Waiting extends SizedOperation {
	ways: WriteWays;
	resolve: (answer: ScimAnswer | Promise<ScimAnswer>) => void;
	reject: (error: unknown) => void;
}

/**
 * Lets the first write of many pieces of work travel together in bulk requests (RFC 7644 §3.7). Each piece goes on as if
 * it had written alone: it reads back, looks a lost answer up, tries another form. Bulk only ever saves requests:
 *
 * - what a bulk answer refuses is sent once more alone, so that the refusal is the application's own word on that write;
 * - what it doesn't mention, or a request without an answer, is unclear for each write in it, and looked up;
 * - an application that refuses bulk, or fewer than three writes, gets single requests;
 * - a PUT goes alone: it follows a fresh read of the whole entry, and must not wait.
 *
 * A request leaves once it is full, or nobody can join it any more, so the number of members has to be known.
 */
export class BulkParty {
	readonly #waiting: Waiting[] = [];
	/** Members whose first write has come, or that ended without one. */
	#arrived = 0;
	#left = 0;
	#sequence = 0;
	#isSending = false;

	/**
	 * @param members how often `join` will be called
	 * @param isOver whether nothing may be begun any more
	 * @param room how many members are inside at once, at most: the next one comes when one is through
	 */
	constructor(
		readonly client: ScimClient,
		readonly members: number,
		readonly isOver: () => boolean,
		readonly run: BulkRun = new BulkRun(client),
		readonly room: number = members,
	) {}

	/** Whether bulk is taken by the application and worth it for so many writes. */
	static pays(client: ScimClient, members: number): boolean {
		return client.capabilities.bulk !== null && members >= WORTH_IT;
	}

	/** Does one member's work with a client whose first write is shared. */
	async join<Result>(work: (client: ScimClient) => Promise<Result>): Promise<Result> {
		let isAwaited = true;
		const arrive = (): void => {
			if (isAwaited) this.#arrived++;
			isAwaited = false;
			void this.#sendDue();
		};
		const view = this.client.tracked((write, ways) => {
			if (!isAwaited) return ways.alone();
			return new Promise<ScimAnswer>((resolve, reject) => {
				const each = { ...sized(this.#operation(write)), ways, resolve, reject };
				if (write.method !== 'PUT' && !each.misleads) this.#waiting.push(each);
				else void this.#sendAlone([each]);
				arrive();
			});
		});
		try {
			return await work(view);
		} finally {
			this.#left++;
			arrive();
		}
	}

	#operation({ method, path, body, ifMatch }: WriteToSend): BulkOperation {
		return {
			method,
			path,
			bulkId: `w${++this.#sequence}`,
			...(body === undefined ? {} : { data: body }),
			...(ifMatch === undefined ? {} : { version: ifMatch }),
		};
	}

	/** One request after the other: what one teaches holds for the next. */
	async #sendDue(): Promise<void> {
		if (this.#isSending) return;
		this.#isSending = true;
		for (let count = this.#due(); count > 0; count = this.#due()) {
			if (count > 1 && this.#isOpen && this.run.isWorth(this.#waiting.length)) await this.#sendTogether(count);
			else await this.#sendAlone(this.#waiting.splice(0, count));
		}
		this.#isSending = false;
	}

	get #isOpen(): boolean {
		return this.run.isTaken && !this.isOver();
	}

	/** How many of those that wait are to leave now. */
	#due(): number {
		const { length } = this.#waiting;
		if (length === 0 || !this.#isOpen) return length;
		const count = this.run.fits(this.#waiting);
		if (count < length || count === this.run.most) return count;
		const isLast = this.#arrived === this.members || length === Math.min(this.room, this.members - this.#left);
		return isLast ? count : 0;
	}

	async #sendTogether(count: number): Promise<void> {
		const chunk = this.#waiting.slice(0, count);
		const results = await this.run.send(chunk.map(({ operation }) => operation));
		if (results === undefined) return;
		this.#waiting.splice(0, count);
		await this.#sendAlone(chunk.filter((each, index) => !settle(each, results[index])));
	}

	async #sendAlone(writes: readonly Waiting[]): Promise<void> {
		await mapBounded(writes, this.client.limits.concurrency, async ({ ways, resolve, reject }) => {
			if (this.isOver()) return reject(heldBack());
			const answer = ways.alone();
			resolve(answer);
			await answer.catch(() => undefined);
		});
	}
}

/** Answers one write; false where it was refused, and nothing was done. */
function settle({ ways, resolve, reject }: Waiting, result: BulkResult | undefined): boolean {
	if (result === undefined || (result.error !== undefined && !result.ambiguous)) return false;
	ways.count();
	const { status, id, resource, error } = result;
	if (error !== undefined) reject(error);
	else resolve({ status, headers: {}, body: resource ?? (id === undefined ? undefined : { id }) });
	return true;
}

function heldBack(): DomainError {
	return new DomainError('SCIM_FAILED', 'The time was over before the write was sent.', 'Run again.', {
		heldBack: true,
		ambiguous: false,
	});
}

/** Whether a write was never begun, since time was over. */
export function wasHeldBack(error: DomainError | undefined): boolean {
	return error?.details['heldBack'] === true;
}
