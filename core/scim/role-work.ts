import type { ClaimedAction } from '../ports';
import { settledWithoutAccount } from './account-first';
import { wasHeldBack } from './bulk-sharing';
import type { ScimClient } from './client';
import { mayShowLess, wholeAccount } from './listed';
import type { Person } from './people';
import { conflict, isOtherAccount } from './precondition';
import type { ScimResource } from './resource';
import { elementsOf, roleAttributeOf, roleElements, type RoleAttribute } from './role-attribute';
import { newRole, type RoleChange } from './role-forms';
import type { RoleVerdict } from './role-check';
import { RoleWrite } from './role-write';
import type { Results } from './results';

/** One role of one account before or after: enough to undo it, without the other roles. */
export interface RoleState {
	/** The application's id of the account; `null` where there is none yet. */
	accountId: string | null;
	/** Attribute that holds roles. */
	attribute: string;
	role: string;
	/** `null` where the application doesn't show it. */
	held: boolean | null;
}

/** The role actions of a run: each account is written once for all of its roles. */
export class RoleWork {
	readonly #futile = new Set<string>();
	#attribute: RoleAttribute | undefined;

	constructor(
		readonly client: ScimClient,
		readonly results: Results,
	) {}

	/** Fails what an application without roles can't be asked for; before anything is sent. */
	refuse(people: readonly Person[]): void {
		const actions = people.flatMap(({ roleActions }) => roleActions);
		if (actions.length === 0) return;
		try {
			this.#attribute = roleAttributeOf(this.client);
		} catch (error) {
			for (const action of actions) this.results.fail(action, error);
		}
	}

	/** State of one role before the run. */
	before(action: ClaimedAction, account: ScimResource | undefined): RoleState {
		const role = action.content.target ?? '';
		const attribute = this.#known();
		const found = account === undefined ? [] : roleElements(account, attribute.path);
		const isHeld = elementsOf(found, role, attribute.caseExact).length > 0;
		const unknown = found.length === 0 && (attribute.hidden || !attribute.proven);
		return {
			accountId: account?.id ?? null,
			attribute: attribute.path,
			role,
			held: account === undefined ? false : unknown ? null : isHeld,
		};
	}

	/** People whose roles may have to be written, now that accounts exist. Settles actions that nothing can be sent for. */
	plan(people: readonly Person[]): Person[] {
		return people.filter((person) => {
			for (const action of person.roleActions) {
				if (this.results.has(action)) continue;
				if (settledWithoutAccount(this.results, person, action, { takes: kindOf(action) === 'take', ...WORDS }))
					continue;
				if (person.resource !== undefined && isOtherAccount(action, person.resource))
					this.results.fail(action, conflict('the person has another account than the one that had the role.'));
			}
			return person.resource !== undefined && this.#open(person).length > 0;
		});
	}

	/** Reads the account by itself where a listing that shows no roles may have left them out. */
	async complete(client: ScimClient, person: Person): Promise<void> {
		const { resource } = person;
		if (resource === undefined || this.#open(person).length === 0 || !mayShowLess(client, resource)) return;
		if (roleElements(resource, this.#known().path).length > 0) return;
		person.resource = (await wholeAccount(client, resource)) ?? resource;
	}

	/** What the creation of an account brings with it, so that it needs no second request. */
	withCreation(person: Person): { actions: ClaimedAction[]; path: string; value: unknown } | undefined {
		const actions = this.#open(person).filter((action) => kindOf(action) === 'give' && !isConditional(action));
		if (actions.length === 0) return undefined;
		const attribute = this.#known();
		const list = [...new Set(actions.map(({ content }) => content.target ?? ''))];
		if (attribute.single && list.length > 1) return undefined;
		const value = list.map((role) => newRole(role, [], attribute));
		return { actions, path: attribute.path, value: attribute.scalar ? value[0] : value };
	}

	/** Brings the roles of one account into place. */
	async write(view: ScimClient, person: Person): Promise<void> {
		const { resource } = person;
		const actions = this.#open(person);
		if (resource === undefined || actions.length === 0) return;
		const client = view.tracked();
		const attribute = this.#known();
		const changes = new Map(actions.map((action) => [action, changeOf(action)]));
		const write = new RoleWrite(client, resource, [...changes.values()], attribute, this.#futile);
		const verdicts = await write.run();
		person.resource = write.current;
		for (const [action, change] of changes) {
			const verdict = verdicts.get(change);
			if (verdict === undefined || wasHeldBack(verdict.error)) continue;
			this.#settle(person, action, verdict, client.traffic.reads);
		}
		this.#noteShown([resource, write.current]);
	}

	#settle(person: Person, action: ClaimedAction, verdict: RoleVerdict, reads: number): void {
		const isGive = kindOf(action) === 'give';
		const carried = verdict.writes === 0 && verdict.outcome === 'verified' && person.carried?.includes(action) === true;
		const held = verdict.outcome === 'verified' ? isGive : null;
		this.results.settle(action, {
			...verdict,
			...(carried ? { writes: 1, note: 'given with the creation of the account' } : {}),
			reads,
			resource: person.resource,
			after: { ...this.before(action, person.resource), held } satisfies RoleState,
		});
	}

	/** An account that shows roles is evidence: from then on, one that shows none has none. */
	#noteShown(accounts: readonly ScimResource[]): void {
		const { path, hidden } = this.#known();
		const basis = this.client.profile.basis.roleAttribute?.from;
		if (hidden || basis === 'learned' || basis === 'discovered') return;
		if (accounts.every((account) => roleElements(account, path).length === 0)) return;
		this.client.learn({ roleAttribute: path }, 'accounts show it');
		this.#attribute = { ...this.#known(), proven: true };
	}

	#open(person: Person): ClaimedAction[] {
		return person.roleActions.filter((action) => !this.results.has(action));
	}

	#known(): RoleAttribute {
		this.#attribute ??= roleAttributeOf(this.client);
		return this.#attribute;
	}
}

const WORDS = { nothing: 'so no role', purpose: 'to give the role to', after: 'its roles' };

function kindOf({ content }: ClaimedAction): RoleChange['kind'] {
	return content.operation === 'remove_role' ? 'take' : 'give';
}

function isConditional({ precondition }: ClaimedAction): boolean {
	return precondition !== undefined;
}

function changeOf(action: ClaimedAction): RoleChange {
	return { kind: kindOf(action), role: action.content.target ?? '' };
}
