import { opening } from './characters';
import type { ClauseNode } from './node';

const WORDS = 8;
const LONGEST = 64;

const ASCII_WORDS = /[a-z0-9]+/g;
const ANY_WORDS = /[\p{L}\p{N}]+/gu;

function slug(text: string): string {
	const head = opening(text, 96).toLowerCase();
	let ascii = true;
	for (let i = 0; i < head.length && ascii; i++) ascii = head.charCodeAt(i) < 0x80;
	const words = ascii ? head.match(ASCII_WORDS) : head.normalize('NFKD').match(ANY_WORDS);
	return words ? opening(words.slice(0, WORDS).join('-'), LONGEST) : '';
}

/** FNV-1a, for telling apart clauses that open alike. Not for identity across documents. */
function fingerprint(text: string): string {
	let hash = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
	return (hash >>> 0).toString(16).padStart(8, '0');
}

function baseKey(node: ClauseNode): string {
	if (node.term !== undefined) return `definition:${slug(node.term)}`;
	if (node.table) return `table:${slug(node.table.columns.join(' '))}`;
	const own = slug(node.heading ?? node.text);
	return own === '' ? node.kind : own;
}

/**
 * Gives every node its key: the heading, the defined term or the first words; where several open alike, also the
 * parent's; where even that is shared, a fingerprint of the text. Only literal repetitions are told apart by place.
 */
export function assignKeys(nodes: ClauseNode[]): void {
	const refinements: Array<(node: ClauseNode, key: string) => string> = [
		(node, key) => `${nodes[node.parent]?.key ?? ''}/${key}`,
		(node, key) => `${key}:${fingerprint(node.text)}`,
	];
	for (const node of nodes) node.key = baseKey(node);
	let uses = countKeys(nodes);
	for (const refine of refinements) {
		if (uses.size === nodes.length) return;
		const refined = nodes.map((node) => ((uses.get(node.key) ?? 0) > 1 ? refine(node, node.key) : node.key));
		nodes.forEach((node, index) => (node.key = refined[index] ?? node.key));
		uses = countKeys(nodes);
	}
	if (uses.size < nodes.length) numberRepetitions(nodes, uses);
}

function numberRepetitions(nodes: ClauseNode[], uses: ReadonlyMap<string, number>): void {
	const seen = new Map<string, number>();
	const made = new Set<string>();
	for (const node of nodes) {
		if (uses.get(node.key) === 1) continue;
		const nth = (seen.get(node.key) ?? 0) + 1;
		seen.set(node.key, nth);
		if (nth === 1) continue;
		let key = `${node.key}~${nth}`;
		while (uses.has(key) || made.has(key)) key += '~';
		made.add(key);
		node.key = key;
	}
}

function countKeys(nodes: ClauseNode[]): Map<string, number> {
	const uses = new Map<string, number>();
	for (const node of nodes) uses.set(node.key, (uses.get(node.key) ?? 0) + 1);
	return uses;
}
