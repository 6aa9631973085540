import type { ScimClient, Traffic } from '../client';
import { discover } from '../discovery';
import { asDomainError } from '../errors';
import { visitAll } from '../pager';
import type { CapabilityProfile } from '../profiles';
import { asObject, attribute, emailsOf, foldCase, isActive, textAttribute, type ScimResource } from '../resource';
import { RoleReader } from '../role-reader';
import type { SchemaDefinition } from '../schemas';
import { checkMapping, type MappingFinding } from './mapping';
import { policyFragment } from './policy-fragment';

export interface CatalogueEntry {
	kind: 'group' | 'role' | 'entitlement' | 'license';
	/** What the application calls it. */
	name: string;
	/** Id of a group; value of a role or an entitlement. */
	value: string;
	/** Accounts that carry it; absent for groups, whose members aren't read. */
	holders?: number;
}

export interface Catalogue {
	application: string;
	/** False where groups or accounts could not be read to the end: then something may be missing from the inventory. */
	complete: boolean;
	reasons: readonly string[];
	accounts: { total: number; active: number; withoutExternalId: number; withoutEmail: number };
	entries: readonly CatalogueEntry[];
	schemas: ReadonlyArray<{ id: string; name: string; attributes: readonly CatalogueAttribute[] }>;
	resourceTypes: ReadonlyArray<{ name: string; endpoint: string }>;
	profile: CapabilityProfile;
	/** What a mapping would run into, where one was given. */
	mapping: readonly MappingFinding[];
	/** YAML: `applications` and `entitlements` with owners to fill in. */
	policy: string;
	requests: Traffic;
}

export interface CatalogueAttribute {
	name: string;
	type: string;
	required: boolean;
	mutability: string;
	multiValued: boolean;
}

export interface CatalogueOptions {
	/** Name of the application in the policy. */
	application?: string;
	/** Attribute mapping to check against the application's schemas. */
	mapping?: unknown;
	onProgress?: (progress: { phase: 'read'; done: number }) => void;
}

const LISTS: ReadonlyArray<readonly [string, CatalogueEntry['kind']]> = [
	['roles', 'role'],
	['entitlements', 'entitlement'],
	['licenses', 'license'],
	['licences', 'license'],
];
/** Resource types beside users and groups that list what can be given (draft-ietf-scim-roles-entitlements). */
const TYPES: ReadonlyMap<string, CatalogueEntry['kind']> = new Map([
	['roles', 'role'],
	['entitlements', 'entitlement'],
	['licenses', 'license'],
	['licences', 'license'],
]);

/**
 * What an application has to give: groups, roles, entitlements and licences, its schemas, and a beginning of a policy for
 * them. Only reads.
 *
 * @throws DomainError SCIM_FAILED where the application can't be reached or refuses the credential
 */
export async function importCatalogue(client: ScimClient, options: CatalogueOptions = {}): Promise<Catalogue> {
	const view = client.tracked();
	const application = options.application ?? 'application';
	const { schemas, resourceTypes, findings } = await discover(view);
	const reasons: string[] = [];
	const inventory = new Inventory();
	const list = async (
		collection: string,
		visit: (resource: ScimResource) => void,
		leave: string[] = [],
	): Promise<void> => {
		try {
			const coverage = await visitAll(view, collection, leave.length === 0 ? {} : { excludedAttributes: leave }, visit);
			if (!coverage.complete) reasons.push(`${collection}: ${coverage.reason ?? 'not read to the end.'}`);
		} catch (error) {
			reasons.push(`${collection}: ${asDomainError(error).message}`);
		}
	};
	await list('Groups', (group) => inventory.group(group), ['members']);
	await list('Users', (user) => {
		inventory.user(user);
		if (inventory.accounts.total % 1000 === 0) options.onProgress?.({ phase: 'read', done: inventory.accounts.total });
	});
	for (const { endpoint } of resourceTypes) {
		const kind = TYPES.get(foldCase(endpoint));
		if (kind !== undefined) await list(endpoint, (resource) => inventory.offer(kind, resource));
	}
	const entries = inventory.entries();
	return {
		application,
		complete: reasons.length === 0,
		reasons: [...reasons, ...findings],
		accounts: inventory.accounts,
		entries,
		schemas: [...schemas.schemas.values()].map(describe),
		resourceTypes: resourceTypes.map(({ name, endpoint }) => ({ name, endpoint })),
		profile: view.profile,
		mapping: options.mapping === undefined ? [] : checkMapping(schemas, options.mapping, view.capabilities),
		policy: policyFragment(application, entries, rolesOf(view)),
		requests: view.traffic,
	};
}

/** The list that holds what the application takes as roles. */
function rolesOf(client: ScimClient): CatalogueEntry['kind'] | undefined {
	const path = RoleReader.of(client)?.path;
	return LISTS.find(([name]) => path !== undefined && name === foldCase(path))?.[1];
}

function describe({ id, name, attributes }: SchemaDefinition): Catalogue['schemas'][number] {
	const list = [...attributes.values()].map(({ name: attributeName, type, required, mutability, multiValued }) => ({
		name: attributeName,
		type,
		required,
		mutability,
		multiValued,
	}));
	return { id, name, attributes: list };
}

class Inventory {
	readonly accounts = { total: 0, active: 0, withoutExternalId: 0, withoutEmail: 0 };
	readonly #groups: CatalogueEntry[] = [];
	readonly #others = new Map<string, CatalogueEntry & { holders: number }>();

	group(group: ScimResource): void {
		this.#groups.push({ kind: 'group', name: textAttribute(group, 'displayName') ?? group.id, value: group.id });
	}

	user(user: ScimResource): void {
		this.accounts.total++;
		if (isActive(user) !== false) this.accounts.active++;
		if (textAttribute(user, 'externalId') === undefined) this.accounts.withoutExternalId++;
		if (emailsOf(user).length === 0) this.accounts.withoutEmail++;
		for (const [name, kind] of LISTS) {
			const value = attribute(user, name);
			for (const element of Array.isArray(value) ? (value as readonly unknown[]) : []) this.#held(kind, element);
		}
	}

	/** Something that can be given, whether anybody has it or not. */
	offer(kind: CatalogueEntry['kind'], resource: ScimResource): void {
		const value = textAttribute(resource, 'value') ?? resource.id;
		this.#entry(kind, value, textAttribute(resource, 'display') ?? textAttribute(resource, 'displayName') ?? value);
	}

	entries(): CatalogueEntry[] {
		const order = (left: CatalogueEntry, right: CatalogueEntry): number =>
			left.kind === right.kind ? compare(left.name, right.name) : compare(left.kind, right.kind);
		return [...this.#groups, ...this.#others.values()].sort(order);
	}

	#held(kind: CatalogueEntry['kind'], element: unknown): void {
		const object = asObject(element);
		const value = typeof element === 'string' ? element : object && textAttribute(object, 'value');
		if (value === undefined || value === '') return;
		const name = (object && textAttribute(object, 'display')) ?? value;
		this.#entry(kind, value, name).holders++;
	}

	#entry(kind: CatalogueEntry['kind'], value: string, name: string): { holders: number } {
		const key = `${kind}\n${value}`;
		const known = this.#others.get(key) ?? { kind, name, value, holders: 0 };
		this.#others.set(key, known);
		return known;
	}
}

function compare(left: string, right: string): number {
	return left < right ? -1 : left > right ? 1 : 0;
}
