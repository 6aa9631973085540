import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../model';

/** Who did it: a node of a workflow, a person through the gate, a sending system, or this package itself. */
export interface Actor {
	kind: 'node' | 'person' | 'system' | 'package';
	/** e.g. `execution:42`, `webhook:contract`, a salted pseudonym; never a bare name or address. */
	id: string;
}

/** What a caller hands in; sequence, time and salt are added by the log. */
export interface RecordInput {
	/** `subject.verb`, e.g. `event.received`, `action.verified`. */
	type: string;
	actor: Actor;
	/** When it held in the world (ISO instant); the time of recording is added beside it. */
	occurredAt: string;
	/** Ids of what it is about: event, contract, plan, action, request, policy, bundle, lease. */
	refs?: Readonly<Record<string, string>>;
	/** Facts without personal data. */
	data?: Json;
	/** Personal data. It stays outside the leaf, which holds only a salted commitment, so that it can be erased. */
	personal?: Json;
}

/**
 * The bytes that are hashed. This format is final: a log written today must verify under every later version.
 * Version 1, RFC 8785 canonical JSON of exactly these members.
 */
export interface Leaf {
	v: 1;
	ledger: string;
	seq: number;
	recordedAt: string;
	occurredAt: string;
	type: string;
	actor: Actor;
	refs: Readonly<Record<string, string>>;
	data: Json;
	/** SHA-256 over salt and canonical personal data, hex; `null` where there is none. */
	personal: string | null;
}

export interface SealedRecord {
	seq: number;
	leaf: string;
	leafHash: string;
	personal: string | null;
	/** Hex; erased together with `personal`. */
	salt: string | null;
}

/**
 * RFC 9162 §2.1.1: a leaf is hashed with the prefix 0x00, so that no leaf can be passed off as an inner node
 * once a Merkle tree stands over the same records.
 */
export function hashLeaf(leaf: string): string {
	return createHash('sha256').update(Buffer.of(0x00)).update(leaf, 'utf8').digest('hex');
}

/** Commitment to personal data. The salt (32 bytes) keeps short values from being guessed back. */
export function commitPersonal(salt: Uint8Array, personal: string): string {
	return createHash('sha256').update(salt).update(personal, 'utf8').digest('hex');
}

/** Puts one record into its final form. */
export function sealRecord(
	input: RecordInput,
	place: { ledger: string; seq: number; recordedAt: string; salt: Uint8Array },
): SealedRecord {
	const personal = input.personal === undefined ? null : canonicalJson(input.personal);
	const leaf: Leaf = {
		v: 1,
		ledger: place.ledger,
		seq: place.seq,
		recordedAt: place.recordedAt,
		occurredAt: input.occurredAt,
		type: input.type,
		actor: input.actor,
		refs: input.refs ?? {},
		data: input.data ?? null,
		personal: personal === null ? null : commitPersonal(place.salt, personal),
	};
	const text = canonicalJson(leaf);
	return {
		seq: place.seq,
		leaf: text,
		leafHash: hashLeaf(text),
		personal,
		salt: personal === null ? null : Buffer.from(place.salt).toString('hex'),
	};
}
