import {
	contentId,
	type ChangeOp,
	type ContractChange,
	type ContractChangeSet,
	type ContractDocument,
	type ContractHeader,
	type Effective,
	type TermExtractor,
} from '../../model';
import type { ChangeDraft } from './clause-change';
import { compareClauses, type ClauseComparison, type PlacedChange } from './clause-changes';
import { reachOfDefinitions } from './definition-reach';
import { withLimits, type ContractLimits } from '../limits';
import { Passages, readDocument, type ContractTree } from '../tree';
import { matchTables, rowChange, tableChanges, type TableFamily } from './table';
import { compareTerms, followNumbers, type FollowedClause } from '../terms';

export interface CompareInput {
	contract: ContractHeader;
	/** Null where the contract is seen for the first time. */
	before: ContractDocument | null;
	after: ContractDocument;
	effective: Effective;
	/** What to read from both versions, by the name of the term. */
	extractors?: Record<string, TermExtractor>;
	limits?: Partial<ContractLimits>;
}

const NO_TREE: ContractTree = { title: '', parties: [], roots: [], nodes: [], warnings: [] };
const OPS: ChangeOp[] = ['added', 'removed', 'modified', 'moved', 'renumbered', 'split', 'merged', 'formatting'];

/**
 * What changed between two versions of a contract, clause by clause and row by row. Same input, same bytes: ids come
 * from content, changes stand in the order of the later version. Cost grows with n log n of both texts.
 * @throws DomainError INPUT_TOO_LARGE, DOCUMENT_UNREADABLE
 * @example compareVersions({ contract: { id: 'c-1' }, before, after, effective }).changes[0]?.op // ['modified']
 */
export function compareVersions(input: CompareInput): ContractChangeSet {
	const limits = withLimits(input.limits);
	const passages = new Passages();
	const after = readDocument(input.after, limits, passages);
	const before = input.before ? readDocument(input.before, limits, passages) : NO_TREE;
	const extractors = input.extractors ?? {};
	const clauses = input.before ? compareClauses(before, after, limits) : firstSeen(input, after);
	const tables = matchTables(before, after, (node) => clauses.partnerOf(node.index), Object.values(extractors));
	const drafts = inOrder([...clauses.changes, ...changesInTables(tables, clauses)]);
	const parties = [...before.parties, ...after.parties];
	if (input.before) reachOfDefinitions(drafts, { ...clauses.units, tables, parties });
	const changes = withIds(input.contract.id, drafts);
	const followed = followNumbers(extractors, { before, after, partnerOf: (index) => clauses.partnerOf(index) });
	const notes = [...followed.values()].flatMap(({ note }) => note ?? []);
	return {
		schema: 'contract-change/1',
		contract: { id: input.contract.id, title: input.contract.title ?? after.title, parties: after.parties },
		before: input.before ? { sha256: input.before.sha256, format: input.before.format } : null,
		after: { sha256: input.after.sha256, format: input.after.format },
		effective: input.effective,
		changes,
		terms: termsOf(input, before, after, followed),
		unresolved: changes.filter((change) => change.needsHuman).map((change) => change.id),
		warnings: [...new Set([...before.warnings, ...after.warnings, ...clauses.warnings, ...notes])],
		stats: countOps(changes, before, after),
	};
}

/** Without extractors there is nothing to read, and the days of both versions need not be worked out. */
function termsOf(
	input: CompareInput,
	before: ContractTree,
	after: ContractTree,
	followed: ReadonlyMap<string, FollowedClause>,
): ContractChangeSet['terms'] {
	const { extractors = {}, effective } = input;
	if (Object.keys(extractors).length === 0) return [];
	return compareTerms(
		input.before ? { tree: before, document: input.before } : null,
		{ tree: after, document: input.after },
		extractors,
		{ asOf: effective.from.slice(0, 10), followed },
	);
}

/** A contract seen for the first time is one event in its life, not fifty new clauses. */
function firstSeen(input: CompareInput, after: ContractTree): ClauseComparison {
	const draft: ChangeDraft = {
		kind: 'lifecycle',
		op: ['added'],
		field: { path: ['contract'], to: input.contract.title ?? after.title, type: 'text' },
		span: { after: { start: 0, end: input.after.text.length } },
		origin: 'diff',
		confidence: 1,
	};
	return {
		changes: [{ at: -1, draft }],
		warnings: [],
		units: { before: [], after: [] },
		partnerOf: () => -1,
		placeOf: () => 0,
	};
}

function changesInTables(families: TableFamily[], clauses: ClauseComparison): PlacedChange[] {
	const placed: PlacedChange[] = [];
	for (const family of families) {
		for (const { at, draft } of tableChanges(family)) placed.push({ at: at.index + 0.1, draft });
		for (const match of family.rows) {
			const draft = rowChange(match);
			const node = match.after?.node.index ?? clauses.placeOf(match.before?.node.index ?? 0);
			if (draft) placed.push({ at: node + 0.2, draft });
		}
	}
	return placed;
}

function inOrder(placed: PlacedChange[]): ChangeDraft[] {
	return placed.sort((x, y) => x.at - y.at).map(({ draft }) => draft);
}

/** Ids from what changed and where, not from its presentation; literal repetitions are counted. */
function withIds(contractId: string, drafts: ChangeDraft[]): ContractChange[] {
	const seen = new Map<string, number>();
	return drafts.map((draft) => {
		const { kind, op, clause, field, row, text } = draft;
		const content = { contractId, kind, op, clause, field, row, before: text?.before, after: text?.after };
		const id = contentId('chg', content);
		const nth = (seen.get(id) ?? 0) + 1;
		seen.set(id, nth);
		return { id: nth === 1 ? id : contentId('chg', { ...content, nth }), ...draft };
	});
}

function countOps(changes: ContractChange[], before: ContractTree, after: ContractTree): ContractChangeSet['stats'] {
	const counts = new Map<string, number>(OPS.map((op) => [op, 0]));
	for (const change of changes) for (const op of change.op) counts.set(op, (counts.get(op) ?? 0) + 1);
	counts.set('clausesBefore', before.nodes.length);
	counts.set('clausesAfter', after.nodes.length);
	return Object.fromEntries(counts) as ContractChangeSet['stats'];
}
