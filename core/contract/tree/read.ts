import type { ContractDocument } from '../../model';
import { readBlocks } from './blocks';
import { opening } from './characters';
import { assignKeys } from './key';
import { assertReadable, withLimits, type ContractLimits } from '../limits';
import { Outline } from './outline';
import { readParties } from './parties';
import type { ClauseNode, ContractTree } from './node';
import { Passages } from './passages';

const PARTIES_WITHIN = 40;
const LONGEST_TITLE = 120;

/**
 * Reads Markdown or plain text into its clause tree. Spans are UTF-16 offsets into `document.text`; texts are clean:
 * no markup, one space between words, plain quotes. Linear in the length of the document.
 * @param passages what was read of other versions already; give the same one for both versions of a comparison
 * @throws DomainError INPUT_TOO_LARGE, DOCUMENT_UNREADABLE
 */
export function readDocument(
	document: ContractDocument,
	limits?: Partial<ContractLimits>,
	passages: Passages = new Passages(),
): ContractTree {
	const bounds = withLimits(limits);
	assertReadable(document.text, bounds);
	// Half a character, as cutting leaves them, is in no text: it would have no UTF-8 form and no hash.
	const text = document.text.toWellFormed();
	const outline = new Outline(document.format, bounds.maxDepth);
	for (const block of readBlocks(text, document.format, bounds, passages)) outline.add(block);
	const nodes = outline.nodes;
	assignKeys(nodes);
	widenExtents(nodes);
	const warnings = outline.tooDeep
		? [`Clauses nest deeper than ${bounds.maxDepth} levels; what lies deeper is kept at that level.`]
		: [];
	const roots = nodes.filter((node) => node.parent < 0);
	return { title: readTitle(nodes), parties: findParties(nodes), roots, nodes, warnings };
}

/** Children come after their parents, so one walk from the end is enough, however deep the tree. */
function widenExtents(nodes: ClauseNode[]): void {
	for (let i = nodes.length - 1; i >= 0; i--) {
		const node = nodes[i];
		const parent = node && nodes[node.parent];
		if (node && parent && node.extent.end > parent.extent.end)
			parent.extent = { start: parent.extent.start, end: node.extent.end };
	}
}

function readTitle(nodes: ClauseNode[]): string {
	const first = nodes.find((node) => node.kind !== 'metadata' && node.heading !== undefined);
	return first?.heading ?? opening(nodes.find((node) => node.text !== '')?.text ?? '', LONGEST_TITLE);
}

function findParties(nodes: ClauseNode[]): string[] {
	const near = nodes.slice(0, PARTIES_WITHIN);
	const preamble = near.find((node) => node.kind === 'preamble');
	if (preamble) return readParties(preamble.text);
	for (const node of near) {
		const parties = /\b(?:agreement|contract|amendment)\b/i.test(node.text.slice(0, 400)) ? readParties(node.text) : [];
		if (parties.length > 0) return parties;
	}
	return [];
}

/** All text of a clause: its own and that of everything below it, paragraphs separated by line feeds. */
export function clauseText(node: ClauseNode): string {
	return subtree(node)
		.map((part) => ownText(part))
		.filter((text) => text !== '')
		.join('\n');
}

/** A node and everything below it, in document order, without recursion. */
export function subtree(node: ClauseNode): ClauseNode[] {
	const parts: ClauseNode[] = [];
	const open = [node];
	for (let next = open.pop(); next; next = open.pop()) {
		parts.push(next);
		for (const child of next.children) open.push(child);
	}
	return parts.sort((a, b) => a.index - b.index);
}

/** Number, heading and text as one line, as a reader sees them. */
export function ownText(node: ClauseNode): string {
	if (node.table) return [node.table.columns, ...node.table.rows].map((cells) => cells.join(' | ')).join('\n');
	return [node.number, node.heading, node.text].filter((part) => part !== undefined && part !== '').join(' ');
}
