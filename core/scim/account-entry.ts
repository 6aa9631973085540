import { vanished } from './account-outcome';
import { valueAt } from './attribute-path';
import type { ScimClient } from './client';
import { patchRequest, type PatchOperation } from './diff';
import { rulesOf } from './diff-rules';
import { mayShowLess, wholeAccount } from './listed';
import type { PatchForm } from './profiles';
import type { ScimResource } from './resource';
import { versionOf } from './version';
import { nestedOperations, putDocument, type WireOperation } from './write-forms';

/** One account as it was before a write and as it is, and the requests that change it. */
export class AccountEntry {
	before: ScimResource;
	/** Whether the account was read by itself, so that everything it has is known. */
	#isWhole = false;

	constructor(
		readonly client: ScimClient,
		public current: ScimResource,
	) {
		this.before = current;
	}

	/** @throws DomainError SCIM_FAILED where the account is no more */
	async reread(): Promise<void> {
		const fresh = await wholeAccount(this.client, this.current);
		if (fresh === undefined) throw vanished();
		this.show(fresh);
	}

	/** What a read of the account by itself showed. */
	show(resource: ScimResource): void {
		this.current = resource;
		this.#isWhole = true;
	}

	/** Reads the account by itself where a listing that shows nothing at one of the paths may have left it out. */
	async completed(paths: readonly string[]): Promise<boolean> {
		const open = paths.some((path) => valueAt(this.current, path) === undefined);
		if (!open || !mayShowLess(this.client, this.current)) return false;
		await this.reread();
		this.before = this.current;
		return true;
	}

	async send(form: PatchForm, operations: readonly PatchOperation[], litter: readonly string[]): Promise<void> {
		if (form === 'put') {
			// Only a fresh read of the resource itself is whole; listings may leave attributes out.
			if (!this.#isWhole) await this.reread();
			const document = putDocument(this.current, operations, rulesOf(this.client), litter);
			await this.client.put(['Users', this.current.id], document, this.#ifMatch());
			return;
		}
		const wire: WireOperation[] = form === 'nested' ? nestedOperations(operations, this.current) : [...operations];
		const size = Math.max(1, this.client.capabilities.userOperations);
		for (let from = 0; from < wire.length; from += size) {
			// The request before has made the version known so far an old one.
			if (from > 0 && this.#ifMatch() !== undefined) await this.reread();
			await this.patch(wire.slice(from, from + size));
		}
	}

	async patch(operations: readonly WireOperation[]): Promise<void> {
		const request = patchRequest(operations as PatchOperation[]);
		await this.client.patch(['Users', this.current.id], request, this.#ifMatch());
	}

	#ifMatch(): string | undefined {
		const { etag } = this.client.capabilities;
		return etag === 'checked' || etag === 'required' ? versionOf(this.current) : undefined;
	}
}
