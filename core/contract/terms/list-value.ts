import { columnId } from '../compare/table';
import type { ClauseNode } from '../tree';
import { subtree } from '../tree';
import { checkedEntries, isNegated, readEnumeration, reservation, type Enumeration } from './enumeration';
import type { Passage, Sentence } from './passage';
import { behindWords, problemIn, sentencesNear, valueIn, type Reading, type ReadingContext } from './reading';

/** What introduces a list: the part before it is told apart from its first entry. */
const INTRODUCES =
	/\b(?:shall mean|means?|are|is|comprises?|consists? of|consisting of|includes?|namely|covers?|(?:used|accessed|available|licensed|permitted|distributed|sold|installed|exercised)(?: only| solely)? (?:in|from|within|throughout)|being|limited to|as follows|following|sind|umfasst|umfassen|sont|comprend)\b\s?:?\s?/i;

/** The part of a sentence that lists: behind the words of `near`, a colon, or the verb. */
export function listPart(text: string, near: string | undefined): { lead: string; list: string } {
	const behind = near === undefined ? -1 : behindWords(text, near);
	const from = Math.max(behind, 0);
	const rest = text.slice(from);
	const colon = rest.indexOf(':');
	if (colon >= 0 && colon < rest.length - 1) return { lead: text.slice(0, from + colon), list: rest.slice(colon + 1) };
	const verb = INTRODUCES.exec(rest);
	if (verb && (behind < 0 || verb.index <= 3)) {
		const start = from + verb.index + verb[0].length;
		return { lead: text.slice(0, start), list: text.slice(start) };
	}
	return { lead: text.slice(0, from), list: rest };
}

/** Entries set as items below the clause: `(a) Payroll; (b) Time`. */
function itemsBelow(node: ClauseNode): ClauseNode[] {
	const below = subtree(node).filter((part) => part !== node && !part.table && part.children.length === 0);
	const items = below.filter((part) => part.number !== undefined || part.kind === 'item');
	return items.length >= 2 ? items : [];
}

function itemText(node: ClauseNode): string {
	// `Payroll: runs the payroll`: the heading names the entry.
	return node.heading ?? node.term ?? node.text;
}

function fromItems(items: ClauseNode[], intro: string): Enumeration {
	const doubt = reservation(intro) ?? items.map((item) => reservation(itemText(item))).find((one) => one !== undefined);
	return doubt === undefined ? checkedEntries(items.map(itemText)) : { problem: doubt };
}

/** Cells of the column that the extractor names, or of the only column. */
export function columnCells({ extractor }: ReadingContext, nodes: ClauseNode[]): string[] | undefined {
	const wanted = extractor.columns?.[0] ?? extractor.key;
	for (const { table } of nodes) {
		if (!table) continue;
		const at =
			wanted === undefined
				? table.columns.length === 1
					? 0
					: -1
				: table.columns.findIndex((name) => columnId(name) === columnId(wanted));
		if (at < 0) continue;
		return nodes.flatMap((node) =>
			node.table?.columns.length === table.columns.length ? node.table.rows.map((row) => row[at] ?? '') : [],
		);
	}
	return undefined;
}

function finished(
	context: ReadingContext,
	passage: Passage,
	read: Enumeration,
	sentence: Sentence | undefined,
): Reading {
	if ('problem' in read || !sentence) {
		const why = 'problem' in read ? read.problem : 'the list is empty';
		return problemIn(context, passage, `In the clause "${passage.label}", ${why}.`, sentence);
	}
	return valueIn(context, passage, { type: 'list', value: read.entries }, sentence);
}

/** The sentence that lists: the one with `near`, with a colon, or with several entries. */
function listingSentence(context: ReadingContext, passage: Passage): Sentence | undefined {
	const near = sentencesNear(context, passage);
	if (near.length <= 1 || context.extractor.near !== undefined) return near[0];
	const listing = near.filter(({ text }) => {
		const { lead, list } = listPart(text, undefined);
		return lead !== '' && /[,;]|\b(?:and|or|und|et)\b/.test(list);
	});
	const which = context.extractor.which ?? 'only';
	return which === 'last' ? listing.at(-1) : which === 'first' || listing.length === 1 ? listing[0] : undefined;
}

/** Modules, roles, systems, territories …: from a table's column, items, or a sentence. */
export function readList(context: ReadingContext, passage: Passage): Reading {
	const parts = subtree(passage.node);
	const cells = columnCells(context, parts);
	const quoted: Sentence = passage.sentences[0] ?? { node: passage.node, text: passage.label, start: -1 };
	if (cells) return finished(context, passage, checkedEntries(cells), quoted);
	if (context.extractor.columns) {
		return problemIn(
			context,
			passage,
			`The clause "${passage.label}" has no table with a column "${context.extractor.columns[0] ?? ''}".`,
		);
	}
	const items = context.extractor.near === undefined && quoted.start >= 0 ? itemsBelow(passage.node) : [];
	if (items.length > 0) {
		if (isNegated(passage.node.text))
			return problemIn(context, passage, `In the clause "${passage.label}", the list is negated.`);
		return finished(context, passage, fromItems(items, passage.node.text), quoted);
	}
	const sentence = listingSentence(context, passage);
	if (!sentence)
		return problemIn(
			context,
			passage,
			`The clause "${passage.label}" does not say which of its sentences is the list.`,
		);
	const { lead, list } = listPart(sentence.text, context.extractor.near);
	if (isNegated(lead))
		return problemIn(context, passage, `In the clause "${passage.label}", the list is negated.`, sentence);
	return finished(context, passage, readEnumeration(list), sentence);
}
