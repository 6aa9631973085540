import { sha256, type ContractDocument, type Quote, type Span } from '../../model';
import { withLimits, type ContractLimits } from '../limits';
import { readDocument, readInline, type ClauseNode, type ContractTree, type InlineText } from '../tree';
import { splitSentences } from './sentence';

/** A sentence, or a row of a table as `first cell: others`, with the way back to the source. */
export interface SourceSentence {
	text: string;
	node: ClauseNode;
	/** Evidence for `[start, end)` of the text; for all of it by default. */
	quote(start?: number, end?: number): Quote;
}

/** A contract's sentences in order. They are cut when somebody asks, clause by clause. */
export class ContractSource {
	readonly tree: ContractTree;
	readonly #sentences = new Map<number, SourceSentence[]>();
	readonly #longest: number;

	constructor(
		readonly document: ContractDocument,
		tree?: ContractTree,
		limits?: Partial<ContractLimits>,
	) {
		this.tree = tree ?? readDocument(document, limits);
		this.#longest = withLimits(limits).maxSentence;
	}

	/** A source for bare text. */
	static ofText(text: string, limits?: Partial<ContractLimits>): ContractSource {
		return new ContractSource({ sha256: sha256(text), format: 'text', text }, undefined, limits);
	}

	/** Sentences of the clauses whose source matches `wanted` (and of all of them without it). */
	*sentences(wanted?: RegExp): Generator<SourceSentence> {
		for (const node of this.tree.nodes) {
			if (wanted && !wanted.test(this.document.text.slice(node.span.start, node.span.end))) continue;
			yield* this.sentencesOf(node);
		}
	}

	/** Sentences of one clause, with number and heading, without what lies below it. */
	sentencesOf(node: ClauseNode): SourceSentence[] {
		const known = this.#sentences.get(node.index);
		if (known) return known;
		const cut = node.table ? this.#rows(node) : this.#cut(node);
		this.#sentences.set(node.index, cut);
		return cut;
	}

	#cut(node: ClauseNode): SourceSentence[] {
		const { document } = this;
		const inline = readInline(document.text, node.span.start, node.span.end, document.format);
		return splitSentences(inline.text, this.#longest).map(({ start, end }) => ({
			text: inline.text.slice(start, end),
			node,
			quote: (from = 0, to = end - start) => ({
				clause: clauseName(node),
				text: inline.text.slice(start + from, start + to),
				span: spanOf(inline, node, start + from, start + to),
			}),
		}));
	}

	#rows(node: ClauseNode): SourceSentence[] {
		const { table } = node;
		if (!table) return [];
		return [table.columns, ...table.rows].map((cells, index) => {
			const text = `${cells[0] ?? ''}: ${cells.slice(1).join(' | ')}`;
			const span = index === 0 ? node.span : (table.spans[index - 1] ?? node.span);
			return {
				text,
				node,
				quote: (start = 0, end = text.length) => ({ clause: cells[0] ?? '', text: text.slice(start, end), span }),
			};
		});
	}
}

function spanOf(inline: InlineText, node: ClauseNode, start: number, end: number): Span {
	if (end <= start) return node.span;
	return { start: inline.sourceAt(start), end: Math.min(node.span.end, inline.sourceAt(end - 1) + 1) };
}

/** How a person finds a clause: its number and heading, else those around it. */
export function clauseName(node: ClauseNode): string {
	const name = node.heading ?? node.term ?? (node.number === undefined ? node.path.at(-1) : undefined);
	const number = node.number ?? (name === node.path.at(-1) ? node.partOf : undefined);
	return [number, name].filter((part) => part !== undefined).join(' ');
}
