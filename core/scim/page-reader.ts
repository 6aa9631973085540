import type { Query } from './address';
import type { ScimClient } from './client';
import { statusOf } from './errors';
import { isLikelyLimit, listQuery, readPage, type Coverage, type ListOptions, type Page } from './page';
import type { PagingKind } from './profiles';
import type { ScimResource } from './resource';

const SEARCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
/** Times a listing begins again because its cursor ended (RFC 9865 §2.3 lets servers forget them). */
const MAX_RESTARTS = 3;
/** What servers say of a cursor that they have forgotten. */
const EXPIRED = new Set([400, 404, 410]);

/** What servers say of a startIndex after the last entry that take it for an error. */
const PAST_END = new Set([400, 404, 416]);

/** Where a listing stands. */
type Step = Coverage | 'more';

/** One listing of one collection. */
export class PageReader {
	readonly #seen = new Set<string>();
	readonly #size: number;
	#kind: PagingKind;
	/** Entries of all pages so far, repeated ones included. */
	#received = 0;
	#cursor: string | undefined;
	#cursors = new Set<string>();
	#restarts = 0;
	/** Kinds of paging to try where the first is refused. */
	readonly #others: PagingKind[];
	#refused = false;
	/** Whether everything was read as the totals have it, and the next request only looks behind the end. */
	#behindEnd = false;
	/** Whether the end is known only by a total that equals what the one page brought, although more was asked for. */
	#endIsSaid = false;

	constructor(
		readonly client: ScimClient,
		readonly collection: string,
		readonly options: ListOptions,
		/** Takes the entries of a page that were not shown before. */
		readonly visit: (resources: readonly ScimResource[]) => Promise<void> | void,
	) {
		this.#kind = client.capabilities.paging;
		this.#others = (['index', 'cursor', 'none'] as const).filter((kind) => kind !== this.#kind);
		this.#size = Math.max(1, Math.min(client.limits.pageSize, client.capabilities.pageSize));
	}

	async read(): Promise<Coverage> {
		for (;;) {
			const step = await this.#step();
			if (step !== 'more') return step;
			const { maxResources } = this.client.limits;
			if (this.#seen.size > maxResources) return incomplete(`There are more than ${maxResources} entries.`);
		}
	}

	/**
	 * Whether nothing but a total tells that this was all, and one that may count the page only (scim2-server). Most such
	 * totals are true: worth a look behind the end where somebody who is looked for wasn't there.
	 */
	get mayGoOn(): boolean {
		return this.#endIsSaid;
	}

	/** Looks behind the end, and reads on where there is more; what was shown already isn't shown again. */
	readOn(): Promise<Coverage> {
		this.#behindEnd = true;
		this.#endIsSaid = false;
		return this.read();
	}

	/** Whether an entry was shown. */
	has(id: string): boolean {
		return this.#seen.has(id);
	}

	async #step(): Promise<Step> {
		let page: Page;
		try {
			page = await this.#page();
		} catch (error) {
			return this.#afterFailure(error);
		}
		this.#learnKind();
		if (page.resources.length < page.count) return incomplete('Some entries have no id.');
		const fresh = await this.#show(page);
		this.#received += page.count;
		if (page.nextCursor !== undefined) return this.#followCursor(page.nextCursor, page.count);
		// AWS's last page has no nextCursor; so has the first one of a server that ignores `cursor`.
		if (this.#kind === 'cursor' || this.#kind === 'bare_cursor') return this.#endOfCursor(page, fresh);
		return this.#byIndex(page, fresh);
	}

	async #show(page: Page): Promise<number> {
		const fresh = page.resources.filter(({ id }) => {
			if (this.#seen.has(id)) return false;
			this.#seen.add(id);
			return true;
		});
		await this.visit(fresh);
		return fresh.length;
	}

	async #page(): Promise<Page> {
		const options = this.#projected();
		if (this.#kind === 'search') {
			const { filter, attributes, excludedAttributes } = options;
			return readPage(
				await this.client.search(this.collection, {
					schemas: [SEARCH_SCHEMA],
					...(filter === undefined ? {} : { filter }),
					...(attributes === undefined ? {} : { attributes }),
					...(excludedAttributes === undefined ? {} : { excludedAttributes }),
					startIndex: this.#received + 1,
					count: this.#size,
				}),
			);
		}
		return readPage(await this.client.get([this.collection], { ...listQuery(options), ...this.#position() }));
	}

	#projected(): ListOptions {
		if (this.client.capabilities.projection) return this.options;
		return this.options.filter === undefined ? {} : { filter: this.options.filter };
	}

	#position(): Query {
		if (this.#kind === 'none') return this.#received === 0 ? {} : { startIndex: this.#received + 1, count: this.#size };
		if (this.#kind === 'index') return { startIndex: this.#received + 1, count: this.#size };
		return { cursor: this.#cursor ?? true, count: this.#size };
	}

	/** A cursor in an answer is followed whatever the profile says: only the server knows how it pages. */
	#followCursor(next: string, count: number): Step {
		if (this.#kind !== 'cursor' && this.#kind !== 'bare_cursor') {
			this.#kind = 'cursor';
			this.client.learn({ paging: 'cursor' }, 'a listing was answered with nextCursor');
		}
		if (this.#cursors.has(next)) return incomplete('The application repeats a cursor.');
		this.#cursors.add(next);
		this.#cursor = next;
		// RFC 9865 §2.2 allows empty pages in between; the repeated cursor above ends an endless row of them.
		return count === 0 && this.#cursors.size > 10_000 ? incomplete('The application gives out empty pages.') : 'more';
	}

	#endOfCursor(page: Page, fresh: number): Step | Promise<Step> {
		const total = page.totalResults;
		if (total === undefined || total <= this.#seen.size || this.#cursor !== undefined) {
			const short = total !== undefined && total > this.#seen.size;
			return short ? this.#short(total) : { complete: true };
		}
		// The first page answers with a greater total and no cursor: this server pages by index after all.
		this.#kind = 'index';
		this.client.learn({ paging: 'index' }, 'a listing by cursor was answered without nextCursor');
		return this.#byIndex(page, fresh);
	}

	/** Whether this page was the last one, and whether it was the true end. */
	#byIndex({ count, totalResults }: Page, fresh: number): Step | Promise<Step> {
		const seen = this.#seen.size;
		// Past the end some servers give a total of 0 (scim2-server).
		if (count === 0)
			return totalResults !== undefined && totalResults > seen ? this.#short(totalResults) : { complete: true };
		if (fresh === 0) return totalResults === seen ? { complete: true } : this.#repeated();
		// Without paging everything came at once, unless the server says that there is more.
		if (this.#kind === 'none' && (totalResults ?? seen) <= seen) return { complete: true };
		// A total that equals a full page may count this page only (scim2-server), also where the server's pages are smaller
		// than what was asked for (jackson: 50): one more request tells.
		const suspicious = totalResults === count && (count >= this.#size || isLikelyLimit(count));
		this.#behindEnd = totalResults === seen && suspicious;
		if (totalResults !== seen || suspicious) return 'more';
		this.#endIsSaid = totalResults === count && this.#received === count;
		return { complete: true };
	}

	/** The same page again: startIndex isn't read from the address (scimmy on Express 5). Some servers read it from a body (§3.4.3). */
	async #repeated(): Promise<Step> {
		if (this.#kind === 'search' || !this.client.capabilities.search)
			return incomplete('The application repeats a page.');
		this.#kind = 'search';
		this.#received = this.#seen.size;
		try {
			const page = await this.#page();
			if (page.resources.length < page.count) return incomplete('Some entries have no id.');
			const fresh = await this.#show(page);
			this.#received += page.count;
			if (fresh > 0) {
				this.client.learn({ paging: 'search' }, 'startIndex in the address was ignored');
				return await this.#byIndex(page, fresh);
			}
		} catch (error) {
			if (statusOf(error) === undefined) throw error;
		}
		this.client.learn({ search: false }, 'POST /.search did not page either');
		return incomplete('The application repeats a page.');
	}

	#short(total: number): Coverage {
		return incomplete(`Only ${this.#seen.size} of ${total} entries were given out.`);
	}

	/** An expired cursor begins again; a kind of paging that is refused at the start gives way to the next one. */
	#afterFailure(error: unknown): Step {
		const status = statusOf(error) ?? 0;
		if (this.#behindEnd && PAST_END.has(status)) return { complete: true };
		if (this.#cursor !== undefined && EXPIRED.has(status)) {
			if (++this.#restarts > MAX_RESTARTS)
				return incomplete('The cursors of the application end before the listing does.');
			this.#cursor = undefined;
			this.#cursors = new Set();
			this.#received = 0;
			return 'more';
		}
		// With a filter, the filter is more likely to blame.
		const next =
			this.#received > 0 || this.options.filter !== undefined || status !== 400 ? undefined : this.#others.shift();
		if (next === undefined) throw error;
		this.#kind = next;
		this.#refused = true;
		return 'more';
	}

	/** RFC 9865 §2.4: a server may page by cursor only, and refuse startIndex; others refuse `count` itself. */
	#learnKind(): void {
		if (!this.#refused) return;
		this.#refused = false;
		this.client.learn({ paging: this.#kind }, 'other paging was refused with 400');
	}
}

function incomplete(reason: string): Coverage {
	return { complete: false, reason };
}
