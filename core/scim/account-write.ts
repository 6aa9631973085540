import type { DomainError } from '../model';
import { readAccount } from './account-keys';
import { accountOutcome, pause, readBack, vanished, type AccountOutcome } from './account-outcome';
import type { ScimClient } from './client';
import { compareStates, patchRequest, type Comparison, type PatchOperation } from './diff';
import { looselyEqual, rulesOf, type DiffRules } from './diff-rules';
import { asDomainError, isAmbiguous, statusOf } from './errors';
import { learnPaths } from './learned-paths';
import type { PatchForm } from './profiles';
import { foldCase, type ScimObject, type ScimResource } from './resource';
import { versionOf } from './version';
import { litterOf, nestedOperations, putDocument, shownAt, type WireOperation } from './write-forms';

/** Times a write is sent at most where nobody knows whether it was carried out. */
export const MAX_ROUNDS = 3;

/** Refusals that blame the form of a request. 404 and 405 of a PUT don't mean "user gone". */
const OTHER_FORM = new Set([400, 404, 405, 415, 422, 500, 501]);

/** Brings one account to the desired attributes, by whatever form of writing the application takes and carries out. */
export class AccountWrite {
	/** Paths that the application keeps in a spelling of its own. */
	readonly #respelt = new Set<string>();
	readonly #before: ScimResource;
	#litter: string[] = [];
	#accepted = false;
	#replanned = false;

	constructor(
		readonly client: ScimClient,
		public current: ScimResource,
		readonly desired: ScimObject,
	) {
		this.#before = current;
	}

	/** Whether a write of this run was answered with success, whatever came of it. */
	get accepted(): boolean {
		return this.#accepted;
	}

	/** @throws DomainError of a definite refusal (401, 403, 409 …), SCIM_FAILED where the account vanishes. */
	async run(): Promise<AccountOutcome> {
		const start = this.#compare();
		const planned = start.operations;
		if (planned.length === 0) return this.#end(start, planned);
		let open = planned;
		let refusal: DomainError | undefined;
		for (const form of this.#forms(planned)) {
			refusal = await this.#attempt(form, open);
			open = this.#compare().operations;
			if (refusal === undefined && this.#litter.length > 0) open = await this.#clean(open);
			if (open.length === 0) {
				this.#learnForm(form);
				return this.#end(this.#compare(), planned);
			}
		}
		if (!this.#accepted && refusal !== undefined) ({ open, refusal } = await this.#oneByOne(open, refusal));
		this.#noteSpelling(true);
		return this.#end(this.#compare(), planned, refusal);
	}

	get #rules(): DiffRules {
		return rulesOf(this.client);
	}

	#compare(): Comparison {
		return compareStates(this.desired, this.current, this.#rules);
	}

	/** The form that is known to work first, then the others; none of them for what nothing could write before. */
	#forms(operations: readonly PatchOperation[]): PatchForm[] {
		const { patch, put, unwritable } = this.client.capabilities;
		const known = new Set(unwritable.map(foldCase));
		if (operations.every(({ path }) => known.has(foldCase(path)))) return [patch];
		const forms = ([patch, 'path', 'nested', 'put'] as const).filter(
			(form) => form !== 'put' || put || patch === 'put',
		);
		return [...new Set(forms)];
	}

	/** Sends the changes in one form and reads back. Returns the refusal where the form may be to blame for it. */
	async #attempt(form: PatchForm, planned: readonly PatchOperation[]): Promise<DomainError | undefined> {
		let open = planned;
		for (let round = 1; open.length > 0; round++) {
			let unclear: DomainError | undefined;
			try {
				await this.#send(form, open);
				this.#accepted = true;
			} catch (error) {
				const failure = asDomainError(error);
				if (await this.#precondition(failure)) {
					open = this.#compare().operations;
					continue;
				}
				if (!isAmbiguous(failure)) return this.#refused(failure, form);
				unclear = failure;
			}
			await this.#readBack();
			const left = this.#compare().operations;
			if (unclear === undefined) this.#noteLitter(open);
			if (unclear === undefined || left.length === 0) return undefined;
			// Two open servers answer 500 to forms that they don't know: twice is enough to tell.
			if (statusOf(unclear) === 500 && round > 1) return unclear;
			if (round === MAX_ROUNDS) throw unclear;
			await pause(this.client, unclear, round);
			open = left;
		}
		return undefined;
	}

	async #send(form: PatchForm, operations: readonly PatchOperation[]): Promise<void> {
		const path = ['Users', this.current.id];
		if (form === 'put') {
			// Only a fresh read of the resource itself is whole; listings may leave attributes out.
			if (this.current === this.#before) await this.#reread();
			const document = putDocument(this.current, operations, this.#rules, this.#litter);
			await this.client.put(path, document, this.#ifMatch());
			return;
		}
		const wire: WireOperation[] = form === 'nested' ? nestedOperations(operations, this.current) : [...operations];
		const size = Math.max(1, this.client.capabilities.userOperations);
		for (let from = 0; from < wire.length; from += size) {
			await this.client.patch(path, patchRequest(wire.slice(from, from + size) as PatchOperation[]), this.#ifMatch());
		}
	}

	#ifMatch(): string | undefined {
		const { etag } = this.client.capabilities;
		return etag === 'checked' || etag === 'required' ? versionOf(this.current) : undefined;
	}

	/** 412: somebody else was faster, so the state is read and the change planned again, once. 428 asks for the version. */
	async #precondition(failure: DomainError): Promise<boolean> {
		const status = statusOf(failure);
		if ((status !== 412 && status !== 428) || this.#replanned) return false;
		this.#replanned = true;
		if (status === 428) this.client.learn({ etag: 'required' }, 'a write without If-Match was answered 428');
		await this.#reread();
		return true;
	}

	async #refused(failure: DomainError, form: PatchForm): Promise<DomainError> {
		const status = statusOf(failure) ?? 0;
		if (!OTHER_FORM.has(status)) throw failure;
		// Of several requests, those before the refused one were carried out.
		if (status === 404 || this.client.capabilities.userOperations === 1) await this.#reread();
		if (form === 'put' && (status === 404 || status === 405 || status === 501)) {
			this.client.learn({ put: false }, `PUT was answered ${status} for an account that is there`);
		}
		return failure;
	}

	async #reread(): Promise<void> {
		const fresh = await readAccount(this.client, this.current.id);
		if (fresh === undefined) throw vanished();
		this.current = fresh;
	}

	async #readBack(): Promise<void> {
		const rules = this.#rules;
		const after = await readBack(this.client, this.current.id, (resource) => {
			const { operations } = compareStates(this.desired, resource, rules);
			return operations.every(({ path, value }) => this.#onlyRespelt(resource, path, value));
		});
		if (after === undefined) throw vanished();
		this.current = after;
		this.#noteSpelling();
	}

	/** An old text that stayed as it was is no spelling of the new one, until all forms have been tried. */
	#onlyRespelt(resource: ScimResource, path: string, value: unknown, atLast = false): boolean {
		const shown = shownAt(resource, path);
		if (typeof value !== 'string' || shown === undefined || !looselyEqual(value, shown)) return false;
		return atLast || shown !== shownAt(this.#before, path);
	}

	/** What the application keeps in its own spelling counts as written, and is compared loosely from now on. */
	#noteSpelling(atLast = false): void {
		const respelt = this.#compare().operations.filter(({ path, value }) =>
			this.#onlyRespelt(this.current, path, value, atLast),
		);
		// Without an accepted write the text is the old one, which may differ in case only.
		if (!this.#accepted) return;
		const paths = respelt.map(({ path }) => path);
		for (const path of paths) this.#respelt.add(path);
		learnPaths(this.client, 'normalises', paths, 'read back in another spelling');
	}

	#noteLitter(sent: readonly PatchOperation[]): void {
		this.#litter = litterOf(sent, this.desired, this.#before, this.current);
	}

	/** Takes away what a misread path left behind, by name, else by a PUT without it; returns what is open after it. */
	async #clean(open: PatchOperation[]): Promise<PatchOperation[]> {
		const removals = this.#litter.map((path): PatchOperation => ({ op: 'remove', path }));
		const removal = patchRequest(removals);
		await this.#tidy(() => this.client.patch(['Users', this.current.id], removal, this.#ifMatch()));
		if (this.#litter.length > 0 && this.client.capabilities.put) await this.#tidy(() => this.#send('put', open));
		return this.#compare().operations;
	}

	async #tidy(write: () => Promise<unknown>): Promise<void> {
		try {
			await write();
		} catch (error) {
			if (!OTHER_FORM.has(statusOf(error) ?? 0)) throw error;
		}
		await this.#reread();
		this.#litter = this.#litter.filter((key) => Object.hasOwn(this.current, key));
	}

	/** Where the whole is refused in every form, one attribute may be to blame: the others shouldn't wait for it. */
	async #oneByOne(
		operations: readonly PatchOperation[],
		refusal: DomainError,
	): Promise<{ open: PatchOperation[]; refusal: DomainError }> {
		if (operations.length < 2) return { open: [...operations], refusal };
		let last = refusal;
		for (const operation of operations) {
			const { patch } = this.client.capabilities;
			last = (await this.#attempt(patch, [operation])) ?? last;
		}
		return { open: this.#compare().operations, refusal: last };
	}

	#learnForm(form: PatchForm): void {
		const { patch } = this.client.capabilities;
		if (form === patch) return;
		this.client.learn({ patch: form }, `changes in the form "${patch}" were refused or not carried out`);
	}

	#end(left: Comparison, planned: readonly PatchOperation[], refusal?: DomainError): AccountOutcome {
		if (this.#accepted) {
			const paths = left.operations.map(({ path }) => path).filter((path) => path !== 'active');
			learnPaths(this.client, 'unwritable', paths, 'accepted in every form, never shown');
		}
		const note = planned.length === 0 ? 'already in place' : this.#leftBehind();
		return accountOutcome(left, planned, this.#respelt, {
			resource: this.current,
			...(refusal === undefined ? {} : { error: refusal }),
			...(note === undefined ? {} : { note }),
		});
	}

	#leftBehind(): string | undefined {
		if (this.#litter.length === 0) return undefined;
		return 'the application keeps a wrongly named attribute that an earlier form left behind';
	}
}
