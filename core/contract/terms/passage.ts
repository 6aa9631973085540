import type { ContractDocument, Quote, Span } from '../../model';
import { readInline } from '../inline';
import { subtree } from '../read';
import { isMonthName } from './date';
import type { ClauseNode, ContractTree } from '../tree';

/** A version with its tree. */
export interface Version {
	tree: ContractTree;
	document: ContractDocument;
}

/** A sentence of a clause. */
export interface Sentence {
	node: ClauseNode;
	text: string;
	/** Offset in the node's text. */
	start: number;
}

/** A clause that a name led to, with the sentences of it and of everything below it. */
export interface Passage {
	label: string;
	node: ClauseNode;
	sentences: Sentence[];
}

function normal(name: string): string {
	return name
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\s"'.:]+/g, ' ')
		.trim();
}

function label(node: ClauseNode): string {
	const name = node.heading ?? node.term ?? (node.number === undefined ? node.path.at(-1) : undefined);
	return [node.number ?? (name === node.path.at(-1) ? node.partOf : undefined), name]
		.filter((part) => part !== undefined)
		.join(' ');
}

const ABBREVIATION =
	/(?:\b(?:no|inc|ltd|co|corp|art|sec|mr|mrs|dr|vs|e\.g|i\.e|approx|sept|jan|feb|mar|apr|aug|oct|nov|dec)|\b[a-z])$/i;

/** The full stop of `3. März` ends no sentence. */
function isDayOfMonth(text: string, at: number): boolean {
	return (
		/[0-9]$/.test(text.slice(Math.max(0, at - 1), at)) &&
		isMonthName(/^\p{L}{0,12}/u.exec(text.slice(at + 2, at + 14))?.[0] ?? '')
	);
}

/** Cuts text at full stops that end a sentence. */
export function sentencesOf(node: ClauseNode, text: string, offset = 0): Sentence[] {
	const sentences: Sentence[] = [];
	let start = 0;
	for (let at = 0; at < text.length; at++) {
		const mark = text.charAt(at);
		if ((mark !== '.' && mark !== '?' && mark !== '!') || text.charAt(at + 1) !== ' ') continue;
		const next = text.charAt(at + 2);
		if (next === next.toLowerCase() && next !== '"' && next !== '(') continue;
		if (mark === '.' && ABBREVIATION.test(text.slice(Math.max(0, at - 8), at))) continue;
		if (isDayOfMonth(text, at)) continue;
		sentences.push({ node, text: text.slice(start, at + 1), start: offset + start });
		start = at + 2;
	}
	if (start < text.length) sentences.push({ node, text: text.slice(start), start: offset + start });
	return sentences;
}

function passage(node: ClauseNode): Passage {
	const sentences = subtree(node).flatMap((part) => (part.table ? [] : sentencesOf(part, part.text)));
	return { label: label(node), node, sentences };
}

function containsWords(name: string, wanted: string): boolean {
	return ` ${name.replace(/[^\p{L}\p{N}]+/gu, ' ')} `.includes(` ${wanted.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `);
}

/** Values in two-column tables of a cover page: `| Licensed Users | 25 |`. */
function tablePassages(tree: ContractTree, wanted: string): Passage[] {
	return tree.nodes.flatMap((node) =>
		[node.table?.columns ?? [], ...(node.table?.rows ?? [])]
			.filter((cells) => cells.length === 2 && normal(cells[0] ?? '') === wanted && cells[1] !== '')
			.map((cells) => ({ label: cells[0] ?? '', node, sentences: [{ node, text: cells[1] ?? '', start: -1 }] })),
	);
}

/** `3.1 Licensed users. There are …`: not set as a heading, and yet it is one. */
function opensWith(text: string, wanted: string): boolean {
	const head = text.slice(0, wanted.length + 4).toLowerCase();
	return head.startsWith(wanted) && /^[.:\u2014-]/.test(head.slice(wanted.length).trimStart());
}

/** Clauses by heading, defined term, number or cover page row; of the nearest kind of match only. */
export function findPassages(tree: ContractTree, name: string): Passage[] {
	const wanted = normal(name);
	const named = tree.nodes.filter(
		(node) => node.heading !== undefined || node.term !== undefined || node.number !== undefined,
	);
	const tiers: Array<(node: ClauseNode) => boolean> = [
		(node) => normal(node.heading ?? '') === wanted || normal(node.term ?? '') === wanted,
		(node) => normal(node.number ?? '') === wanted || normal(label(node)) === wanted,
	];
	for (const tier of tiers) {
		const found = named.filter(tier).filter((node) => passage(node).sentences.length > 0);
		if (found.length > 0) return found.map(passage);
	}
	const opening = tree.nodes.filter((node) => opensWith(node.text, wanted));
	if (opening.length > 0) return opening.map(passage);
	const cells = tablePassages(tree, wanted);
	if (cells.length > 0) return cells;
	return named.filter((node) => containsWords(normal(node.heading ?? ''), wanted)).map(passage);
}

/** Nodes whose heading names a schedule: exactly, else containing the words. */
export function findHeaded(tree: ContractTree, name: string): ClauseNode[] {
	const wanted = normal(name);
	const full = (node: ClauseNode): string =>
		normal([node.number, node.heading].filter((part) => part !== undefined).join(' '));
	const headed = tree.nodes.filter((node) => node.heading !== undefined || node.kind === 'schedule');
	const exact = headed.filter(
		(node) => normal(node.heading ?? '') === wanted || full(node) === wanted || normal(node.number ?? '') === wanted,
	);
	return exact.length > 0 ? exact : headed.filter((node) => containsWords(full(node), wanted));
}

const MOST_NAMED = 5;

/** Headings that share a word with the wanted one, else the first ones: what a person would look at next. */
export function nearbyHeadings(tree: ContractTree, name: string): string {
	const words = new Set(
		normal(name)
			.split(' ')
			.filter((word) => word.length > 2),
	);
	const names = [
		...new Set(tree.nodes.map((node) => node.heading ?? node.term ?? '').filter((heading) => heading !== '')),
	];
	const shares = (heading: string): boolean =>
		normal(heading)
			.split(' ')
			.some((word) => words.has(word));
	const near = names.filter(shares);
	const shown = (near.length > 0 ? near : names).slice(0, MOST_NAMED).map((heading) => `"${heading.slice(0, 60)}"`);
	return shown.length > 0 ? `Headings there: ${shown.join(', ')}.` : 'The document has no headings.';
}

/** Evidence: the sentence and where it stands in the source. */
export function quoteOf(document: ContractDocument, from: Passage, sentence: Sentence): Quote {
	return { clause: from.label, text: sentence.text, span: sentenceSpan(document, sentence) };
}

/** A node's text is the end of its block's clean text, so its offsets count from the back. */
function sentenceSpan(document: ContractDocument, { node, text, start }: Sentence): Span {
	if (start < 0) return node.span;
	const inline = readInline(document.text, node.span.start, node.span.end, document.format);
	const shift = inline.text.length - node.text.length;
	if (shift < 0) return node.span;
	const first = inline.sourceAt(shift + start);
	return { start: first, end: Math.min(node.span.end, inline.sourceAt(shift + start + text.length - 1) + 1) };
}
