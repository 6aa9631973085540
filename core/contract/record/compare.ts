import {
	canonicalJson,
	contentId,
	sha256,
	type ChangeOp,
	type ContractChange,
	type ContractChangeSet,
	type ContractHeader,
	type Effective,
	type TermChange,
	type TermExtractor,
} from '../../model';
import { renderRecord } from '../formats/json';
import { withLimits, type ContractLimits } from '../limits';
import { compareTerms } from '../terms';
import type { Version } from '../terms/passage';
import { readDocument } from '../tree';
import { cellsOf, readRecord, type RecordNode } from './record-tree';
import { RecordWalk, type Draft } from './walk';

export interface RecordInput {
	contract: ContractHeader;
	/** JSON value; null or undefined where the record is seen for the first time. */
	before: unknown;
	after: unknown;
	/**
	 * Field that names an entry, by the path of its list: `{ "people": "email", "modules[*].seats": "id" }`. `*` stands for
	 * one name.
	 */
	keys?: Record<string, string>;
	effective: Effective;
	/** Terms to read from both records; a `clause` is the name of a field or of a part. */
	extractors?: Record<string, TermExtractor>;
	limits?: Partial<ContractLimits>;
}

const OPS: ChangeOp[] = ['added', 'removed', 'modified', 'moved', 'renumbered', 'split', 'merged', 'formatting'];
const PARTY_FIELDS = ['parties', 'party', 'counterparty', 'customer', 'supplier', 'provider', 'vendor', 'client'];

/**
 * What changed between two versions of a contract kept as a JSON record: fields by path, entries of lists by their key
 * or, where nothing names them, by what they share. A value in another notation (`"1,200.00"` and `1200`) is no change.
 * Same input, same bytes; cost near-linear in the size of both records.
 * @throws DomainError INPUT_TOO_LARGE (`maxRecordDepth`, `maxRecordValues`)
 */
export function compareRecords(input: RecordInput): ContractChangeSet {
	const limits = withLimits(input.limits);
	const first = input.before === null || input.before === undefined;
	const old = readRecord(first ? {} : input.before, limits);
	const now = readRecord(input.after ?? {}, limits);
	const [before, after] = [old.node, now.node];
	const walk = new RecordWalk(input.keys ?? {});
	const drafts = first ? [firstSeen(input, after)] : walk.compare(before, after);
	const changes = withIds(input.contract.id, drafts);
	return {
		schema: 'contract-change/1',
		contract: { id: input.contract.id, title: input.contract.title ?? titleOf(after), parties: partiesOf(after) },
		before: first ? null : { sha256: sha256(canonicalJson(old.record)), format: 'text' },
		after: { sha256: sha256(canonicalJson(now.record)), format: 'text' },
		effective: input.effective,
		changes,
		terms: termsOf({ ...input, before: old.record, after: now.record }, first, limits),
		unresolved: changes.filter((change) => change.needsHuman).map((change) => change.id),
		warnings: walk.warnings,
		stats: countOps(changes, first ? 0 : cellsOf(before).size, cellsOf(after).size),
	};
}

/** Terms as they are read from the record's rendition, which people see and quotes point into. */
function termsOf(
	{ before, after, extractors, effective }: RecordInput,
	first: boolean,
	limits: ContractLimits,
): TermChange[] {
	if (!extractors) return [];
	const version = (record: unknown): Version => {
		const text = renderRecord(record, limits);
		const document = { sha256: sha256(text), format: 'markdown' as const, text };
		return { document, tree: readDocument(document, limits) };
	};
	return compareTerms(first ? null : version(before), version(after ?? {}), extractors, {
		asOf: effective.from.slice(0, 10),
	});
}

function firstSeen(input: RecordInput, after: RecordNode): Draft {
	return {
		kind: 'lifecycle',
		op: ['added'],
		field: { path: ['contract'], to: input.contract.title ?? titleOf(after), type: 'text' },
		origin: 'record',
		confidence: 1,
	};
}

function fieldText(node: RecordNode | undefined): string | undefined {
	return node?.kind === 'scalar' && typeof node.raw === 'string' && node.raw !== '' ? node.raw : undefined;
}

function titleOf(record: RecordNode): string {
	if (record.kind !== 'object') return '';
	for (const name of ['title', 'name', 'subject']) {
		const text = fieldText(record.fields.get(name));
		if (text !== undefined) return text;
	}
	return '';
}

function nameOf(node: RecordNode): string | undefined {
	if (node.kind === 'scalar') return fieldText(node);
	return node.kind === 'object'
		? (fieldText(node.fields.get('name')) ?? fieldText(node.fields.get('legalName')))
		: undefined;
}

function partiesOf(record: RecordNode): string[] {
	if (record.kind !== 'object') return [];
	const named = PARTY_FIELDS.flatMap((field) => {
		const node = record.fields.get(field);
		return node?.kind === 'array' ? node.items.map(nameOf) : node ? [nameOf(node)] : [];
	});
	return [...new Set(named.filter((name) => name !== undefined))];
}

function withIds(contractId: string, drafts: Draft[]): ContractChange[] {
	const seen = new Map<string, number>();
	return drafts.map((draft) => {
		const { kind, op, field, row } = draft;
		const content = { contractId, kind, op, field, row };
		const id = contentId('chg', content);
		const nth = (seen.get(id) ?? 0) + 1;
		seen.set(id, nth);
		return { id: nth === 1 ? id : contentId('chg', { ...content, nth }), ...draft };
	});
}

function countOps(changes: ContractChange[], before: number, after: number): ContractChangeSet['stats'] {
	const counts = new Map<string, number>(OPS.map((op) => [op, 0]));
	for (const change of changes) for (const op of change.op) counts.set(op, (counts.get(op) ?? 0) + 1);
	counts.set('clausesBefore', before);
	counts.set('clausesAfter', after);
	return Object.fromEntries(counts) as ContractChangeSet['stats'];
}
