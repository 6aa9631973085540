import type { DomainError } from '../model';
import { AccountEntry } from './account-entry';
import { pause, vanished } from './account-outcome';
import { MAX_ROUNDS } from './account-write';
import type { ScimClient } from './client';
import { asDomainError, isAmbiguous, statusOf } from './errors';
import type { RoleForm } from './profiles';
import { readBack } from './read-back';
import type { ScimResource } from './resource';
import type { RoleAttribute } from './role-attribute';
import { RoleCheck, type RoleVerdict } from './role-check';
import {
	elementOperations,
	listOperation,
	missingFrom,
	nestedOperation,
	roleForms,
	takesOthersAlong,
	wantedRoles,
	type RoleChange,
} from './role-forms';
import { showsNothingOf } from './write-forms';

/** Refusals that blame the form of a request. */
const OTHER_FORM = new Set([400, 404, 405, 415, 422, 500, 501]);
const NO_PATCH = new Set([405, 501]);

/**
 * Gives an account roles and takes others away, all in one PATCH where the application takes it, and reads back. Only what
 * is missing is sent. What was accepted and isn't shown goes in another form: each role by itself, then the whole list as a
 * fresh read shows it, last by PUT; roles that are none of our business stay, and come back where a server lost them.
 */
export class RoleWrite {
	readonly #account: AccountEntry;
	readonly #check: RoleCheck;
	#accepted = false;
	/** Forms of writing that took other roles along. */
	#hurts = 0;
	#replanned = false;
	/** Whether the account was just read, so that its list of roles may be written as a whole. */
	#fresh = false;

	/** @param futile roles that no form could give or take in this run: they are tried in one form only */
	constructor(
		readonly client: ScimClient,
		current: ScimResource,
		changes: readonly RoleChange[],
		readonly attribute: RoleAttribute,
		readonly futile: Set<string>,
	) {
		this.#account = new AccountEntry(client, current);
		this.#check = new RoleCheck(this.#account, changes, attribute);
	}

	get current(): ScimResource {
		return this.#account.current;
	}

	/** One verdict a change; never rejects. */
	async run(): Promise<ReadonlyMap<RoleChange, RoleVerdict>> {
		const check = this.#check;
		let refusal: DomainError | undefined;
		try {
			this.#fresh = await this.#account.completed([this.attribute.path]);
			check.begin();
			if (check.open().length > 0) refusal = await this.#write();
			if ((this.#hurts > 1 && !this.#isDone()) || check.lost().length > 0) refusal = await this.#putBack();
			for (const change of check.undecided()) check.end(change, refusal);
		} catch (error) {
			check.breakOff(asDomainError(error));
		}
		return check.verdicts;
	}

	/** @returns the last refusal, where something is left open */
	async #write(): Promise<DomainError | undefined> {
		const check = this.#check;
		let refusal: DomainError | undefined;
		const forms = roleForms(this.client.capabilities, this.attribute);
		const isFutile = check.open().every(({ role }) => this.futile.has(role));
		for (const form of isFutile ? forms.slice(0, 1) : forms) {
			if (form !== 'put' && NO_PATCH.has(statusOf(refusal) ?? 0)) continue;
			const lost = check.lost().length;
			if (this.#sendable(form).length === 0 && lost === 0) continue;
			refusal = await this.#attempt(form);
			if (lost === 0 && check.lost().length > 0) await this.#restore();
			if (this.#isDone()) {
				if (refusal === undefined) this.#learn(this.#hurts > 0 && form === 'element' ? 'path' : form);
				return refusal;
			}
			// Neither by itself nor with all others: no further form makes room for two.
			if (this.#hurts > 1) return refusal;
		}
		if (!this.#accepted) await this.#oneByOne(forms);
		for (const { role } of check.open()) this.futile.add(role);
		return refusal;
	}

	/** A write that took other roles along is mended at once: they are added again, by themselves. */
	async #restore(): Promise<void> {
		this.#hurts++;
		const { path } = this.attribute;
		await this.#tidy(() => this.#account.send('path', [{ op: 'add', path, value: this.#check.lost() }], []));
	}

	async #tidy(write: () => Promise<unknown>): Promise<void> {
		try {
			await write();
		} catch (error) {
			if (!isAmbiguous(error) && !OTHER_FORM.has(statusOf(error) ?? 0)) throw error;
		}
		await this.#account.reread();
		this.#fresh = true;
	}

	/** Where the whole is refused in every form, one role may be to blame: the others shouldn't wait for it. */
	async #oneByOne([form = 'element']: readonly RoleForm[]): Promise<void> {
		const open = this.#check.open();
		if (open.length < 2) return;
		for (const change of open) {
			const own = await this.#attempt(form, [change]);
			if (own !== undefined) this.#check.end(change, own);
		}
	}

	/** Sends the changes in one form and reads back. Returns the refusal where the form may be to blame for it. */
	async #attempt(form: RoleForm, among?: readonly RoleChange[]): Promise<DomainError | undefined> {
		const check = this.#check;
		for (let round = 1; ; round++) {
			const open = this.#sendable(form, among);
			if (open.length === 0 && check.lost().length === 0) return undefined;
			let unclear: DomainError | undefined;
			try {
				await this.#send(form, open);
				this.#accepted = true;
			} catch (error) {
				const failure = asDomainError(error);
				if (await this.#precondition(failure)) continue;
				if (!isAmbiguous(failure)) return this.#refused(failure, form);
				unclear = failure;
			}
			await this.#readBack();
			if (unclear === undefined) return undefined;
			// Whether it was carried out, nothing will tell.
			if (open.some((change) => check.isUnseen(change))) return unclear;
			if (this.#isDone(among)) return undefined;
			// Two open servers answer 500 to forms that they don't know: twice is enough to tell.
			if (statusOf(unclear) === 500 && round > 1) return unclear;
			if (round === MAX_ROUNDS) throw unclear;
			await pause(this.client, unclear, round);
		}
	}

	#sendable(form: RoleForm, among?: readonly RoleChange[]): RoleChange[] {
		return this.#check.open(among).filter(({ kind }) => form !== 'nested' || kind === 'give');
	}

	async #send(form: RoleForm, changes: readonly RoleChange[]): Promise<void> {
		// A whole list takes everything away that isn't in it: nothing but a fresh read says what is.
		if ((form === 'path' || form === 'put') && !this.#fresh) await this.#account.reread();
		this.#fresh = false;
		const [check, attribute] = [this.#check, this.attribute];
		const [present, lost] = [check.present, check.lost()];
		check.noteSent(changes);
		if (form === 'element') await this.#account.send('path', elementOperations(changes, present, attribute), []);
		else if (form === 'nested') await this.#account.patch([nestedOperation(changes, present, lost, attribute)]);
		else await this.#account.send(form, [listOperation(wantedRoles(changes, present, lost, attribute), attribute)], []);
	}

	/** 412: somebody else was faster, so the state is read and the change planned again, once. 428 asks for the version. */
	async #precondition(failure: DomainError): Promise<boolean> {
		const status = statusOf(failure);
		if ((status !== 412 && status !== 428) || this.#replanned) return false;
		this.#replanned = true;
		if (status === 428) this.client.learn({ etag: 'required' }, 'a write without If-Match was answered 428');
		await this.#account.reread();
		this.#fresh = true;
		return true;
	}

	async #refused(failure: DomainError, form: RoleForm): Promise<DomainError> {
		const status = statusOf(failure) ?? 0;
		if (!OTHER_FORM.has(status)) throw failure;
		// 404 may mean the account; of several requests, those before the refused one were carried out.
		if (status === 404 || this.client.capabilities.userOperations === 1) await this.#account.reread();
		if (form === 'put' && (status === 404 || NO_PATCH.has(status)))
			this.client.learn({ put: false }, `PUT was answered ${status} for an account that is there`);
		return failure;
	}

	async #readBack(): Promise<void> {
		const { path, hidden } = this.attribute;
		const before = this.current;
		const open = this.#check.undecided();
		const shows = (resource: ScimResource): boolean =>
			hidden || open.every((change) => this.#check.isShown(change, resource));
		const isOld = (resource: ScimResource | undefined): boolean =>
			resource !== undefined && showsNothingOf([{ op: 'replace', path }], before, resource);
		const after = await readBack(this.client, before.id, shows, isOld);
		if (after === undefined) throw vanished();
		this.#account.show(after);
		this.#fresh = true;
	}

	/** Where no form leaves the other roles alone, ours isn't given, and they come back. */
	async #putBack(): Promise<DomainError> {
		const check = this.#check;
		const isBack = (): boolean => check.lost().length === 0 && missingFrom(check.others, check.present).length === 0;
		for (const form of roleForms(this.client.capabilities, this.attribute)) {
			if (form === 'element' || form === 'nested' || isBack()) continue;
			await this.#tidy(() => this.#account.send(form, [listOperation(check.others, this.attribute)], []));
		}
		return takesOthersAlong(isBack());
	}

	#isDone(among?: readonly RoleChange[]): boolean {
		return this.#check.open(among).length === 0 && this.#check.lost().length === 0;
	}

	#learn(form: RoleForm): void {
		const { roleForm, patch } = this.client.capabilities;
		if (form === roleForm || patch === 'put') return;
		this.client.learn({ roleForm: form }, `roles in the form "${roleForm}" were refused or not carried out`);
	}
}
