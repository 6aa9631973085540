import { canonicalJson } from '../model';
import { chainHash, genesisHash } from './chain';
import { commitPersonal, hashLeaf, type Leaf } from './leaf';

/** A record as it lies in the log. */
export interface StoredRecord {
	seq: number;
	leaf: string;
	leafHash: string;
	chainHash: string;
	personal: string | null;
	salt: string | null;
}

export interface AuditProblem {
	seq: number;
	what: string;
}

export interface AuditVerdict {
	ok: boolean;
	records: number;
	/** Chain hash of the last good record: two people who see the same head have seen the same log. */
	head: string;
	/** Records whose personal data was erased; the leaf still verifies. */
	erased: number;
	/** The first problems found, at most twenty. */
	problems: AuditProblem[];
}

const MAX_PROBLEMS = 20;

/** Checks a log as it streams past: order, leaf hashes, commitments and the chain. Nothing but the records is trusted. */
export class ChainVerifier {
	#head: string;
	#records = 0;
	#erased = 0;
	readonly #problems: AuditProblem[] = [];

	/** `noted` is a head that somebody kept elsewhere, with the number of records it stood for. */
	constructor(
		readonly ledger: string,
		private readonly noted?: { records: number; head: string },
	) {
		this.#head = genesisHash(ledger);
	}

	add(record: StoredRecord): void {
		this.#records += 1;
		const expectedSeq = this.#records;
		if (record.seq !== expectedSeq)
			this.#problem(record.seq, `expected record ${expectedSeq}: records are missing or added`);
		if (hashLeaf(record.leaf) !== record.leafHash)
			this.#problem(record.seq, 'the leaf was changed after it was written');
		const link = chainHash(this.#head, record.leafHash);
		if (link !== record.chainHash) this.#problem(record.seq, 'the chain does not continue from the record before');
		this.#checkLeaf(record);
		// Go on from what is stored: one changed record is one problem, not one for every record after it.
		this.#head = record.chainHash;
		if (this.noted?.records === this.#records && this.noted.head !== this.#head) {
			this.#problem(record.seq, 'the head here is not the one that was noted: the log was rewritten');
		}
	}

	verdict(): AuditVerdict {
		const missing = (this.noted?.records ?? 0) - this.#records;
		if (missing > 0) this.#problem(this.#records + 1, `the log ends early: ${missing} record(s) are missing`);
		return {
			ok: this.#problems.length === 0,
			records: this.#records,
			head: this.#head,
			erased: this.#erased,
			problems: this.#problems,
		};
	}

	#checkLeaf(record: StoredRecord): void {
		const leaf = parseLeaf(record.leaf);
		if (!leaf) {
			this.#problem(record.seq, 'the leaf is not canonical JSON of a known version');
			return;
		}
		if (leaf.seq !== record.seq) this.#problem(record.seq, `the leaf says it is record ${leaf.seq}`);
		if (leaf.ledger !== this.ledger) this.#problem(record.seq, 'the leaf belongs to another ledger');
		if (leaf.personal === null) return;
		if (record.personal === null || record.salt === null) {
			this.#erased += 1;
			return;
		}
		if (commitPersonal(Buffer.from(record.salt, 'hex'), record.personal) !== leaf.personal) {
			this.#problem(record.seq, 'the personal data was changed after it was written');
		}
	}

	#problem(seq: number, what: string): void {
		if (this.#problems.length < MAX_PROBLEMS) this.#problems.push({ seq, what });
	}
}

function parseLeaf(text: string): Leaf | undefined {
	try {
		const leaf = JSON.parse(text) as Omit<Leaf, 'v'> & { v: unknown };
		return leaf.v === 1 && typeof leaf.seq === 'number' && canonicalJson(leaf) === text ? { ...leaf, v: 1 } : undefined;
	} catch {
		return undefined;
	}
}
