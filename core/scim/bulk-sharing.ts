import { DomainError } from '../model';
import { BulkRun, WORTH_IT, type BulkOperation } from './bulk';
import type { BulkResult } from './bulk-answer';
import type { ScimClient, WriteToSend, WriteWays } from './client';
import { mapBounded } from './concurrency';
import type { ScimAnswer } from './exchange';

interface Waiting {
	operation: BulkOperation;
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
 * - an application that refuses bulk, or fewer than three writes, gets single requests.
 *
 * The first request leaves once every member waits or has ended without a write, so their number has to be known.
 */
export class BulkParty {
	readonly #run: BulkRun;
	readonly #waiting: Waiting[] = [];
	#awaited: number;
	#sequence = 0;

	/**
	 * @param members how often `join` will be called, all of them at once: they wait for each other
	 * @param isOver whether nothing may be begun any more
	 */
	constructor(
		readonly client: ScimClient,
		members: number,
		readonly isOver: () => boolean,
	) {
		this.#run = new BulkRun(client);
		this.#awaited = members;
	}

	/** Whether bulk is taken by the application and worth it for so many writes. */
	static pays(client: ScimClient, members: number): boolean {
		return client.capabilities.bulk !== null && members >= WORTH_IT;
	}

	/** Does one member's work with a client whose first write is shared. */
	async join<Result>(work: (client: ScimClient) => Promise<Result>): Promise<Result> {
		let isAwaited = true;
		const arrive = (): void => {
			if (!isAwaited) return;
			isAwaited = false;
			if (--this.#awaited === 0) void this.#sendAll();
		};
		const view = this.client.tracked((write, ways) => {
			if (!isAwaited) return ways.alone();
			return new Promise<ScimAnswer>((resolve, reject) => {
				this.#waiting.push({ operation: this.#operation(write), ways, resolve, reject });
				arrive();
			});
		});
		try {
			return await work(view);
		} finally {
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

	async #sendAll(): Promise<void> {
		while (this.#waiting.length > 0 && !this.isOver()) {
			const operations = this.#waiting.map(({ operation }) => operation);
			const size = this.#run.sizeFrom(operations, 0);
			if (this.client.capabilities.bulk === null) break;
			if (size === 1) this.#sendAlone(this.#waiting.shift());
			else await this.#sendTogether(operations.slice(0, size));
		}
		await mapBounded(this.#waiting.splice(0), this.client.limits.concurrency, async ({ ways, resolve, reject }) => {
			if (this.isOver()) return reject(heldBack());
			const answer = ways.alone();
			resolve(answer);
			await answer.catch(() => undefined);
		});
	}

	#sendAlone(each: Waiting | undefined): void {
		each?.resolve(each.ways.alone());
	}

	async #sendTogether(operations: readonly BulkOperation[]): Promise<void> {
		const settled = this.#run.results.length;
		const count = await this.#run.send(operations);
		const results = this.#run.results.slice(settled);
		this.#waiting.splice(0, count).forEach((each, index) => settle(each, results[index]));
	}
}

function settle({ ways, resolve, reject }: Waiting, result: BulkResult | undefined): void {
	if (result === undefined || (result.error !== undefined && !result.ambiguous)) return resolve(ways.alone());
	ways.count();
	if (result.error !== undefined) return reject(result.error);
	const { status, id } = result;
	resolve({ status, headers: {}, body: id === undefined ? undefined : { id } });
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
