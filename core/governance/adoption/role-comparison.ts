import {
	RoleReader,
	attribute,
	isActive,
	type AccountInspector,
	type ReconcileItem,
	type ScimClient,
	type ScimResource,
} from '../../scim';
import type { LedgerView } from './ledger-view';
import type { ManagedGroups } from './managed-groups';

/** Compares the roles that accounts show with those that the ledger gives their people. */
export class RoleComparison implements AccountInspector {
	/** Roles that are not shown, as long as nobody was seen to show any. */
	readonly #doubtful: ReconcileItem[] = [];

	private constructor(
		readonly reader: RoleReader,
		readonly managed: ManagedGroups,
		readonly view: LedgerView,
	) {}

	/** `undefined` where the policy has no roles of the application, or nobody can see who has them. */
	static of(client: ScimClient, managed: ManagedGroups, view: LedgerView): RoleComparison | undefined {
		if (!managed.hasRoles) return undefined;
		const reader = RoleReader.of(client);
		return reader && new RoleComparison(reader, managed, view);
	}

	get paths(): readonly string[] {
		return [this.reader.path];
	}

	/** Roles that nothing gives, and those that somebody should have and hasn't. */
	inspect(account: ScimResource): ReconcileItem[] {
		const shownName = attribute(account, 'userName');
		const userName = typeof shownName === 'string' && shownName !== '' ? shownName : account.id;
		const identityId = this.view.identityOf({ remoteId: account.id, userName });
		if (identityId === undefined) return [];
		const who = { subject: userName, remoteId: account.id };
		const held = this.view.rolesOf(identityId);
		const found = governedRoles(this.reader, this.managed, account, held).filter((role) => !held.includes(role));
		// Of somebody who is not to get in, only what is left matters.
		const lacking = isActive(account) === false ? [] : held.filter((role) => !this.reader.has(account, role));
		const missing = lacking.map((role): ReconcileItem => ({ kind: 'missing_membership', ...who, role }));
		if (!this.reader.isProof) this.#doubtful.push(...missing);
		const unknown = found.map((role): ReconcileItem => ({ kind: 'unknown_membership', ...who, role }));
		return this.reader.isProof ? [...unknown, ...missing] : unknown;
	}

	rest(): ReconcileItem[] {
		return this.reader.isProof ? this.#doubtful.splice(0) : [];
	}
}

/** Roles of the policy that an account shows, by their names in the policy. */
export function governedRoles(
	reader: RoleReader,
	managed: ManagedGroups,
	account: ScimResource,
	/** Roles that its person holds: they are known by these names. */
	held: readonly string[] = [],
): string[] {
	const named = [...managed.declaredRoles, ...held].filter((role) => reader.has(account, role));
	const others = reader
		.shown(account)
		.filter((texts) => !named.some((role) => texts.some((text) => fold(text) === fold(role))))
		.flatMap((texts) => texts.find((text) => managed.entitlementOfRole(text) !== undefined) ?? []);
	return [...new Set([...named, ...others])];
}

function fold(text: string): string {
	return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
