import type { ContractDocument, Span } from '../../../model';
import { readDocument, type ClauseNode, type ContractTree } from '../../tree';
import type { ContractLimits } from '../../limits';
import { isHardWrapped } from '../text/hard-wrap';
import { flat, plainText, type Plain } from '../text/plain';
import { openRunIns } from './run-in';
import { bareLabel, labelValues, neighbours, sameLabel } from './labels';

const SIGNING =
	/^in witness whereof|^(?:by|name|title|signed|signature):|\/s\/|^(?:agreed|accepted)(?: and (?:agreed|accepted))?:|\bthrough their (?:duly )?authori[sz]ed (?:representatives|officers)\b|^the parties (?:hereto )?have (?:caused|executed|signed)/i;

/** The first paragraph behind the last clause that belongs to the signatures. */
function isClosing(node: ClauseNode): boolean {
	return (
		node.number === undefined &&
		(node.kind === 'signature' || SIGNING.test(`${node.heading ?? ''} ${node.text}`.trim()))
	);
}

/** The last node below a clause. */
function lastBelow(node: ClauseNode): ClauseNode {
	let last = node;
	for (let child = last.children.at(-1); child; child = last.children.at(-1)) last = child;
	return last;
}

/** The agreement with what finding a place in it needs. */
export class Base {
	readonly tree: ContractTree;
	readonly #breaks: boolean;
	readonly #furniture = new Set<number>();
	readonly #byNumber = new Map<string, ClauseNode[]>();
	readonly #schedules: ClauseNode[];
	#opened: Base | null | undefined;

	constructor(
		readonly document: ContractDocument,
		private readonly limits?: Partial<ContractLimits>,
		/** Its text as the outline is read from it: of the same length, with other white space. */
		outlined = document.text,
	) {
		this.tree = readDocument({ ...document, text: outlined }, limits);
		this.#breaks = !isHardWrapped(document.text);
		this.#schedules = this.tree.nodes.filter((node) => node.kind === 'schedule');
		this.#findFurniture();
		for (const node of this.nodes) this.#addNumber(node);
	}

	/** Articles are found by their value too: `IV` under 4. */
	#addNumber(node: ClauseNode): void {
		if (node.number === undefined) return;
		const bare = bareLabel(node.number).toLowerCase();
		const keys = [bare, ...(/^(?:article|part|chapter)\b/i.test(node.number) ? labelValues(bare).map(String) : [])];
		for (const key of new Set(keys)) {
			const same = this.#byNumber.get(key);
			if (same) same.push(node);
			else this.#byNumber.set(key, [node]);
		}
	}

	/** The agreement with headings and numbers that were run into other lines on lines of their own; undefined where none are. */
	get opened(): Base | undefined {
		if (this.#opened === undefined) {
			const outlined = openRunIns(this.document);
			this.#opened = outlined === undefined ? null : new Base(this.document, this.limits, outlined);
		}
		return this.#opened ?? undefined;
	}

	get nodes(): ClauseNode[] {
		return this.tree.nodes;
	}

	plain(span: Span): Plain {
		return plainText(this.document.text, span, this.document.format, this.#breaks);
	}

	words(span: Span): string {
		return flat(this.plain(span).text);
	}

	isFurniture(node: ClauseNode): boolean {
		return this.#furniture.has(node.index);
	}

	/** The schedule a clause stands in, or undefined for the body of the agreement. */
	scheduleOf(node: ClauseNode): ClauseNode | undefined {
		for (let up: ClauseNode | undefined = node; up; up = this.nodes[up.parent]) if (up.kind === 'schedule') return up;
		return undefined;
	}

	/** A schedule runs up to the next one, however its own headings are nested. */
	scheduleSpan(schedule: ClauseNode): Span {
		const next = this.#schedules.find((other) => other.span.start > schedule.span.start);
		const last = this.nodes.findLast(
			(node) => node.span.start < (next?.span.start ?? Infinity) && !this.isFurniture(node),
		);
		return { start: schedule.span.start, end: Math.max(schedule.span.end, last?.span.end ?? 0) };
	}

	/**
	 * A clause with all that belongs to it. Paragraphs without a number behind it belong to it where the next number
	 * follows on its own; page headers and footers at its end do not.
	 */
	extent(node: ClauseNode): Span {
		let last = lastBelow(node).index;
		const next = this.#firstFrom(
			last + 1,
			(one) => one.number !== undefined || one.kind === 'schedule' || one.kind === 'heading',
		);
		const follows =
			next?.parent === node.parent &&
			node.number !== undefined &&
			neighbours(node.number, 1).some((label) => sameLabel(next.number, label));
		if (follows) last = next.index - 1;
		const closing = this.#firstFrom(node.index + 1, isClosing, last);
		if (closing) last = closing.index - 1;
		const own = node.text === '' ? this.#firstFrom(node.index + 1, (one) => !this.isFurniture(one), last) : node;
		// What a clause consists of stands there itself, however often it comes: `Not applicable here.`
		if (own) while (last > node.index && this.isFurniture(this.nodes[last] ?? node)) last--;
		return { start: node.span.start, end: Math.max(node.span.end, this.nodes[last]?.span.end ?? 0) };
	}

	#firstFrom(from: number, wanted: (node: ClauseNode) => boolean, to = this.nodes.length - 1): ClauseNode | undefined {
		for (let index = from; index <= to; index++) {
			const node = this.nodes[index];
			if (node && wanted(node)) return node;
		}
		return undefined;
	}

	/** Clauses that print this number, in whatever dress. */
	numbered(part: string): ClauseNode[] {
		return this.#byNumber.get(bareLabel(part).toLowerCase()) ?? [];
	}

	/** Place in `nodes` of the first clause that starts at an offset or behind it. */
	indexAt(offset: number): number {
		let low = 0;
		let high = this.nodes.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.nodes[middle]?.span.start ?? 0) >= offset) high = middle;
			else low = middle + 1;
		}
		return low;
	}

	/** Clauses inside a stretch of the source. */
	within(span: Span): ClauseNode[] {
		const found: ClauseNode[] = [];
		for (let index = this.indexAt(span.start); index < this.nodes.length; index++) {
			const node = this.nodes[index];
			if (!node || node.span.start >= span.end) break;
			if (node.span.end <= span.end) found.push(node);
		}
		return found;
	}

	/** Page headers and footers: short paragraphs that come again and again. */
	#findFurniture(): void {
		const seen = new Map<string, ClauseNode[]>();
		for (const node of this.nodes) {
			if (node.kind !== 'paragraph' && node.kind !== 'heading') continue;
			const words = [node.heading ?? '', node.text].join(' ').trim();
			if (/^[-\u2014 ]{0,3}\d{1,3}[-\u2014 ]{0,3}$/.test(words)) this.#furniture.add(node.index);
			if (words.length > 600 || (words.match(/\p{L}{2,}/gu)?.length ?? 0) < 2) continue;
			const key = words.replace(/\d+/g, '0');
			const same = seen.get(key);
			if (same) same.push(node);
			else seen.set(key, [node]);
		}
		for (const nodes of seen.values()) if (nodes.length >= 3) for (const node of nodes) this.#furniture.add(node.index);
	}

	/** Source offsets where a clause's number ends, and where its own text begins behind number and heading. */
	opening(node: ClauseNode): { label: number; body: number; labelText: string } {
		const plain = this.plain(node.span);
		const text = flat(plain.text);
		const content = node.heading ?? node.text;
		const at =
			node.number === undefined ? 0 : content === '' ? text.length : text.slice(0, 160).indexOf(content.slice(0, 24));
		const label = Math.max(0, at);
		const body =
			node.text === ''
				? text.length
				: text.endsWith(node.text)
					? text.length - node.text.length
					: text.indexOf(node.text.slice(0, 40), label);
		return {
			label: plain.sourceAt(label),
			body: body < 0 ? plain.sourceAt(label) : body >= text.length ? node.span.end : plain.sourceAt(body),
			labelText: text.slice(0, label),
		};
	}
}
