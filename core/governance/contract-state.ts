import { extractTerms } from '../contract';
import { contentHash, type ContractDocument, type ContractHeader, type Term } from '../model';
import { readIdentities, termExtractors, type CompiledPolicy } from '../policy';

/** One version of a contract as the ledger keeps it. */
export interface ContractVersionState {
	eventId: string;
	/** Event type, e.g. `contract.amended`. */
	type: string;
	header: ContractHeader;
	document: ContractDocument;
	/** ISO instants. */
	effectiveAt: string;
	occurredAt: string;
	/** Number of the amendment, where the sender counts them. */
	number?: string;
	amendmentId?: string;
}

/** A version with the stretch of time in which it is the contract in force, half-open. */
export interface VersionInForce extends ContractVersionState {
	until?: string;
	/** Number of the version in this order, from 1. */
	order: number;
}

const STATUS_OF_EVENT: ReadonlyMap<string, string> = new Map([
	['contract.ended', 'ended'],
	['contract.terminated', 'ended'],
	['contract.suspended', 'suspended'],
]);

/** A contract that has ended gives nothing any more, whatever its header still says. */
export function headerInForce({ type, header }: Pick<ContractVersionState, 'type' | 'header'>): ContractHeader {
	const status = STATUS_OF_EVENT.get(type);
	return status === undefined ? header : { ...header, status };
}

/**
 * The versions of a contract in the order in which they hold, whatever order they arrived in: by effective date, then by
 * number, then by when they happened. What was taken back (`contract.reversed`) is left out; the version before holds on.
 */
export function versionsInForce(versions: readonly ContractVersionState[]): VersionInForce[] {
	const reversed = reversals(versions);
	const standing = versions.filter((each) => each.type !== 'contract.reversed' && !reversed.has(each.eventId));
	const ordered = [...standing].sort(compareVersions);
	// A later version with the same or an earlier beginning replaces the ones before it from then on.
	const inForce: VersionInForce[] = [];
	for (const [index, version] of ordered.entries()) {
		const next = ordered[index + 1]?.effectiveAt;
		if (next === version.effectiveAt) continue;
		inForce.push({ ...version, order: inForce.length + 1, ...(next !== undefined && { until: next }) });
	}
	return inForce;
}

function compareVersions(a: ContractVersionState, b: ContractVersionState): number {
	if (a.effectiveAt !== b.effectiveAt) return a.effectiveAt < b.effectiveAt ? -1 : 1;
	const [left, right] = [amendmentNumber(a), amendmentNumber(b)];
	if (left !== undefined && right !== undefined && left !== right) return left - right;
	if (a.occurredAt !== b.occurredAt) return a.occurredAt < b.occurredAt ? -1 : 1;
	return a.eventId < b.eventId ? -1 : a.eventId > b.eventId ? 1 : 0;
}

function amendmentNumber({ number }: ContractVersionState): number | undefined {
	return number !== undefined && /^\d{1,9}$/.test(number) ? Number(number) : undefined;
}

/** Events that a reversal takes back: those of the amendment that it names, else the newest before it. */
function reversals(versions: readonly ContractVersionState[]): Set<string> {
	const taken = new Set<string>();
	const inTime = [...versions].sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : 0));
	for (const [index, each] of inTime.entries()) {
		if (each.type !== 'contract.reversed') continue;
		const { amendmentId } = each;
		if (amendmentId !== undefined) {
			for (const other of inTime) {
				if (other.amendmentId === amendmentId && other.type !== 'contract.reversed') taken.add(other.eventId);
			}
			continue;
		}
		const newest = inTime
			.slice(0, index)
			.reverse()
			.find((other) => other.type !== 'contract.reversed' && !taken.has(other.eventId));
		if (newest !== undefined) taken.add(newest.eventId);
	}
	return taken;
}

/** Terms by text and extractors: the same version is read once a process, however often its people are looked at. */
export class TermCache {
	readonly #terms = new Map<string, Record<string, Term>>();

	constructor(readonly maximum = 200) {}

	read(compiled: CompiledPolicy, document: ContractDocument): Record<string, Term> {
		const extractors = termExtractors(compiled.policy);
		const key = `${document.sha256}\n${contentHash(extractors)}`;
		const known = this.#terms.get(key);
		if (known !== undefined) return known;
		const terms = extractTerms(document, extractors);
		if (this.#terms.size >= this.maximum) {
			const oldest = this.#terms.keys().next();
			if (!oldest.done) this.#terms.delete(oldest.value);
		}
		this.#terms.set(key, terms);
		return terms;
	}
}

/** Names of the terms that contract rules take their people from. */
export function subjectTerms(compiled: CompiledPolicy): string[] {
	return [...new Set(compiled.contractRules.map(({ subjects }) => subjects))].sort();
}

/** E-mail addresses of everybody whom a version names, sorted. */
export function peopleNamed(compiled: CompiledPolicy, version: ContractVersionState, cache: TermCache): string[] {
	const terms = cache.read(compiled, version.document);
	const emails = subjectTerms(compiled).flatMap((termName) =>
		readIdentities({
			compiled,
			contract: version.header,
			termName,
			term: terms[termName],
			known: new Map(),
		}).people.map(({ email }) => email),
	);
	return [...new Set(emails)].sort();
}
