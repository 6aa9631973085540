import fc from 'fast-check';
import { readDocument, type ClauseNode } from '../../../core/contract';
import type { ContractChange, ContractChangeSet } from '../../../core/model';
import { VOCABULARY } from './contract-scripts';
import { document } from './builders';

/** A section of a made-up contract; its number is its place, and so are the numbers of references to it. */
export interface Section {
	heading: string;
	body: string;
	items: string[];
	/** Heading of the section that it refers to. */
	refersTo?: string;
}

export interface Article {
	heading: string;
	sections: Section[];
}

export interface Row {
	site: string;
	seats: number;
	role: string;
}

/** Parties, definitions, articles with sections and lettered items, and a schedule with a table. */
export interface Structured {
	supplier: string;
	terms: Array<{ term: string; meaning: string }>;
	articles: Article[];
	rows: Row[];
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const words = (least: number, most: number): fc.Arbitrary<string[]> =>
	fc.uniqueArray(fc.constantFrom(...VOCABULARY), { minLength: least, maxLength: most });
const sentence = (least: number, most: number): fc.Arbitrary<string> =>
	words(least, most).map((list) => `The ${list.join(' ')} applies.`);
const title = words(2, 3).map((list) => list.map(capital).join(' '));

export const section: fc.Arbitrary<Section> = fc.record({
	heading: title,
	body: sentence(10, 22),
	items: fc.uniqueArray(sentence(7, 12), { maxLength: 3 }),
});

const article: fc.Arbitrary<Article> = fc.record({
	heading: title,
	sections: fc.array(section, { minLength: 1, maxLength: 5 }),
});

const row: fc.Arbitrary<Row> = fc.record({
	site: words(2, 2).map((list) => list.map(capital).join(' ')),
	seats: fc.integer({ min: 1, max: 900 }),
	role: fc.constantFrom('viewer', 'operator', 'admin'),
});

/** Whether no two headings, sentences, terms or sites are the same: then there is one right answer. */
function isDistinct({ articles, terms, rows }: Structured): boolean {
	const sections = articles.flatMap((each) => each.sections);
	const texts = [
		...[...articles, ...sections].map(({ heading }) => heading.split(' ').sort().join(' ')),
		...sections.flatMap(({ body, items }) => [body, ...items]),
		...terms.flatMap(({ term, meaning }) => [term, meaning]),
		...rows.map(({ site }) => site),
	];
	return new Set(texts).size === texts.length;
}

export const structured: fc.Arbitrary<Structured> = fc
	.record({
		supplier: fc.constantFrom('Harbour Cranes Ltd', 'Lumen Data GmbH', 'Kestrel Retail AG', 'Novus Labs Inc.'),
		terms: fc.array(fc.record({ term: title, meaning: sentence(8, 14) }), { minLength: 1, maxLength: 4 }),
		articles: fc.array(article, { minLength: 2, maxLength: 5 }),
		rows: fc.array(row, { minLength: 2, maxLength: 8 }),
	})
	.filter(isDistinct)
	.chain((made) => {
		const headings = made.articles.flatMap(({ sections }) => sections.map(({ heading }) => heading));
		return fc
			.array(fc.tuple(fc.nat(headings.length - 1), fc.nat(headings.length - 1)), { maxLength: 4 })
			.map((pairs) =>
				pairs.reduce<Structured>((each, [from, to]) => referring(each, headings[from], headings[to]), made),
			);
	});

function referring(made: Structured, from: string | undefined, to: string | undefined): Structured {
	if (from === undefined || to === undefined || from === to) return made;
	return everySection(made, (each) => (each.heading === from ? { ...each, refersTo: to } : each));
}

export function everySection(made: Structured, change: (each: Section) => Section): Structured {
	return { ...made, articles: made.articles.map((each) => ({ ...each, sections: each.sections.map(change) })) };
}

export function render(made: Structured): string {
	const numbers = new Map<string, string>();
	made.articles.forEach(({ sections }, at) =>
		sections.forEach(({ heading }, place) => numbers.set(heading, `${at + 1}.${place + 1}`)),
	);
	const sectionText = ({ heading, body, items, refersTo }: Section): string[] => [
		`### ${numbers.get(heading) ?? ''} ${heading}`,
		body + (refersTo !== undefined && numbers.has(refersTo) ? ` Section ${numbers.get(refersTo) ?? ''} prevails.` : ''),
		...items.map((item, place) => `(${'abc'.charAt(place)}) ${item}`),
	];
	return [
		'# Master Agreement',
		`This Agreement is made between ${made.supplier} ("Supplier") and Northpier plc ("Customer").`,
		'## Definitions',
		...made.terms.map(({ term, meaning }) => `"${term}" means this: ${meaning}`),
		...made.articles.flatMap(({ heading, sections }, at) => [
			`## Article ${at + 1} ${heading}`,
			...sections.flatMap(sectionText),
		]),
		'## Schedule A Sites',
		['| Site | Seats | Role |', '| --- | --- | --- |', ...made.rows.map(rowText)].join('\n'),
	].join('\n\n');
}

const rowText = ({ site, seats, role }: Row): string => `| ${site} | ${seats} | ${role} |`;

interface Entry {
	key: string;
	/** Key of the clause that it stands under. */
	above?: string | undefined;
	line: string;
	/** What the line says without the number. */
	text: string;
	number: string;
}

const entry = (key: string, number: string, text: string): Entry => ({ key, number, text, line: `${number}|${text}` });

function said({ heading, text }: ClauseNode): string {
	return [heading, text].filter((part) => part !== undefined && part !== '').join('. ');
}

function entriesOf(text: string): Entry[] {
	const { nodes } = readDocument(document(text));
	return nodes.flatMap((node) =>
		node.table
			? node.table.rows.map((cells) => entry(`row of ${node.key}`, '', cells.join('|')))
			: [{ ...entry(node.key, node.number ?? '', said(node)), above: nodes[node.parent]?.key }],
	);
}

/** Number and words of everything that a contract says, in no order. */
export function linesOf(text: string): string[] {
	return entriesOf(text)
		.map(({ line }) => line)
		.sort();
}

/** A clause that came or went, and the lettered items that it is told with. */
function wholeLines({ clause }: ContractChange, told: string): Entry[] {
	return told.split('\n').map((part, at) => {
		const item = at === 0 ? null : /^(\([a-z]\)) (.*)$/.exec(part);
		if (item) return entry('', item[1] ?? '', item[2] ?? '');
		return entry('', at === 0 ? (clause?.numberAfter ?? clause?.numberBefore ?? '') : '', part);
	});
}

/** Paragraphs are told with the number of the clause that they are part of, and have none themselves. */
function take(list: Entry[], matches: (each: Entry) => boolean, change: ContractChange): Entry {
	const at = list.findIndex(matches);
	const [found] = at < 0 ? [] : list.splice(at, 1);
	if (!found) throw new Error(`${change.op.join('+')} of what is not there: ${JSON.stringify(change)}`);
	return found;
}

const cells = (row: Record<string, string> | undefined): string => Object.values(row ?? {}).join('|');

/** Carries all changes out on the earlier text; throws where one does not fit it. */
export function applyStructured(before: string, { changes }: ContractChangeSet): string[] {
	const list = entriesOf(before);
	const added: Entry[] = [];
	for (const change of changes) {
		const { op, kind, clause, row: told, text } = change;
		if (kind === 'row') {
			if (told?.before) take(list, ({ text: own }) => own === cells(told.before), change);
			if (told?.after) added.push(entry('', '', cells(told.after)));
		} else if (op.includes('removed')) {
			for (const part of wholeLines(change, text?.before ?? ''))
				take(list, (each) => each.text === part.text && (each.number === '' || each.line === part.line), change);
		} else if (op.includes('added')) {
			added.push(...wholeLines(change, text?.after ?? ''));
		} else {
			const was = take(list, ({ key }) => key === clause?.keyBefore, change);
			if (text && was.text !== text.before) throw new Error(`${was.text} is not ${text.before ?? ''}`);
			const renumbered = op.includes('renumbered') && was.number !== '';
			// A body without a number speaks for its heading: what happened to both is one change.
			const heading = list.findIndex(({ key }) => op.includes('renumbered') && !renumbered && key === was.above);
			const title = list[heading];
			if (title) list.splice(heading, 1, entry(title.key, clause?.numberAfter ?? '', title.text));
			added.push(entry('', renumbered ? (clause?.numberAfter ?? '') : was.number, text?.after ?? was.text));
		}
	}
	return [...list, ...added].map(({ line }) => line).sort();
}
