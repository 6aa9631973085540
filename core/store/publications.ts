import type { Kysely } from 'kysely';
import { DomainError } from '../model';
import type { PolicyPublicationRow } from './governance-schema';
import { keepPolicy } from './policies';
import type { LedgerTables } from './schema';
import type { LedgerTransaction } from './transaction';

export type Proof = 'proved' | 'claimed';

/** One publication of a policy. The same text published again, e.g. to go back, is a new one. */
export interface PolicyPublication {
	name: string;
	number: number;
	hash: string;
	author: string;
	/** `proved`: the gate saw that it was them; `claimed`: somebody typed it. */
	authorProof: Proof;
	state: 'pending' | 'active' | 'rejected';
	note?: string;
	submittedAt: string;
	decidedBy?: string;
	decidedProof?: Proof;
	decidedAt?: string;
	decisionNote?: string;
}

export interface PolicyToPublish {
	hash: string;
	name: string;
	source: string;
	author: string;
	authorProof: Proof;
	note?: string;
	/** A second person has to agree before it is in force. */
	needsApproval: boolean;
}

/** Puts a policy in force, or up for a second person's approval. Publishing what is in force already changes nothing. */
export async function publishPolicy(tx: LedgerTransaction, policy: PolicyToPublish): Promise<PolicyPublication> {
	// Who wrote a text is said in the publication; the version's own record must not hold an address.
	const author = `person:${tx.pseudonym(policy.author).slice(0, 16)}`;
	await keepPolicy(tx, { hash: policy.hash, name: policy.name, source: policy.source, author });
	const before = await publicationsOf(tx.db, policy.name);
	const inForce = before.find(({ state }) => state === 'active');
	const known = before.find((each) => each.hash === policy.hash && (each.state === 'pending' || each === inForce));
	if (known) return known;
	const row: PolicyPublicationRow = {
		name: policy.name,
		number: (before[0]?.number ?? 0) + 1,
		hash: policy.hash,
		author: policy.author,
		author_proof: policy.authorProof,
		state: policy.needsApproval ? 'pending' : 'active',
		note: policy.note ?? null,
		submitted_at: tx.now,
		decided_by: null,
		decided_proof: null,
		decided_at: policy.needsApproval ? null : tx.now,
		decision_note: null,
	};
	await tx.db.insertInto('policy_publications').values(row).execute();
	tx.audit({
		type: policy.needsApproval ? 'policy.submitted' : 'policy.published',
		actor: { kind: 'person', id: `policy:${policy.hash.slice(0, 12)}` },
		occurredAt: tx.now,
		refs: { policy: policy.hash },
		data: { name: policy.name, number: row.number, authorProof: policy.authorProof },
		personal: { author: policy.author, note: policy.note ?? null },
	});
	return fromRow(row);
}

export interface PolicyDecision {
	name: string;
	number: number;
	decision: 'approve' | 'reject';
	by: string;
	proof: Proof;
	reason?: string;
	/** The author confirmed the version by a link of the gate. */
	authorProved?: boolean;
	/** The gate's request that decided it. */
	request?: string;
}

/** The second person's word on a submitted policy. Nobody approves their own. */
export async function decidePolicy(tx: LedgerTransaction, input: PolicyDecision): Promise<PolicyPublication> {
	const all = await publicationsOf(tx.db, input.name);
	const pending = all.find(({ number, state }) => number === input.number && state === 'pending');
	if (!pending) throw notPending(input);
	if (input.decision === 'approve' && sameAddress(pending.author, input.by)) throw ownPolicy();
	const newer = all.find(({ number, state }) => state === 'active' && number > input.number);
	if (input.decision === 'approve' && newer) throw overtaken(input, newer.number);
	const state = input.decision === 'approve' ? 'active' : 'rejected';
	const authorProof = input.authorProved === true ? 'proved' : pending.authorProof;
	const decided = {
		state,
		author_proof: authorProof,
		decided_by: input.by,
		decided_proof: input.proof,
		decided_at: tx.now,
		decision_note: input.reason ?? null,
	} as const;
	await tx.db
		.updateTable('policy_publications')
		.set(decided)
		.where('name', '=', input.name)
		.where('number', '=', input.number)
		.execute();
	tx.audit({
		type: state === 'active' ? 'policy.published' : 'policy.rejected',
		actor: { kind: 'person', id: `policy:${pending.hash.slice(0, 12)}` },
		occurredAt: tx.now,
		refs: { policy: pending.hash, ...(input.request === undefined ? {} : { request: input.request }) },
		data: { name: input.name, number: input.number, authorProof, proof: input.proof },
		personal: { by: input.by, reason: input.reason ?? null },
	});
	return {
		...pending,
		authorProof,
		state,
		decidedBy: input.by,
		decidedProof: input.proof,
		decidedAt: tx.now,
		...(input.reason === undefined ? {} : { decisionNote: input.reason }),
	};
}

/** All publications under a name, newest first. */
export async function publicationsOf(db: Kysely<LedgerTables>, name: string): Promise<PolicyPublication[]> {
	const rows = await db
		.selectFrom('policy_publications')
		.selectAll()
		.where('name', '=', name)
		.orderBy('number', 'desc')
		.execute();
	return rows.map(fromRow);
}

function fromRow(row: PolicyPublicationRow): PolicyPublication {
	return {
		name: row.name,
		number: row.number,
		hash: row.hash,
		author: row.author,
		authorProof: row.author_proof,
		state: row.state,
		submittedAt: row.submitted_at,
		...(row.note === null ? {} : { note: row.note }),
		...(row.decided_by === null ? {} : { decidedBy: row.decided_by }),
		...(row.decided_proof === null ? {} : { decidedProof: row.decided_proof }),
		...(row.decided_at === null ? {} : { decidedAt: row.decided_at }),
		...(row.decision_note === null ? {} : { decisionNote: row.decision_note }),
	};
}

export function sameAddress(a: string, b: string): boolean {
	return a.trim().toLowerCase() === b.trim().toLowerCase();
}

function notPending({ name, number }: PolicyDecision): DomainError {
	return new DomainError(
		'INPUT_INVALID',
		`Version ${number} of policy "${name.slice(0, 100)}" does not wait for approval.`,
		'Look up the versions of the policy; a version is decided once.',
	);
}

function ownPolicy(): DomainError {
	return new DomainError(
		'LEDGER_REFUSED',
		'A policy is not approved by its author.',
		'Have a second person approve it.',
	);
}

function overtaken({ name, number }: PolicyDecision, newer: number): DomainError {
	return new DomainError(
		'LEDGER_REFUSED',
		`Version ${newer} of policy "${name.slice(0, 100)}" is in force; approving version ${number} would go back behind it.`,
		'Publish the text again: it becomes a new version that can be approved.',
	);
}
