import type { Query } from './address';
import type { ScimAnswer } from './exchange';
import { noteListed } from './listed';
import { asObject, asResource, attribute, textAttribute, type ScimResource } from './resource';

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
	/** RFC 9865 §2.2: where the next page begins; absent on the last one. */
	nextCursor?: string;
}

/** Reads the entries of a ListResponse (RFC 7644 §3.4.2); Entra writes `resources` in lower case. */
export function readPage(answer: ScimAnswer): Page {
	const body = asObject(answer.body) ?? {};
	const entries = attribute(body, 'Resources');
	// One entry without its array is what some servers make of a list of one.
	const list = Array.isArray(entries) ? entries : asObject(entries) === undefined ? [] : [entries];
	const total = attribute(body, 'totalResults');
	const totalResults = typeof total === 'string' && /^\d{1,9}$/.test(total) ? Number(total) : total;
	const nextCursor = textAttribute(body, 'nextCursor');
	return {
		resources: list.flatMap((entry) => {
			const resource = asResource(entry);
			return resource === undefined ? [] : [noteListed(resource)];
		}),
		count: list.length,
		...(typeof totalResults === 'number' && totalResults >= 0 ? { totalResults } : {}),
		...(nextCursor === undefined ? {} : { nextCursor }),
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

/** Whether so many entries may be as many as a server gives out at once: 10, 25, 50, 128 … Nobody limits pages to 37. */
export function isLikelyLimit(entries: number): boolean {
	return entries >= 10 && (entries % 10 === 0 || entries % 25 === 0 || Number.isInteger(Math.log2(entries)));
}
