import type { IExecuteFunctions } from 'n8n-workflow';
import { isDomainError } from '../../../core/model';
import {
	andFilter,
	attribute,
	emailsOf,
	equalsFilter,
	isActive,
	statusOf,
	visitAll,
	type ScimClient,
	type ScimResource,
} from '../../../core/scim';
import { collection as filledIn } from './fields';

/** What is asked for by "Filters": each has to hold. */
interface Condition {
	filter: string;
	holds: (resource: ScimResource) => boolean;
}

/** Statuses with which servers say "I can't search for that". */
const NOT_SEARCHABLE = new Set([400, 404, 500, 501]);

export interface Found {
	resources: ScimResource[];
	/** False where there may be more than was read. */
	complete: boolean;
	reason?: string;
}

/**
 * Accounts or groups by the node's filters, all or some. What the application says it found is checked again; where it
 * can't search, or says "none" and is not known to mean it, everything is looked through.
 */
export async function readMany(
	node: IExecuteFunctions,
	client: ScimClient,
	collection: 'Users' | 'Groups',
	index: number,
): Promise<Found> {
	const all = node.getNodeParameter('returnAll', index, false);
	const limit = all ? Number.POSITIVE_INFINITY : node.getNodeParameter('limit', index, 50);
	const given = filledIn(node, 'filters', index);
	const conditions = conditionsOf(given);
	const own = typeof given['scimFilter'] === 'string' ? given['scimFilter'].trim() : '';
	const read = (filter: string | undefined) => list(client, collection, filter, conditions, limit);
	// Somebody's own filter is not ours to check: the application's answer stands.
	const others = filtersOf(client, conditions);
	if (own !== '') return await read(others.length === 0 ? own : [`(${own})`, ...others].join(' and '));
	const filter = others.reduce<string | undefined>(
		(joined, each) => (joined === undefined ? each : andFilter(joined, each)),
		undefined,
	);
	if (filter === undefined) return await read(undefined);
	try {
		const found = await read(filter);
		if (found.resources.length > 0 || client.capabilities.filter.emptyIsProof) return found;
	} catch (error) {
		if (!isDomainError(error) || !NOT_SEARCHABLE.has(statusOf(error) ?? 0)) throw error;
	}
	return await read(undefined);
}

/** Thrown through a listing to end it early. */
class Enough extends Error {}

async function list(
	client: ScimClient,
	collection: string,
	filter: string | undefined,
	conditions: readonly Condition[],
	limit: number,
): Promise<Found> {
	const resources: ScimResource[] = [];
	try {
		const coverage = await visitAll(client, collection, filter === undefined ? {} : { filter }, (resource) => {
			if (conditions.every(({ holds }) => holds(resource))) resources.push(resource);
			if (resources.length >= limit) throw new Enough();
		});
		return { resources, ...coverage };
	} catch (error) {
		if (error instanceof Enough) return { resources, complete: true };
		throw error;
	}
}

/** The filters to send: one where the application does not join them; the rest is checked here. */
function filtersOf(client: ScimClient, conditions: readonly Condition[]): string[] {
	const filters = conditions.map(({ filter }) => filter);
	return client.capabilities.filter.and ? filters : filters.slice(0, 1);
}

function conditionsOf(given: Record<string, unknown>): Condition[] {
	const conditions: Condition[] = [];
	for (const name of ['externalId', 'userName', 'displayName', 'email'] as const) {
		const value = given[name];
		if (typeof value !== 'string' || value.trim() === '') continue;
		const wanted = value.trim();
		const path = name === 'email' ? 'emails.value' : name;
		conditions.push({ filter: equalsFilter(path, wanted), holds: (resource) => carries(resource, name, wanted) });
	}
	if (given['active'] === 'active' || given['active'] === 'inactive') {
		const wanted = given['active'] === 'active';
		conditions.push({
			filter: equalsFilter('active', wanted),
			holds: (resource) => (isActive(resource) ?? true) === wanted,
		});
	}
	return conditions;
}

function carries(resource: ScimResource, name: string, wanted: string): boolean {
	if (name === 'email') return emailsOf(resource).some((email) => email.toLowerCase() === wanted.toLowerCase());
	const value = attribute(resource, name);
	// Only externalId has a case (RFC 7643 §3.1).
	if (name === 'externalId') return value === wanted;
	return typeof value === 'string' && value.toLowerCase() === wanted.toLowerCase();
}
