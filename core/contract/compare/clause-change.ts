import type { ChangeKind, ChangeOp, ContractChange } from '../../model';
import { clauseRef } from './clause-ref';
import { inlineDiff } from './inline-diff';
import { type ClauseNode, ownText } from '../tree';
import type { CrossReferences, ReferenceFindings } from './cross-references';
import type { Explainer } from './explanation';
import type { Unit } from './unit';

export type ChangeDraft = Omit<ContractChange, 'id'>;

/** A change and where it stands in the later version (fractions lie between two of its clauses). */
export interface PlacedChange {
	at: number;
	draft: ChangeDraft;
}

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
	references: CrossReferences;
	explainer: Explainer;
	maxGap: number;
	/** Sentences for a person, beside the changes. */
	warnings: string[];
}

/** Number without its dress: `Section 4.2`, `4.2.` and `4.2` are one, and so are `(a)` and `a.`. */
function bareNumber(number: string | undefined): string {
	return (number ?? '')
		.replace(/^(?:section|sec\.|clause|§§?)\s*/i, '')
		.replace(/[().]+$/, '')
		.replace(/^\(/, '');
}

/** Confidence of a pairing that another would have served as well. */
const UNSURE = 0.5;

/** Whether a reader calls both by one number. */
export function sameNumber(before: string | undefined, after: string | undefined): boolean {
	return bareNumber(before) === bareNumber(after);
}

/** The one change of a paired clause with all that happened to it; undefined where nothing did. */
export function pairChange(before: Unit, after: Unit, context: PairContext): ChangeDraft | undefined {
	if (before.node.kind === 'metadata') return metadataChange(before, after);
	const ops: ChangeOp[] = [];
	// Of a table, columns and rows are told apart from its place and number.
	const differs = before.content !== after.content && !before.node.table;
	const explained = differs ? context.explainer.explain(before, after) : undefined;
	if (differs && !explained) ops.push('modified');
	if (context.moved.has(before.node.index)) ops.push('moved');
	if (explained?.followed === true || !sameNumber(before.node.number, after.node.number)) ops.push('renumbered');
	const findings = context.references.compare(before, after);
	context.warnings.push(...findings.silent);
	if (ops.length === 0) return findings.refs ? brokenByOthers(before, after, findings) : linkChange(before, after);
	const showText = differs && (!explained || explained.followed);
	return {
		...base(before, after, ops),
		...(showText ? { text: textDiff(before, after, context.maxGap) } : {}),
		...(findings.refs ? { refs: findings.refs } : {}),
		confidence: before.doubt === undefined ? before.confidence : Math.min(before.confidence, UNSURE),
		...needsLook(findings, before.doubt),
	};
}

/** No word of the clause changed, and yet it says something else now: its reference leads elsewhere. */
function brokenByOthers(before: Unit, after: Unit, findings: ReferenceFindings): ChangeDraft {
	return {
		...base(before, after, []),
		...(findings.refs ? { refs: findings.refs } : {}),
		confidence: before.confidence,
		...needsLook(findings),
	};
}

/** Why a person has to look: the clause may be another, or its references lead elsewhere or nowhere. */
export function needsLook(findings: ReferenceFindings, doubt?: string): Pick<ChangeDraft, 'needsHuman'> {
	const gone = (findings.refs?.broken ?? [])
		.filter((display) => !findings.silent.some((sentence) => sentence.includes(`"${display}"`)))
		.map((display) => `The reference to ${display} leads nowhere now.`);
	const reasons = [...(doubt === undefined ? [] : [doubt]), ...findings.silent, ...gone];
	return reasons.length > 0 ? { needsHuman: { reason: reasons.join(' ') } } : {};
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

/** What Word files have at the head and foot of their pages; see docx/furniture.ts. */
const PAGE_FURNITURE = /(?:^| )page-(?:header|footer): "/;

export function isOnPages({ node, text }: Unit): boolean {
	return node.kind === 'metadata' && PAGE_FURNITURE.test(text);
}

/**
 * Front matter is data of the publishing system, not of the contract. Words that stand on each page are the contract's,
 * and what changes in them is told once.
 */
function metadataChange(before: Unit, after: Unit): ChangeDraft | undefined {
	if (before.content === after.content) return undefined;
	const field = { path: ['front matter'], from: before.text, to: after.text, type: 'text' as const };
	if (isOnPages(before) || isOnPages(after))
		return {
			...base(before, after, ['modified']),
			field: { ...field, path: ['page header and footer'] },
			confidence: 1,
		};
	return { ...base(before, after, ['formatting']), field, confidence: 1 };
}
