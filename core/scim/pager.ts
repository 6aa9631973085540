import type { ScimClient } from './client';
import type { Coverage, ListOptions, Listing } from './page';
import { PageReader } from './page-reader';
import type { ScimResource } from './resource';

export { isListing, listQuery, readPage, type Coverage, type ListOptions, type Listing, type Page } from './page';

/** All entries of a collection in memory; see {@link visitAll}. */
export async function listAll(client: ScimClient, collection: string, options: ListOptions = {}): Promise<Listing> {
	const resources: ScimResource[] = [];
	const coverage = await visitAll(client, collection, options, (resource) => resources.push(resource));
	return { resources, ...coverage };
}

/**
 * Reads a collection page by page and shows each entry once, by id: by startIndex (RFC 7644 §3.4.2.4), by cursor
 * (RFC 9865; AWS and Entra know nothing else), or all at once. Survives capped pages, totals that only count the page,
 * servers that repeat a page for ever, cursors that expire; what it could not read to the end it reports with
 * `complete: false`. Where a server turns out to page otherwise than its profile says, the client learns it.
 *
 * Holds the ids that it saw, and nothing else of the entries.
 *
 * @param collection `Users` or `Groups`.
 */
export async function visitAll(
	client: ScimClient,
	collection: string,
	options: ListOptions,
	visit: (resource: ScimResource) => void,
): Promise<Coverage> {
	return visitPages(client, collection, options, (resources) => resources.forEach(visit));
}

/** {@link visitAll}, page by page, with a visitor that may take its time: the next page is read when it is through. */
export function visitPages(
	client: ScimClient,
	collection: string,
	options: ListOptions,
	visit: (resources: readonly ScimResource[]) => Promise<void> | void,
): Promise<Coverage> {
	return new PageReader(client, collection, options, visit).read();
}
