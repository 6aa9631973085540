import type { KnownNames } from './anchor-name';
import type { DateExpression } from './expression';
import { ExpressionReader } from './read-expression';
import type { ContractSource, SourceSentence } from './source';
import { subjectAt } from './subject';
import { TokenList } from './token';

/** The date that a document bears: in its opening words, or on a line of its own at the top. */
export interface DocumentDate {
	expression: DateExpression;
	/** `made`: made, entered into, dated. `effective`: only said to have effect as of that day. */
	manner: 'made' | 'effective';
	/** Whether the words are `as of`, which need not be the day of signature. */
	asOf: boolean;
	sentence: SourceSentence;
	/** Offsets of the words in the sentence. */
	start: number;
	end: number;
}

const SEARCHED_NODES = 60;
const LEADS = new Set('made entered dated executed effective concluded signed'.split(' '));
const BETWEEN = new Set(
	'into and as of on this the in for all purposes respects is effective dated made entered executed delivered at by upon with effect from to be'.split(
		' ',
	),
);
const MOST_BETWEEN = 14;

/** The words from `made`, `dated`, `effective` … up to the date behind them, if one follows directly. */
function readLead(
	reader: ExpressionReader,
	at: number,
): { expression: DateExpression; next: number; asOf: boolean } | undefined {
	const { list } = reader;
	let asOf = false;
	for (let next = at + 1; next <= at + MOST_BETWEEN && next < list.length; next++) {
		const read = reader.read(next);
		if (read && !isOwnDate(read.expression)) return { expression: read.expression, next: read.next, asOf };
		const word = list.word(next);
		if (!BETWEEN.has(word) && word !== ',' && word !== ':') return undefined;
		asOf ||= word === 'as';
	}
	return undefined;
}

/** `dated as of the date hereof` would lead in a circle. */
function isOwnDate(expression: DateExpression): boolean {
	return expression.kind === 'anchor' && expression.name === 'date of this document';
}

function readSentence(
	sentence: SourceSentence,
	own: 'amendment' | 'agreement',
	known: KnownNames | undefined,
): DocumentDate[] {
	const list = new TokenList(sentence.text);
	const reader = new ExpressionReader(list, known);
	const found: DocumentDate[] = [];
	for (let at = 0; at < list.length; at++) {
		const word = list.word(at);
		const label = at === 0 && word === 'date' && list.word(1) === ':';
		if (!LEADS.has(word) && !label) continue;
		const lead = readLead(reader, at);
		if (!lead) continue;
		const opens = at === 0 || label;
		if (list.quoted(at) || (!opens && subjectAt(list, at, own) !== 'this')) continue;
		const words = list.tokens.slice(at, lead.next).map(({ lower }) => lower);
		const made = words.some((one) => LEADS.has(one) && one !== 'effective') || label;
		found.push({
			expression: lead.expression,
			manner: made ? 'made' : 'effective',
			asOf: lead.asOf || words.includes('effective'),
			sentence,
			...list.place(at, lead.next),
		});
		at = lead.next - 1;
	}
	return found;
}

/** Dates that the opening of a document bears, in order. */
export function readDocumentDates(
	source: ContractSource,
	own: 'amendment' | 'agreement',
	known?: KnownNames,
): DocumentDate[] {
	const found: DocumentDate[] = [];
	for (const node of source.tree.nodes.slice(0, SEARCHED_NODES)) {
		if (node.kind === 'signature') break;
		const raw = source.document.text.slice(node.span.start, node.span.end);
		if (!/made|entered|dated|executed|effective|concluded|signed|^\W{0,8}date/i.test(raw)) continue;
		for (const sentence of source.sentencesOf(node)) found.push(...readSentence(sentence, own, known));
	}
	return found;
}

const AMENDMENT_TITLE = /\b(?:amendment|addendum|supplement|endorsement|nachtrag|avenant)\b/i;
const THIS_AMENDMENT =
	/\bthis (?:[\p{L}]{1,12} ){0,2}(?:amendment|addendum|supplement|endorsement)\b|^\W{0,4}(?:[\p{L}]{1,12} )?amendment\b/imu;

/** Whether a document is an amendment, by its title or opening words. */
export function isAmendment(source: ContractSource): boolean {
	if (AMENDMENT_TITLE.test(source.tree.title.slice(0, 200))) return true;
	const opening = source.tree.nodes
		.slice(0, 20)
		.map((node) => source.document.text.slice(node.span.start, Math.min(node.span.end, node.span.start + 800)))
		.join('\n');
	return THIS_AMENDMENT.test(opening.slice(0, 6_000));
}
