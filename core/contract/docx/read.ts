import { withLimits, type ContractLimits } from '../limits';
import { BlockCounter } from './block-counter';
import { BodyReader } from './body';
import type { Block } from './content';
import { readNumbering, type Numbering } from './numbering';
import { openPackage, type WordPackage } from './package';
import { readFurniture } from './furniture';
import { ParagraphNumbers, withNumbers } from './paragraph-numbers';
import type { LeftOut } from './paragraph-reader';
import { shown, unreadable } from './refusal';
import { noteKey, renderBlocks, type Notes } from './render';
import { readStyles, type StyleSheet } from './styles';
import { assertTextFits } from './text-length';
import { TrackedReader } from './tracked';
import type { TrackedChange } from './tracked-change';
import { View, type DocxView } from './view';
import { readXmlPart, type PartTaker } from './xml';

export interface DocxText {
	/** The document as Markdown that `readDocument` reads: numbers as text, headings, tables; nothing of it is markup of the document. */
	text: string;
	/** What of the document the text lacks, in sentences. */
	warnings: string[];
	/** All tracked changes, whatever the view. */
	tracked: TrackedChange[];
}

/**
 * Reads a Word document (.docx, .docm, .dotx) as a reader sees it in one of its views: `accepted` (after all tracked
 * changes), or `original` and `rejected`, which are the same (before them). Comments, pictures, hidden text and tables
 * of contents are left out; footnotes stand in brackets after their paragraph, headers and footers of the pages as
 * data before the text.
 * @throws DomainError DOCUMENT_UNREADABLE (broken, encrypted, no Word document), INPUT_TOO_LARGE (a limit, by name)
 */
export function readDocx(bytes: Uint8Array, view: DocxView, limits?: Partial<ContractLimits>): DocxText {
	const bounds = withLimits(limits);
	const { file, styles, numbering, warnings } = open(bytes, bounds);
	const seen = new View(view);
	const counter = new BlockCounter(numbering, bounds);
	const body = new BodyReader(styles, seen, bounds.maxColumns, counter);
	const tracked = new TrackedReader(bounds, styles);
	const numbers = new ParagraphNumbers(styles, numbering);
	const notes = readNotes(file, styles, seen, bounds, tracked);
	readBody(file, bounds, {
		element: (element) => {
			body.add(element);
			tracked.add(element, 'document');
			numbers.element(element);
		},
		row: (row) => {
			body.addRow(row);
			tracked.addRow(row, 'document');
			numbers.row(row);
		},
	});
	const { text, contents } = renderBlocks(body.end(), counter, notes, bounds);
	for (const warning of describeLeftOut(body.leftOut, contents)) warnings.add(warning);
	const furniture = readFurniture(file, styles, seen, bounds, tracked);
	return {
		text: furniture + text,
		warnings: [...warnings],
		tracked: withNumbers(tracked.end(), numbers),
	};
}

/**
 * All tracked changes of a Word document in document order, with author and date; those of footnotes, headers and
 * footers behind those of the text.
 * @throws DomainError DOCUMENT_UNREADABLE, INPUT_TOO_LARGE
 */
export function trackedChanges(bytes: Uint8Array, limits?: Partial<ContractLimits>): TrackedChange[] {
	const bounds = withLimits(limits);
	const { file, styles, numbering } = open(bytes, bounds);
	const tracked = new TrackedReader(bounds, styles);
	const numbers = new ParagraphNumbers(styles, numbering);
	for (const part of ['footnotes', 'endnotes'] as const) {
		const name = file[part];
		if (name !== undefined)
			readXmlPart(file.archive, name, `w:${part}`, bounds, (element) => tracked.add(element, part));
	}
	readBody(file, bounds, {
		element: (element) => {
			tracked.add(element, 'document');
			numbers.element(element);
		},
		row: (row) => {
			tracked.addRow(row, 'document');
			numbers.row(row);
		},
	});
	readFurniture(file, styles, new View('accepted'), bounds, tracked);
	return withNumbers(tracked.end(), numbers);
}

function open(
	bytes: Uint8Array,
	limits: ContractLimits,
): { file: WordPackage; styles: StyleSheet; numbering: Numbering; warnings: Set<string> } {
	const file = openPackage(bytes, limits);
	const texts = [file.document, file.footnotes, file.endnotes].flatMap((part) => part ?? []);
	assertTextFits(file.archive, texts, limits);
	const warnings = new Set(file.warnings);
	const styles = readStyles(file, limits);
	return { file, styles, numbering: readNumbering(file, styles, limits, warnings), warnings };
}

function readBody(file: WordPackage, limits: ContractLimits, take: PartTaker): void {
	if (!readXmlPart(file.archive, file.document, 'w:body', limits, take))
		throw unreadable(`its document (${shown(file.document)}) has no body.`);
}

function readNotes(
	file: WordPackage,
	styles: StyleSheet,
	view: View,
	limits: ContractLimits,
	tracked: TrackedReader,
): Notes {
	const notes = new Map<string, Block[]>();
	for (const part of ['footnotes', 'endnotes'] as const) {
		const name = file[part];
		if (name === undefined) continue;
		readXmlPart(file.archive, name, `w:${part}`, limits, (element) => {
			tracked.add(element, part);
			const id = element.attribute('w:id');
			// Separators and notices of continuation are notes too; nobody refers to them.
			if (id === undefined || element.attribute('w:type') !== undefined) return;
			const body = new BodyReader(styles, view, limits.maxColumns);
			for (const child of element.children) body.add(child);
			notes.set(noteKey({ part, id }), body.end());
		});
	}
	return notes;
}

function describeLeftOut(leftOut: LeftOut, contents: number): string[] {
	const sentences: Array<[number, string]> = [
		[leftOut.hidden, `${leftOut.hidden} characters of hidden text are left out.`],
		[contents, `The table of contents (${contents} lines) is left out.`],
		[leftOut.comments, `${leftOut.comments} comments are left out.`],
		[leftOut.pictures, `${leftOut.pictures} pictures are left out; text in them is not read.`],
		[leftOut.embedded, `${leftOut.embedded} embedded documents or objects are left out; text in them is not read.`],
		[
			leftOut.uncounted,
			`${leftOut.uncounted} numbers are fields that keep no text (LISTNUM, AUTONUM); they are left out.`,
		],
	];
	return sentences.flatMap(([count, sentence]) => (count > 0 ? [sentence] : []));
}
