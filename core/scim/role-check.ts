import type { DomainError } from '../model';
import type { AccountEntry } from './account-entry';
import { scimTypeOf } from './errors';
import type { ScimResource } from './resource';
import { elementsOf, roleElements, roleValue, type RoleAttribute } from './role-attribute';
import { missingFrom, oneRoleOnly, rolesNotApplied, severalRoles, type RoleChange } from './role-forms';

export interface RoleVerdict {
	outcome: 'verified' | 'applied' | 'failed';
	/** Requests that carried this change; 0 where it already was as wanted. */
	writes: number;
	note?: string;
	error?: DomainError;
}

/** Tells of the changes of one account's roles whether they hold, by what the account shows. */
export class RoleCheck {
	readonly verdicts = new Map<RoleChange, RoleVerdict>();
	readonly #sent = new Map<RoleChange, number>();
	/** Roles to begin with, but those to be taken. */
	#others: readonly unknown[] = [];

	constructor(
		readonly account: AccountEntry,
		readonly changes: readonly RoleChange[],
		readonly attribute: RoleAttribute,
	) {}

	get others(): readonly unknown[] {
		return this.#others;
	}

	get present(): unknown[] {
		return roleElements(this.account.current, this.attribute.path);
	}

	/** Decides what needs no write, and what none may be sent for. */
	begin(): void {
		const { present } = this;
		const { single, caseExact } = this.attribute;
		for (const change of this.changes) {
			const values = new Set(elementsOf(present, change.role, caseExact).map(roleValue));
			if (change.kind === 'take' && values.size > 1)
				this.#decide(change, { outcome: 'failed', error: severalRoles(change.role) });
			else if (this.isShown(change) && !this.isUnseen(change))
				this.#decide(change, { outcome: 'verified', note: 'already in place' });
		}
		const open = this.undecided();
		const taken = open.flatMap(({ kind, role }) => (kind === 'take' ? elementsOf(present, role, caseExact) : []));
		this.#others = present.filter((element) => !taken.includes(element));
		if (!single) return;
		const gives = open.filter(({ kind }) => kind === 'give');
		for (const change of this.#others.length > 0 ? gives : gives.slice(1))
			this.#decide(change, { outcome: 'failed', error: oneRoleOnly(change.role) });
	}

	noteSent(changes: readonly RoleChange[]): void {
		for (const change of changes) this.#sent.set(change, (this.#sent.get(change) ?? 0) + 1);
	}

	/** What was not decided and isn't as wanted, or can't be told: that is sent once. */
	open(among: readonly RoleChange[] = this.changes): RoleChange[] {
		return among.filter((change) => {
			if (this.verdicts.has(change)) return false;
			return this.isUnseen(change) ? !this.#sent.has(change) : !this.isShown(change);
		});
	}

	undecided(): RoleChange[] {
		return this.changes.filter((change) => !this.verdicts.has(change));
	}

	/** Roles that went along with ours, where all others did: one that somebody took in the meantime is none of them. */
	lost(): unknown[] {
		if (this.attribute.hidden || this.#sent.size === 0 || this.#others.length === 0) return [];
		const lost = missingFrom(this.present, this.#others);
		return lost.length === this.#others.length ? lost : [];
	}

	isShown({ kind, role }: RoleChange, resource: ScimResource = this.account.current): boolean {
		const found = elementsOf(roleElements(resource, this.attribute.path), role, this.attribute.caseExact);
		return found.length > 0 === (kind === 'give');
	}

	/** Whether reading the account doesn't tell: roles are hidden, or nobody ever saw any and none are shown. */
	isUnseen({ kind }: RoleChange): boolean {
		const { path, hidden, proven } = this.attribute;
		if (this.present.length > 0 || roleElements(this.account.before, path).length > 0) return false;
		return hidden || (!proven && kind === 'take');
	}

	/** The verdict on a change by what the account shows at the end. */
	end(change: RoleChange, refusal: DomainError | undefined): void {
		const unseen = this.isUnseen(change);
		const isTaken = change.kind === 'take' && scimTypeOf(refusal) === 'notarget' && this.isShown(change);
		const isUndone = refusal?.code === 'SCIM_NOT_APPLIED' && (change.kind === 'give' || this.lost().length > 0);
		if (isUndone) this.fail(change, refusal);
		else if (isTaken) this.#decide(change, { outcome: 'verified', note: 'the account has no such role' });
		else if (refusal === undefined && unseen)
			this.#decide(change, { outcome: 'applied', note: 'sent; the application does not show roles' });
		else if (this.isShown(change) && !unseen) this.#decide(change, { outcome: 'verified' });
		else this.fail(change, refusal ?? rolesNotApplied([change]));
	}

	/** The run ended with an error: nothing more is known, but that an account which is gone has no roles. */
	breakOff(failure: DomainError): void {
		const isGone = failure.details['vanished'] === true;
		for (const change of this.undecided()) {
			if (isGone && change.kind === 'take')
				this.#decide(change, { outcome: 'verified', note: 'the application no longer shows the account' });
			else this.fail(change, failure);
		}
	}

	fail(change: RoleChange, error: DomainError): void {
		this.#decide(change, { outcome: 'failed', error });
	}

	#decide(change: RoleChange, verdict: Omit<RoleVerdict, 'writes'>): void {
		this.verdicts.set(change, { ...verdict, writes: this.#sent.get(change) ?? 0 });
	}
}
