import type { ContractDocument, Quote, Span, TermExtractor } from '../../model';
import { clauseName, splitSentences } from '../dating';
import { readInline, subtree, type ClauseNode, type ContractTree } from '../tree';

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

/** Cuts text of a node into sentences. */
export function sentencesOf(node: ClauseNode, text: string, offset = 0): Sentence[] {
	return splitSentences(text).map(({ start, end }) => ({ node, text: text.slice(start, end), start: offset + start }));
}

/** All that a clause says. */
export function passage(node: ClauseNode): Passage {
	const sentences = subtree(node).flatMap((part) => (part.table ? [] : sentencesOf(part, part.text)));
	return { label: clauseName(node), node, sentences };
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

function byName(tree: ContractTree, wanted: string): ClauseNode[] {
	return withText(tree, (node) => normal(node.heading ?? '') === wanted || normal(node.term ?? '') === wanted);
}

function byNumber(tree: ContractTree, wanted: string): ClauseNode[] {
	return withText(tree, (node) => normal(node.number ?? '') === wanted || normal(clauseName(node)) === wanted);
}

function withText(tree: ContractTree, is: (node: ClauseNode) => boolean): ClauseNode[] {
	return tree.nodes.filter((node) => isNamed(node) && is(node) && passage(node).sentences.length > 0);
}

function isNamed(node: ClauseNode): boolean {
	return node.heading !== undefined || node.term !== undefined || node.number !== undefined;
}

/** The clauses that a name means by their number; none where it is a heading or a defined term. */
export function clausesByNumber(tree: ContractTree, name: string): ClauseNode[] {
	const wanted = normal(name);
	return byName(tree, wanted).length > 0 ? [] : byNumber(tree, wanted);
}

/** The schedules that a name means by their number (`Exhibit A`); none where it is a heading. */
export function schedulesByNumber(tree: ContractTree, name: string): ClauseNode[] {
	const wanted = normal(name);
	if (tree.nodes.some((node) => normal(node.heading ?? '') === wanted)) return [];
	return tree.nodes.filter((node) => normal(node.number ?? '') === wanted);
}

/** Clauses by heading, defined term, number or cover page row; of the nearest kind of match only. */
export function findPassages(tree: ContractTree, name: string): Passage[] {
	const wanted = normal(name);
	for (const tier of [byName, byNumber]) {
		const found = tier(tree, wanted);
		if (found.length > 0) return found.map(passage);
	}
	const opening = tree.nodes.filter((node) => opensWith(node.text, wanted));
	if (opening.length > 0) return opening.map(passage);
	const cells = tablePassages(tree, wanted);
	if (cells.length > 0) return cells;
	return tree.nodes.filter((node) => isNamed(node) && containsWords(normal(node.heading ?? ''), wanted)).map(passage);
}

/** Clauses that define a term, by its name. */
function findDefinitions(tree: ContractTree, name: string): Passage[] {
	const wanted = normal(name);
	return tree.nodes.filter((node) => node.term !== undefined && normal(node.term) === wanted).map(passage);
}

/** Where an extractor looks. `definition` comes before `clause`, and that before `schedule`. */
export function passagesFor(tree: ContractTree, { clause, definition, schedule }: TermExtractor): Passage[] {
	if (definition !== undefined) return findDefinitions(tree, definition);
	if (clause !== undefined) return findPassages(tree, clause);
	return schedule === undefined ? [] : findHeaded(tree, schedule).map(passage);
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
