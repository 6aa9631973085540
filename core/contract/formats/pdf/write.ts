import { escapeInline } from '../escape';
import { Rendition, type Marker } from '../rendition';
import { Runs } from '../runs';
import type { PdfBlock } from './block';
import { lineText, type PdfLine } from './page';
import { joinLines, Vocabulary } from './words';

const BULLET =
	/^[-*+\u2022\u25cf\u25cb\u25e6\u25aa\u25ab\u25a0\u25a1\u2013\u2014\u00b7\u2219\uf0b7\uf0a7\uf0d8o\u2043\u27a2\u2713]$/;

export function markerOf(printed: string): Marker {
	const ordinal = /^([0-9]{1,9})\.$/.exec(printed)?.[1];
	if (ordinal !== undefined) return { ordinal: Number(ordinal) };
	return BULLET.test(printed) ? { bullet: true } : { label: escapeInline(printed) };
}

function runsOf(lines: readonly PdfLine[], vocabulary: Vocabulary): Runs {
	const runs = new Runs();
	for (const { text, bold } of joinLines(lines, vocabulary)) runs.add(text, bold);
	return runs;
}

function vocabularyOf(blocks: readonly PdfBlock[]): Vocabulary {
	const vocabulary = new Vocabulary();
	for (const { lines, rows } of blocks) {
		vocabulary.learnLines(lines.map((line) => lineText(line.pieces)));
		for (const cell of rows?.flat() ?? []) vocabulary.learnLines(cell.map((line) => lineText(line.pieces)));
	}
	return vocabulary;
}

/** Blocks as the Markdown rendition. */
export function writeBlocks(blocks: readonly PdfBlock[]): string {
	const vocabulary = vocabularyOf(blocks);
	const out = new Rendition();
	for (const block of blocks) {
		if (block.rows) {
			out.table(
				block.rows.map((row) => row.map((cell) => runsOf(cell, vocabulary).takeText())),
				block.depth,
			);
		} else if (block.marker !== undefined) writeItem(out, block, block.marker, vocabulary);
		else if (block.kind === 'heading')
			out.heading(block.level, runsOf(block.lines, vocabulary).takeMarkdown({ bold: false }));
		else out.paragraph(runsOf(block.lines, vocabulary).takeMarkdown(), block.depth);
	}
	return out.toString();
}

function writeItem(out: Rendition, block: PdfBlock, printed: string, vocabulary: Vocabulary): void {
	const text = runsOf(block.lines, vocabulary).takeMarkdown({ bold: block.level === 0 });
	const mark = block.level > 0 ? `${'#'.repeat(block.level)} ` : '';
	out.item(mark + text, block.depth, markerOf(printed));
}

/** Tables in files of one type are mostly blanks between words; more of them than this are tables indeed. */
const FEW_TABLES = 0.05;

function isNested({ depth, marker }: PdfBlock): boolean {
	return depth > 0 && marker !== undefined && 'ordinal' in markerOf(marker);
}

/** Nothing but paragraphs in one type: no headings, bold words or numbered lists in lists, and hardly a table. */
export function isPlain(blocks: readonly PdfBlock[]): boolean {
	const tables = blocks.filter(({ rows }) => rows).length;
	if (tables > FEW_TABLES * blocks.length) return false;
	return blocks.every((block) => {
		const lines = block.rows ? block.rows.flat(2) : block.lines;
		if (block.kind === 'heading' || isNested(block)) return false;
		return lines.every((line) => line.pieces.every(({ bold }) => !bold));
	});
}

/** Blocks as the plain text that they were printed from. */
export function writePlain(blocks: readonly PdfBlock[]): string {
	const vocabulary = vocabularyOf(blocks);
	const textOf = (lines: readonly PdfLine[]): string => runsOf(lines, vocabulary).takeText();
	return blocks
		.map(({ marker, lines, rows }) => {
			if (rows) return rows.map((row) => row.map(textOf).join('  ').trim()).join('\n');
			return marker === undefined ? textOf(lines) : `${marker} ${textOf(lines)}`;
		})
		.join('\n\n')
		.concat('\n');
}
