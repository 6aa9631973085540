import { identityAt } from '../../plan';
import { renderAttributes, type CompiledPolicy } from '../../policy';
import type { DesiredSource } from '../../scim';
import type { Source } from '../../model';
import type { ManagedGroups } from './managed-groups';
import type { ReconcileLedger } from './types';

const PAGE = 500;

/** What a group's member is found by. */
interface MemberReference {
	userName: string;
	/** The application's id. */
	value?: string;
}

/** Somebody's account as the ledger has it, or would have it. */
export interface WantedAccount {
	identityId: string;
	userName: string;
	remoteId?: string;
	active: boolean;
	attributes: Readonly<Record<string, unknown>>;
}

/**
 * What the ledger believes of one application, as a state that it can be compared with: read page by page, of each person
 * no more is kept than what their account is found by.
 */
export class LedgerView {
	/** SCIM groups with their members; whole once the users were read. */
	readonly groups: unknown[] = [];
	readonly #byRemoteId = new Map<string, string>();
	readonly #byName = new Map<string, string>();
	readonly #names = new Map<string, string>();
	readonly #held = new Map<string, Map<string, Source[]>>();
	readonly #members = new Map<string, string[]>();
	readonly #roles = new Map<string, string[]>();
	readonly #waiting = new Set<string>();
	readonly #references = new Map<string, MemberReference>();

	constructor(
		readonly ledger: Pick<ReconcileLedger, 'accountsPage' | 'heldEntitlements' | 'holdersPage' | 'timelines'>,
		readonly compiled: CompiledPolicy,
		readonly managed: ManagedGroups,
		readonly asOf: string,
		/** Governed groups that the application has, whether anybody is known to be in them or not. */
		readonly there: readonly string[],
		/** Whether it matters what earns each access: only for plans. */
		readonly keepSources: boolean,
	) {}

	get source(): DesiredSource {
		return { users: this.#users(), groups: this.groups };
	}

	/** The person behind an account, by the application's id or by userName. */
	identityOf(account: { remoteId?: string; userName?: string }): string | undefined {
		const { remoteId, userName } = account;
		const byId = remoteId === undefined ? undefined : this.#byRemoteId.get(remoteId);
		return byId ?? (userName === undefined ? undefined : this.#byName.get(fold(userName)));
	}

	nameOf(remoteId: string): string | undefined {
		return this.#names.get(remoteId);
	}

	/** What earns an entitlement that somebody holds. */
	sourcesOf(identityId: string, entitlement: string): readonly Source[] {
		return this.#held.get(identityId)?.get(entitlement) ?? [];
	}

	/** Roles that somebody holds, by their names in the policy; known once the users were read. */
	rolesOf(identityId: string): readonly string[] {
		return this.#roles.get(identityId) ?? [];
	}

	async *#users(): AsyncGenerator {
		await this.#readHolders();
		for await (const account of this.#accounts()) {
			const { identityId, remoteId, userName, active, attributes } = account;
			this.#waiting.delete(identityId);
			this.#know(account);
			// Of somebody who is not to get in, nothing but that matters.
			yield active
				? { ...attributes, id: remoteId, userName, active, ...externalIdOf(account) }
				: { id: remoteId, userName, active };
		}
		for await (const account of this.#notYetThere()) {
			this.#know(account);
			yield { ...account.attributes, userName: account.userName, active: true };
		}
		this.#closeGroups();
	}

	async #readHolders(): Promise<void> {
		const entitlements = (await this.ledger.heldEntitlements()).filter((name) => this.managed.has(name));
		for (let after: string | undefined; ;) {
			const page = await this.ledger.holdersPage({
				entitlements,
				limit: PAGE,
				...(after !== undefined && { after }),
			});
			const last = page.at(-1);
			if (last === undefined) return;
			after = last.identityId;
			for (const { identityId, entitlement, sources } of page) {
				if (this.keepSources) this.#keep(identityId, entitlement, sources);
				const group = this.managed.groupOf(entitlement);
				if (group !== undefined) this.#membersOf(group).push(identityId);
				const role = this.managed.roleOf(entitlement);
				if (role !== undefined) this.#roles.set(identityId, [...this.rolesOf(identityId), role]);
				// Where the policy declares no account, whatever is held there needs one.
				if (entitlement === this.managed.account || this.managed.account === undefined) this.#waiting.add(identityId);
			}
		}
	}

	#keep(identityId: string, entitlement: string, sources: Source[]): void {
		const own = this.#held.get(identityId) ?? new Map<string, Source[]>();
		this.#held.set(identityId, own.set(entitlement, sources));
	}

	#membersOf(group: string): string[] {
		const known = this.#members.get(group);
		if (known !== undefined) return known;
		const members: string[] = [];
		this.#members.set(group, members);
		return members;
	}

	async *#accounts(): AsyncGenerator<WantedAccount & { remoteId: string; externalId?: string }> {
		for (let after: string | undefined; ;) {
			const { application } = this.managed;
			const page = await this.ledger.accountsPage({ application, limit: PAGE, ...(after !== undefined && { after }) });
			const last = page.at(-1);
			if (last === undefined) return;
			after = last.identityId;
			yield* page;
		}
	}

	/** People who hold access and of whom we know no account: as the policy would make one. */
	async *#notYetThere(): AsyncGenerator<WantedAccount> {
		const ids = [...this.#waiting].sort();
		for (let at = 0; at < ids.length; at += PAGE) {
			const timelines = await this.ledger.timelines(ids.slice(at, at + PAGE), {
				policyView: this.compiled.policy,
				knownAt: this.asOf,
			});
			for (const timeline of timelines) {
				const identity = identityAt(timeline, this.asOf);
				const attributes = renderAttributes(this.compiled, this.managed.application, identity);
				const mapped = attributes['userName'];
				const userName = typeof mapped === 'string' ? mapped : identity.keys.email;
				if (userName !== undefined) yield { identityId: identity.id, userName, active: true, attributes };
			}
		}
	}

	#know({ identityId, userName, remoteId }: WantedAccount): void {
		this.#byName.set(fold(userName), identityId);
		this.#references.set(identityId, { userName, ...(remoteId !== undefined && { value: remoteId }) });
		if (remoteId === undefined) return;
		this.#byRemoteId.set(remoteId, identityId);
		this.#names.set(remoteId, userName);
	}

	#closeGroups(): void {
		const names = new Set([...this.managed.declared.keys(), ...this.#members.keys(), ...this.there]);
		for (const displayName of [...names].sort()) {
			const members = (this.#members.get(displayName) ?? []).flatMap((id) => this.#references.get(id) ?? []);
			this.groups.push({ displayName, members });
		}
	}
}

function externalIdOf({ externalId }: { externalId?: string }): { externalId?: string } {
	return externalId === undefined ? {} : { externalId };
}

/** ASCII letters only, as the SCIM room compares names: full folding would make two names one. */
function fold(text: string): string {
	return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
