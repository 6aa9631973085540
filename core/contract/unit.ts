import type { Lexicon, Tokens } from './tokens';
import type { ClauseNode, ContractTree } from './tree';

/** A node as the comparison sees it. */
export interface Unit {
	node: ClauseNode;
	/** Heading and text as one; the number stays out. */
	text: string;
	tokens: Tokens;
	/** Tokens that count for equality: without the full stop or semicolon at the end. */
	length: number;
	/** Words among the tokens: a redaction (`[***]`) has none and identifies nothing. */
	words: number;
	/** Equal for units of equal content, in both versions. */
	content: number;
	/** The unit of the other version, -1 while unpaired. */
	partner: number;
	/** How sure the pairing is, 0 to 1. */
	confidence: number;
}

/** Gives equal token sequences equal numbers; hashes are checked, so a made-up collision hides nothing. */
export class ContentIndex {
	readonly #buckets = new Map<number, Array<{ ids: Int32Array; length: number; content: number }>>();
	#last = 0;

	contentOf(ids: Int32Array, length: number): number {
		let hash = 0x811c9dc5;
		for (let i = 0; i < length; i++) hash = Math.imul(hash ^ (ids[i] ?? 0), 0x01000193) ^ (hash >>> 15);
		const bucket = this.#buckets.get(hash);
		const known = bucket?.find((entry) => entry.length === length && sameIds(entry.ids, ids, length));
		if (known) return known.content;
		const entry = { ids, length, content: ++this.#last };
		if (bucket) bucket.push(entry);
		else this.#buckets.set(hash, [entry]);
		return entry.content;
	}
}

function sameIds(a: Int32Array, b: Int32Array, length: number): boolean {
	for (let i = 0; i < length; i++) if (a[i] !== b[i]) return false;
	return true;
}

export function comparedText(node: ClauseNode): string {
	if (node.table) return node.table.columns.join(' | ');
	if (node.heading === undefined) return node.text;
	return node.text === '' ? node.heading : `${node.heading}. ${node.text}`;
}

export function readUnits(tree: ContractTree, lexicon: Lexicon, contents: ContentIndex): Unit[] {
	const endings = [lexicon.id('.'), lexicon.id(';')];
	const table = lexicon.id('\u0000table');
	return tree.nodes.map((node) => {
		const text = comparedText(node);
		const tokens = lexicon.tokens(text);
		const last = tokens.ids.at(-1) ?? 0;
		const length = tokens.ids.length - Number(tokens.ids.length > 1 && endings.includes(last));
		const compared = node.table ? Int32Array.of(table, ...tokens.ids.subarray(0, 4_096)) : tokens.ids;
		const content = contents.contentOf(compared, node.table ? compared.length : length);
		const words = countWords(text, tokens);
		return { node, text, tokens, length, words, content, partner: -1, confidence: 1 };
	});
}

/** Enough to tell a sentence from a scrap; long texts are not counted to the end. */
const WORDS_COUNTED = 16;

function countWords(text: string, tokens: Tokens): number {
	let words = 0;
	for (let i = 0; i < tokens.starts.length && words < WORDS_COUNTED; i++) {
		const code = text.charCodeAt(tokens.starts[i] ?? 0);
		if (
			code > 0x7f ||
			(code >= 0x30 && code <= 0x39) ||
			(code >= 0x41 && code <= 0x5a) ||
			(code >= 0x61 && code <= 0x7a)
		)
			words++;
	}
	return words;
}
