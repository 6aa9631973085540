import type { ChangeKind, ChangeOp, ContractChange } from '../model';
import { clauseRef } from './clause-ref';
import { inlineDiff } from './inline-diff';
import { ownText } from './read';
import { bareNumber, type Renumbering } from './references';
import type { PartyRename } from './party';
import type { ClauseNode } from './tree';
import type { Unit } from './unit';

export type ChangeDraft = Omit<ContractChange, 'id'>;

export function changeKind(node: ClauseNode | undefined): ChangeKind {
	return node?.term !== undefined ? 'definition' : 'clause';
}

/** A part without heading or clause number of its own: it comes and goes with its clause. */
function isLight(node: ClauseNode): boolean {
	if (node.kind === 'table' || node.term !== undefined) return false;
	if (node.heading !== undefined && node.kind !== 'paragraph') return false;
	return node.kind === 'paragraph' || node.kind === 'item' || node.kind === 'recital' || node.kind === 'signature';
}

/** A clause that only one version has, with its paragraphs and lettered items as far as they are gone or new too. */
export function wholeClause(units: Unit[], root: Unit, side: 'before' | 'after', told: Set<number>): ChangeDraft {
	const texts: string[] = [];
	let { end } = root.node.span;
	const open = [root.node];
	for (let node = open.pop(); node; node = open.pop()) {
		told.add(node.index);
		texts.push(node === root.node ? root.text : ownText(node));
		end = Math.max(end, node.span.end);
		for (const child of node.children.toReversed())
			if (units[child.index]?.partner === -1 && isLight(child)) open.push(child);
	}
	const text = texts.filter((part) => part !== '').join('\n');
	const inBefore = side === 'before';
	return {
		kind: changeKind(root.node),
		op: [inBefore ? 'removed' : 'added'],
		clause: inBefore ? clauseRef(root.node, undefined) : clauseRef(undefined, root.node),
		text: { [side]: text, inline: [{ op: inBefore ? '-' : '+', t: text }] },
		span: { [side]: { start: root.node.span.start, end } },
		origin: 'diff',
		confidence: 1,
	};
}

export interface PairContext {
	moved: ReadonlySet<number>;
	renumbering: Renumbering;
	rename: PartyRename | undefined;
	maxGap: number;
}

/** The one change of a paired clause with all that happened to it; undefined where nothing did. */
export function pairChange(before: Unit, after: Unit, context: PairContext): ChangeDraft | undefined {
	if (before.node.kind === 'metadata') return metadataChange(before, after);
	const ops: ChangeOp[] = [];
	const differs = before.content !== after.content;
	const followed = differs && context.renumbering.explains(before, after);
	const renamed = differs && !followed && context.rename?.explains(before, after) === true;
	if (differs && !followed && !renamed) ops.push('modified');
	if (context.moved.has(before.node.index)) ops.push('moved');
	const bare = [bareNumber(before.node.number), bareNumber(after.node.number)];
	if (followed || bare[0] !== bare[1]) ops.push('renumbered');
	if (ops.length === 0) return linkChange(before, after);
	return {
		...base(before, after, ops),
		...(differs && !renamed ? { text: textDiff(before, after, context.maxGap) } : {}),
		confidence: before.confidence,
	};
}

export function textDiff(before: Unit, after: Unit, maxGap: number): NonNullable<ContractChange['text']> {
	const inline = inlineDiff(before.text, after.text, before.tokens, after.tokens, maxGap);
	return { before: before.text, after: after.text, inline };
}

function base(before: Unit, after: Unit, op: ChangeOp[]): Omit<ChangeDraft, 'confidence'> {
	return {
		kind: changeKind(after.node),
		op,
		clause: clauseRef(before.node, after.node),
		span: { before: before.node.span, after: after.node.span },
		origin: 'diff',
	};
}

/** The same words that point somewhere else: told as formatting, since no word of the contract changed. */
function linkChange(before: Unit, after: Unit): ChangeDraft | undefined {
	const [from, to] = [before.node.links.join('\n'), after.node.links.join('\n')];
	if (from === to) return undefined;
	return { ...base(before, after, ['formatting']), field: { path: ['link'], from, to, type: 'text' }, confidence: 1 };
}

/** Front matter is data of the publishing system, not of the contract. */
function metadataChange(before: Unit, after: Unit): ChangeDraft | undefined {
	if (before.content === after.content) return undefined;
	const field = { path: ['front matter'], from: before.text, to: after.text, type: 'text' as const };
	return { ...base(before, after, ['formatting']), field, confidence: 1 };
}
