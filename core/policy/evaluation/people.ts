import type { AttributeValue, Identity } from '../../model';
import { readAttribute } from '../attribute-value';
import type { CompiledPolicy } from '../compile';
import type { Subject } from './subjects';

interface Draft {
	id: string;
	keys: Map<string, string>;
	attributes: Map<string, AttributeValue>;
	/** Attributes that a contract of this evaluation has spoken on; the first contract by id wins. */
	spoken: Set<string>;
}

/** Everybody in scope of one evaluation, with attributes merged from what is known and what contracts say. */
export class People {
	readonly #drafts = new Map<string, Draft>();
	readonly #byEmail = new Map<string, string>();

	constructor(
		readonly compiled: CompiledPolicy,
		known: readonly Identity[],
	) {
		for (const identity of known) this.#addKnown(identity);
	}

	/** E-mail → identity id. */
	get known(): ReadonlyMap<string, string> {
		return this.#byEmail;
	}

	#addKnown(identity: Identity): void {
		const attributes = new Map<string, AttributeValue>();
		for (const [name, raw] of Object.entries(identity.attributes)) {
			const read = readAttribute(this.compiled, name, raw);
			if ('value' in read) attributes.set(name, read.value);
		}
		const keys = new Map(Object.entries(identity.keys));
		const email = keys.get('email')?.toLowerCase();
		if (email !== undefined) {
			keys.set('email', email);
			this.#byEmail.set(email, identity.id);
			if (!attributes.has('email')) attributes.set('email', email);
		}
		this.#drafts.set(identity.id, { id: identity.id, keys, attributes, spoken: new Set() });
	}

	/** Takes over what a row says. Contracts come in order of their ids, so that the outcome doesn't depend on input order. */
	meet(subject: Subject): void {
		const draft: Draft = this.#drafts.get(subject.identityId) ?? {
			id: subject.identityId,
			keys: new Map([['email', subject.email]]),
			attributes: new Map(),
			spoken: new Set(),
		};
		this.#drafts.set(subject.identityId, draft);
		this.#byEmail.set(subject.email, subject.identityId);
		for (const [name, value] of subject.attributes) {
			if (draft.spoken.has(name)) continue;
			if (draft.attributes.has(name) && !this.#contractLeads(name)) continue;
			draft.attributes.set(name, value);
			draft.spoken.add(name);
		}
	}

	/** The contract overrules what is known only where the policy names it as the first source, or names none. */
	#contractLeads(attribute: string): boolean {
		const first = this.compiled.attributeSources.get(attribute)?.[0];
		return first === undefined || first === 'contract';
	}

	attribute(identityId: string, name: string): AttributeValue | undefined {
		return this.#drafts.get(identityId)?.attributes.get(name);
	}

	/** Sorted by id. */
	identities(): Identity[] {
		const sorted = [...this.#drafts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
		return sorted.map(({ id, keys, attributes }) => ({
			id,
			keys: Object.fromEntries([...keys].sort(byName)),
			attributes: Object.fromEntries([...attributes].sort(byName)),
		}));
	}
}

function byName(a: readonly [string, unknown], b: readonly [string, unknown]): number {
	return a[0] < b[0] ? -1 : 1;
}
