import type { DomainError } from '../model';
import { AccountEntry } from './account-entry';
import { accountOutcome, pause, unkeptPaths, vanished, type AccountOutcome } from './account-outcome';
import type { ScimClient } from './client';
import { compareStates, type Comparison, type PatchOperation } from './diff';
import { rulesOf, type DiffRules } from './diff-rules';
import { asDomainError, isAmbiguous, statusOf } from './errors';
import { learnPaths } from './learned-paths';
import { readBack } from './read-back';
import type { PatchForm } from './profiles';
import { foldCase, type ScimObject, type ScimResource } from './resource';
import { formsFor, litterOf, onlyRespelt, showsNothingOf } from './write-forms';

/** Times a write is sent at most where nobody knows whether it was carried out. */
export const MAX_ROUNDS = 3;

/** Refusals that blame the form of a request. 404 and 405 of a PUT don't mean "user gone". */
const OTHER_FORM = new Set([400, 404, 405, 415, 422, 500, 501]);

/** What servers answer that know no PATCH, in whatever form. */
const NO_PATCH = new Set([405, 501]);

/** Told of what nobody knew of when the write was planned: a listing may show of an account what isn't so. */
export interface WriteWatch {
	/** Paths whose state before is on record. */
	paths: readonly string[];
	/** Called before anything is sent at other paths, with the account as a read of it shows it. */
	onFound: (account: ScimResource, paths: readonly string[]) => Promise<void>;
}

/** Brings one account to the desired attributes, by whatever form of writing the application takes and carries out. */
export class AccountWrite {
	/** Paths that the application keeps in a spelling of its own. */
	readonly #respelt = new Set<string>();
	readonly #account: AccountEntry;
	#litter: string[] = [];
	#accepted = false;
	#replanned = false;
	readonly #onRecord: Set<string>;

	constructor(
		readonly client: ScimClient,
		current: ScimResource,
		readonly desired: ScimObject,
		readonly watch?: WriteWatch,
	) {
		this.#onRecord = new Set(watch?.paths.map(foldCase));
		this.#account = new AccountEntry(client, current);
	}

	get current(): ScimResource {
		return this.#account.current;
	}

	/** Whether a write of this run was answered with success, whatever came of it. */
	get accepted(): boolean {
		return this.#accepted;
	}

	/** @throws DomainError of a definite refusal (401, 403, 409 …), SCIM_FAILED where the account vanishes. */
	async run(): Promise<AccountOutcome> {
		let start = this.#compare();
		if (await this.#account.completed(start.operations.map(({ path }) => path))) start = this.#compare();
		const unkept = unkeptPaths(start, this.client.capabilities);
		const planned = start.operations.filter(({ path }) => !unkept.has(path));
		if (planned.length === 0) return this.#end(start, planned);
		let open = planned;
		let refusal: DomainError | undefined;
		for (const form of formsFor(this.client.capabilities, planned)) {
			if (form !== 'put' && NO_PATCH.has(statusOf(refusal) ?? 0)) continue;
			refusal = await this.#attempt(form, open);
			open = this.#compare().operations.filter(({ path }) => !unkept.has(path));
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

	/** Sends the changes in one form and reads back. Returns the refusal where the form may be to blame for it. */
	async #attempt(form: PatchForm, planned: readonly PatchOperation[]): Promise<DomainError | undefined> {
		let open = planned;
		for (let round = 1; open.length > 0; round++) {
			let unclear: DomainError | undefined;
			await this.#record(open);
			try {
				await this.#account.send(form, open, this.#litter);
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
			await this.#readBack(open);
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

	async #record(operations: readonly PatchOperation[]): Promise<void> {
		const found = operations.map(({ path }) => path).filter((path) => !this.#onRecord.has(foldCase(path)));
		if (this.watch === undefined || found.length === 0) return;
		for (const path of found) this.#onRecord.add(foldCase(path));
		await this.watch.onFound(this.current, found);
	}

	/** 412: somebody else was faster, so the state is read and the change planned again, once. 428 asks for the version. */
	async #precondition(failure: DomainError): Promise<boolean> {
		const status = statusOf(failure);
		if ((status !== 412 && status !== 428) || this.#replanned) return false;
		this.#replanned = true;
		if (status === 428) this.client.learn({ etag: 'required' }, 'a write without If-Match was answered 428');
		await this.#account.reread();
		return true;
	}

	async #refused(failure: DomainError, form: PatchForm): Promise<DomainError> {
		const status = statusOf(failure) ?? 0;
		if (!OTHER_FORM.has(status)) throw failure;
		// Of several requests, those before the refused one were carried out.
		if (status === 404 || this.client.capabilities.userOperations === 1) await this.#account.reread();
		if (form === 'put' && (status === 404 || status === 405 || status === 501)) {
			this.client.learn({ put: false }, `PUT was answered ${status} for an account that is there`);
		}
		return failure;
	}

	async #readBack(sent: readonly PatchOperation[]): Promise<void> {
		const [rules, before] = [this.#rules, this.current];
		const shows = (resource: ScimResource): boolean => {
			const { operations } = compareStates(this.desired, resource, rules);
			return operations.every((operation) => onlyRespelt(operation, this.#account.before, resource));
		};
		const isOld = (resource: ScimResource | undefined): boolean =>
			resource !== undefined && showsNothingOf(sent, before, resource);
		const after = await readBack(this.client, this.current.id, shows, isOld);
		if (after === undefined) throw vanished();
		this.#account.show(after);
		this.#noteSpelling();
	}

	/** What the application keeps in its own spelling counts as written, and is compared loosely from now on. */
	#noteSpelling(atLast = false): void {
		const respelt = this.#compare().operations.filter((operation) =>
			onlyRespelt(operation, this.#account.before, this.current, atLast),
		);
		// Without an accepted write the text is the old one, which may differ in case only.
		if (!this.#accepted) return;
		const paths = respelt.map(({ path }) => path);
		for (const path of paths) this.#respelt.add(path);
		learnPaths(this.client, 'normalises', paths, 'read back in another spelling');
	}

	#noteLitter(sent: readonly PatchOperation[]): void {
		this.#litter = litterOf(sent, this.desired, this.#account.before, this.current);
	}

	/** Takes away what a misread path left behind, by name, else by a PUT without it; returns what is open after it. */
	async #clean(open: PatchOperation[]): Promise<PatchOperation[]> {
		const removals = this.#litter.map((path): PatchOperation => ({ op: 'remove', path }));
		await this.#tidy(() => this.#account.patch(removals));
		if (this.#litter.length > 0 && this.client.capabilities.put)
			await this.#tidy(() => this.#account.send('put', open, this.#litter));
		return this.#compare().operations;
	}

	async #tidy(write: () => Promise<unknown>): Promise<void> {
		try {
			await write();
		} catch (error) {
			if (!OTHER_FORM.has(statusOf(error) ?? 0)) throw error;
		}
		await this.#account.reread();
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
			unkept: unkeptPaths(left, this.client.capabilities),
			...(refusal === undefined ? {} : { error: refusal }),
			...(note === undefined ? {} : { note }),
		});
	}

	#leftBehind(): string | undefined {
		if (this.#litter.length === 0) return undefined;
		return 'the application keeps a wrongly named attribute that an earlier form left behind';
	}
}
