import type { Lexicon, Tokens } from './tokens';
import type { ClauseNode, ContractTree } from '../tree';

/** A node as the comparison sees it. Its text is cut into tokens only when somebody asks: most clauses stay as they were. */
export class Unit {
	/** Heading and text as one; the number stays out. */
	readonly text: string;
	/** Equal for units of equal content, in both versions. */
	content = 0;
	/** The unit of the other version, -1 while unpaired. */
	partner = -1;
	/** How sure the pairing is, 0 to 1. */
	confidence = 1;
	/** Why the pairing might be wrong, where another clause would have done as well. */
	doubt: string | undefined;
	/** What it is likened by; see features.ts. */
	features: Int32Array | undefined;
	readonly #lexicon: Lexicon;
	#tokens: Tokens | undefined;

	constructor(
		readonly node: ClauseNode,
		lexicon: Lexicon,
	) {
		this.#lexicon = lexicon;
		this.text = comparedText(node);
	}

	get tokens(): Tokens {
		this.#tokens ??= this.#lexicon.tokens(this.text);
		return this.#tokens;
	}

	/** Tokens that count for equality: without the full stop or semicolon at the end. */
	get length(): number {
		const { ids } = this.tokens;
		const last = ids.at(-1);
		const ends = ids.length > 1 && (last === this.#lexicon.id('.') || last === this.#lexicon.id(';'));
		return ids.length - Number(ends);
	}

	/** Words among the tokens: a redaction (`[***]`) has none and identifies nothing. */
	get words(): number {
		return countWords(this.text, this.tokens);
	}
}

/** Pairs two units. */
export function link(unit: Unit, other: Unit, confidence: number): void {
	unit.partner = other.node.index;
	other.partner = unit.node.index;
	unit.confidence = confidence;
	other.confidence = confidence;
}

/** Parts two units that were paired. */
export function unlink(unit: Unit, other: Unit): void {
	for (const each of [unit, other]) {
		each.partner = -1;
		each.confidence = 1;
	}
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

export function readUnits(tree: ContractTree, lexicon: Lexicon): Unit[] {
	return tree.nodes.map((node) => new Unit(node, lexicon));
}

/**
 * Gives units of equal content equal numbers. A text that both versions have to the letter needs no look at its
 * tokens; the others are compared token by token, so that blanks and a full stop at the end make no difference.
 */
export function assignContents(before: Unit[], after: Unit[]): void {
	const literal = new Map<string, number>();
	for (const unit of before) literal.set(literalKey(unit), 0);
	let last = 0;
	for (const unit of after) if (literal.get(literalKey(unit)) === 0) literal.set(literalKey(unit), ++last);
	const contents = new ContentIndex();
	for (const unit of [...before, ...after]) {
		const known = literal.get(literalKey(unit)) ?? 0;
		unit.content =
			known > 0 ? known : -contents.contentOf(unit.tokens.ids, unit.length) * 2 - Number(unit.node.table !== undefined);
	}
}

function literalKey(unit: Unit): string {
	return unit.node.table ? `\u0000${unit.text}` : unit.text;
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
