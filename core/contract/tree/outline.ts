import type { Block } from './block';
import { BOLD_HEADING_RANK, KINDS, PLAIN_HEADING_RANK, RANKS, unnumberedKind } from './clause-kind';
import { definedTerm } from './definition';
import { isStandaloneHeading, splitHeading, stripHeadingEnd } from './heading';
import type { Label } from './label';
import type { DocumentFormat } from '../../model';
import type { ClauseKind, ClauseNode } from './node';

interface Open {
	node: ClauseNode;
	/** Rank of headings: lower is further out. Infinity for labelled clauses and list items. */
	rank: number;
	label?: Label;
	list: number;
}

function follows(open: Open, label: Label): boolean {
	const last = open.label?.parts.at(-1);
	return last !== undefined && last + 1 === label.parts.at(-1);
}

/** Nests blocks into clauses by heading level, number style and list depth. */
export class Outline {
	readonly nodes: ClauseNode[] = [];
	readonly #open: Open[] = [];
	#tooDeep = false;

	constructor(
		private readonly format: DocumentFormat,
		private readonly maxDepth: number,
	) {}

	get tooDeep(): boolean {
		return this.#tooDeep;
	}

	add(block: Block): void {
		if (block.kind === 'metadata' || block.kind === 'table') this.#attach(block, block.kind);
		else if (block.kind === 'heading') this.#heading(block, block.level);
		else if (block.kind === 'item') this.#item(block);
		else this.#paragraph(block);
	}

	#heading(block: Block, rank: number): void {
		this.#popTo((open) => open.rank < rank);
		const kind = (block.label && KINDS.get(block.label.style)) ?? 'heading';
		const text = block.label ? block.text.slice(block.label.length) : block.text;
		const node = this.#node(block, kind, { heading: stripHeadingEnd(text), text: '' }, block.label?.display);
		this.#push({ node, rank, list: 0, ...(block.label ? { label: block.label } : {}) });
	}

	#item(block: Block): void {
		if (this.#open.some((open) => open.list === block.list)) this.#popTo((open) => open.list === block.list, true);
		else this.#popTo((open) => (block.outerList === 0 ? open.list === 0 : open.list === block.outerList));
		const outer = this.#open.at(-1);
		const ordinal = block.ordinal;
		const label = block.label;
		const number = ordinal === undefined ? label?.display : this.#composed(outer, ordinal);
		const text = label ? block.text.slice(label.length) : block.text;
		const term = definedTerm(text, block.leadEnd);
		const split =
			block.level > 0
				? { heading: stripHeadingEnd(text), text: '' }
				: splitHeading(text, block.leadEnd - (label?.length ?? 0), ordinal !== undefined);
		const numbered = ordinal !== undefined && (block.outerList === 0 || number?.includes('.') === true);
		const kind = term !== undefined ? 'definition' : numbered ? 'clause' : 'item';
		const node = this.#node(block, kind, term === undefined ? split : { text }, number, term);
		const parts = number?.split('.').map(Number);
		this.#push({
			node,
			rank: Infinity,
			list: block.list,
			...(parts && number !== undefined
				? { label: { style: 'decimal' as const, display: number, parts, length: 0 } }
				: {}),
		});
	}

	/** A list in a list reads on paper as `4.2`: that is how contracts cite it. */
	#composed(outer: Open | undefined, ordinal: number): string {
		const above = outer && outer.list > 0 ? outer.node.number : undefined;
		return above !== undefined && /^[0-9.]+$/.test(above) ? `${above}.${ordinal}` : String(ordinal);
	}

	#paragraph(block: Block): void {
		const label = block.label ? this.#resolve(block.label, block.list) : undefined;
		const text = label ? block.text.slice(label.length) : block.text;
		const leadEnd = Math.max(0, block.leadEnd - (label?.length ?? 0));
		const rank = label ? RANKS.get(label.style) : undefined;
		if (label && rank !== undefined) {
			this.#popTo((open) => open.rank < rank);
			const node = this.#node(
				block,
				KINDS.get(label.style) ?? 'heading',
				splitHeading(text, leadEnd, true),
				label.display,
			);
			return this.#push({ node, rank, list: 0, label });
		}
		const term = definedTerm(text, leadEnd);
		if (label) return this.#labelled(block, label, text, leadEnd, term);
		if (term !== undefined) return this.#attach(block, 'definition', { text }, term);
		const kind = unnumberedKind(text, this.nodes.length);
		if (kind) return this.#attach(block, kind);
		if (this.#plainHeading(block, text)) return;
		this.#attach(block, 'paragraph', splitHeading(text, leadEnd, false));
	}

	/** A line of its own, in capitals or bold, is a heading without a number. */
	#plainHeading(block: Block, text: string): boolean {
		const bold = this.format === 'markdown' && block.leadEnd >= text.length && text.length <= 120;
		if (block.list > 0 || (!bold && (this.format === 'markdown' || !isStandaloneHeading(text)))) return false;
		const rank = bold ? BOLD_HEADING_RANK : PLAIN_HEADING_RANK;
		this.#popTo(
			(open) => open.rank < rank || (bold && open.label?.style === 'decimal' && open.list === 0 && open.rank <= 6),
		);
		this.#push({ node: this.#node(block, 'heading', { heading: stripHeadingEnd(text), text: '' }), rank, list: 0 });
		return true;
	}

	#labelled(block: Block, label: Label, text: string, leadEnd: number, term: string | undefined): void {
		this.#place(label, block.list);
		const kind = term !== undefined ? 'definition' : (KINDS.get(label.style) ?? 'item');
		const split = term === undefined ? splitHeading(text, leadEnd, true) : { text };
		this.#push({ node: this.#node(block, kind, split, label.display, term), rank: Infinity, list: 0, label });
	}

	/** `(i)` is a letter after `(h)` and a numeral otherwise. */
	#resolve(label: Label, list: number): Label {
		if (label.letter === undefined) return label;
		const style = label.style === 'roman' ? 'lower' : label.style;
		const letter: Label = { ...label, style, parts: [label.letter] };
		const numeralRuns = this.#scope(list).some((open) => open.label?.style === label.style && follows(open, label));
		const letterRuns = this.#scope(list).some((open) => open.label?.style === style && follows(open, letter));
		if (label.style === 'roman') return letterRuns && !numeralRuns ? letter : label;
		return label.parts[0] === 1 || numeralRuns ? label : letter;
	}

	/** Open clauses that a labelled paragraph can stand beside: those since the last heading, or since its list item. */
	#scope(list: number): Open[] {
		let from = this.#open.length;
		while (from > 0) {
			const open = this.#open[from - 1];
			if (!open || open.rank !== Infinity || (list > 0 && open.list === list)) break;
			from--;
		}
		return this.#open.slice(from);
	}

	/** Closes what a labelled paragraph ends: its elder sibling if it has one, else nothing (it begins a new level). */
	#place(label: Label, list: number): void {
		if (list === 0) this.#popTo((open) => open.list === 0 || open.rank !== Infinity);
		const scope = this.#scope(list);
		if (label.style === 'decimal' && label.parts.length > 1) {
			const above = scope.findLast(
				({ label: open }) =>
					(open?.style === 'decimal' || open?.style === 'section') && isPrefix(open.parts, label.parts),
			);
			const base = this.#open.length - scope.length;
			this.#open.length = above ? this.#open.indexOf(above) + 1 : base;
			return;
		}
		const same = scope.filter(
			(open) => open.label?.style === label.style && open.label.parts.length === label.parts.length,
		);
		const elder = same.findLast((open) => follows(open, label)) ?? (label.parts.at(-1) === 1 ? undefined : same.at(-1));
		if (elder) this.#open.length = this.#open.indexOf(elder);
		else if (label.style === 'decimal' || label.style === 'section')
			this.#open.length -= scope.length * Number(label.parts.at(-1) !== 1);
	}

	/** Hangs a block without number under the clause that it continues. */
	#attach(
		block: Block,
		kind: ClauseKind,
		split: { heading?: string; text: string } = { text: block.text },
		term?: string,
	): void {
		if (block.list === 0) this.#popTo((open) => open.list === 0 || this.#isBareHeading(open, kind));
		else if (this.#open.some((open) => open.list === block.list)) this.#popTo((open) => open.list === block.list);
		const parent = this.#open.findLast((open) => this.#carries(open, block));
		this.#node(block, kind, split, undefined, term, parent?.node ?? null);
	}

	/** `1. Term` as a list item of its own is a heading to a reader: the flush text below it is what the clause says. */
	#isBareHeading({ node, list, label }: Open, kind: ClauseKind): boolean {
		const numbered = list > 0 && node.kind === 'clause' && label?.parts.length === 1;
		return numbered && node.heading !== undefined && node.text === '' && (kind === 'paragraph' || kind === 'table');
	}

	/** Flush text after `(a) … (b) …` goes on with the clause around the letters. */
	#carries(open: Open, block: Block): boolean {
		if (open.rank !== Infinity || open.list > 0 || block.list > 0) return true;
		return open.label?.style === 'decimal' || open.label?.style === 'section' || open.label?.style === 'upper';
	}

	#popTo(keep: (open: Open) => boolean, including = false): void {
		for (let last = this.#open.at(-1); last && !keep(last); last = this.#open.at(-1)) this.#open.pop();
		if (including) this.#open.pop();
	}

	#push(open: Open): void {
		if (open.node.depth + 1 < this.maxDepth) this.#open.push(open);
		else this.#tooDeep = true;
	}

	#node(
		block: Block,
		kind: ClauseKind,
		split: { heading?: string; text: string },
		number?: string,
		term?: string,
		under?: ClauseNode | null,
	): ClauseNode {
		const parent = under === undefined ? this.#open.at(-1)?.node : (under ?? undefined);
		const node: ClauseNode = {
			index: this.nodes.length,
			parent: parent?.index ?? -1,
			key: '',
			kind,
			text: split.text,
			span: block.span,
			extent: block.span,
			path: parent ? [...parent.path, parent.heading ?? parent.number ?? ''].filter((name) => name !== '') : [],
			depth: parent ? parent.depth + 1 : 0,
			links: block.links,
			children: [],
			...(number !== undefined ? { number } : parent?.number !== undefined ? { partOf: parent.number } : {}),
			...(split.heading !== undefined && split.heading !== '' ? { heading: split.heading } : {}),
			...(term !== undefined ? { term } : {}),
			...(block.table ? { table: block.table } : {}),
		};
		this.nodes.push(node);
		parent?.children.push(node);
		return node;
	}
}

function isPrefix(short: number[], long: number[]): boolean {
	// `12.0` heads `12.1`: the zero is decoration.
	const parts = short.at(-1) === 0 ? short.slice(0, -1) : short;
	return parts.length < long.length && long.at(-1) !== 0 && parts.every((part, index) => part === long[index]);
}
