import type { ScimClient } from './client';
import type { ScimAnswer } from './exchange';
import type { Query } from './address';
import { asObject, asResource, attribute, type ScimResource } from './resource';

export interface ListOptions {
	filter?: string;
	/** Attributes to return, where the server can (RFC 7644 §3.9). */
	attributes?: readonly string[];
	excludedAttributes?: readonly string[];
}

export interface Listing {
	resources: ScimResource[];
	/** False where entries may be missing. Nothing destructive may follow an incomplete listing. */
	complete: boolean;
	/** Why it is incomplete. */
	reason?: string;
}

/** One page as the server answered it. */
export interface Page {
	resources: ScimResource[];
	/** Entries in the answer, also those without an id. */
	count: number;
	totalResults?: number;
}

/** Reads the entries of a ListResponse (RFC 7644 §3.4.2); Entra writes `resources` in lower case. */
export function readPage(answer: ScimAnswer): Page {
	const body = asObject(answer.body) ?? {};
	const entries = attribute(body, 'Resources');
	const list = Array.isArray(entries) ? entries : [];
	const total = attribute(body, 'totalResults');
	const totalResults = typeof total === 'string' && /^\d{1,9}$/.test(total) ? Number(total) : total;
	return {
		resources: list.flatMap((entry) => asResource(entry) ?? []),
		count: list.length,
		...(typeof totalResults === 'number' && totalResults >= 0 ? { totalResults } : {}),
	};
}

/** True where an answer is a ListResponse at all. */
export function isListing(answer: ScimAnswer): boolean {
	const body = asObject(answer.body);
	if (body === undefined) return false;
	return Array.isArray(attribute(body, 'Resources')) || attribute(body, 'totalResults') !== undefined;
}

/** Query parameters of a listing without paging. */
export function listQuery(options: ListOptions): Query {
	return {
		filter: options.filter,
		attributes: options.attributes?.join(','),
		excludedAttributes: options.excludedAttributes?.join(','),
	};
}

/** How far a listing came. */
export type Coverage = Omit<Listing, 'resources'>;

/** All entries of a collection in memory; see {@link visitAll}. */
export async function listAll(client: ScimClient, collection: string, options: ListOptions = {}): Promise<Listing> {
	const resources: ScimResource[] = [];
	const coverage = await visitAll(client, collection, options, (resource) => resources.push(resource));
	return { resources, ...coverage };
}

/**
 * Reads a collection page by page with startIndex (RFC 7644 §3.4.2.4) and shows each entry once, by id. Survives capped
 * pages, totals that only count the page, and servers that repeat a page for ever; what it could not read to the end it
 * reports with `complete: false`.
 *
 * @param collection `Users` or `Groups`.
 */
export async function visitAll(
	client: ScimClient,
	collection: string,
	options: ListOptions,
	visit: (resource: ScimResource) => void,
): Promise<Coverage> {
	const { pageSize, maxResources } = client.limits;
	const seen = new Set<string>();
	let received = 0;
	for (;;) {
		const query = { ...listQuery(options), startIndex: received + 1, count: pageSize };
		const page = readPage(await client.get([collection], query));
		if (page.resources.length < page.count) return incomplete('Some entries have no id.');
		const before = seen.size;
		for (const resource of page.resources) {
			if (seen.has(resource.id)) continue;
			seen.add(resource.id);
			visit(resource);
		}
		received += page.count;
		const verdict = pageVerdict(page, { pageSize, seen: seen.size, fresh: seen.size - before });
		if (verdict !== undefined) return verdict;
		if (seen.size > maxResources) return incomplete(`There are more than ${maxResources} entries.`);
	}
}

interface Progress {
	pageSize: number;
	/** Different entries so far. */
	seen: number;
	/** Different entries that this page brought. */
	fresh: number;
}

/** Whether this page was the last one, and whether it was the true end; `undefined` where there may be more. */
function pageVerdict({ count, totalResults }: Page, { pageSize, seen, fresh }: Progress): Coverage | undefined {
	if (count === 0) {
		// Past the end some servers give a total of 0 (scim2-server).
		const short = totalResults !== undefined && totalResults > seen;
		return short ? incomplete(`Only ${seen} of ${totalResults} entries were given out.`) : { complete: true };
	}
	if (fresh === 0) return totalResults === seen ? { complete: true } : incomplete('The application repeats a page.');
	// A total that equals a full page may count this page only (scim2-server): one more request tells.
	const suspicious = totalResults === count && count >= pageSize;
	return totalResults === seen && !suspicious ? { complete: true } : undefined;
}

function incomplete(reason: string): Coverage {
	return { complete: false, reason };
}
