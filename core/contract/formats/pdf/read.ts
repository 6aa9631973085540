import type { DocumentFormat } from '../../../model';
import { withLimits, type ContractLimits } from '../../limits';
import { detectText } from '../detect';
import type { PdfBlock } from './block';
import { findFurniture } from './furniture';
import { geometryBlocks } from './geometry';
import { gatherLines } from './lines';
import { readPages } from './open';
import type { PdfLine, PdfPage, PlacedText } from './page';
import { joinPages } from './pages-join';
import { holdsBlankLines, holdsParagraphs, isWellTagged } from './tag-quality';
import { taggedBlocks } from './tagged';
import { typedText } from './typewriter';
import { findTyping, looksTyped } from './typing';
import { isPlain, writeBlocks, writePlain } from './write';

export interface PdfReading {
	/** Markdown rendition; of a file printed from a text file that text. */
	text: string;
	format: DocumentFormat;
	warnings: string[];
	/** Set where a person has to look: the file has no text layer. */
	needsHuman?: { reason: string };
}

/** Fewer letters than this on an average page: what is printed there is a picture. */
const LETTERS_PER_PAGE = 8;

function lettersOf(page: PdfPage): number {
	let letters = 0;
	for (const { text } of page.texts) letters += text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
	return letters;
}

/**
 * Reads the text of a PDF as Markdown: by the file's own structure tree where it has a sound one, else by geometry.
 * Running heads, feet and page numbers are left out; paragraphs, tables and words that a line or page break cut are whole
 * again.
 * @param options `structure: 'geometry'` leaves the structure tree unused
 * @throws DomainError INPUT_TOO_LARGE, DOCUMENT_UNREADABLE
 */
export async function readPdf(
	bytes: Uint8Array,
	limits?: Partial<ContractLimits>,
	options: { structure?: 'auto' | 'geometry' } = {},
): Promise<PdfReading> {
	const pages = await readPages(bytes, withLimits(limits));
	const blank = pages.flatMap((page, index) => (lettersOf(page) < LETTERS_PER_PAGE ? [index + 1] : []));
	if (blank.length === pages.length) {
		const reason = `The PDF has no text layer on any of its ${pages.length} pages: it is a scan or a picture. Have it read by OCR, or pass the document's text.`;
		return { text: '', format: 'text', warnings: [], needsHuman: { reason } };
	}
	const lines = pages.map((page) => gatherLines(page.texts.filter((text) => !text.artifact)));
	const furniture = findFurniture(pages, lines);
	const skipped = new Set<PlacedText>([...furniture].flatMap((line) => line.pieces));
	const warnings = pageWarnings(blank, pages.length);
	const tagged =
		options.structure !== 'geometry' && isWellTagged(pages, skipped) ? taggedBlocks(pages, skipped) : undefined;
	const drawn = pages.map((page) => gatherLines(page.drawn.filter((text) => !text.artifact)));
	const rims = findFurniture(pages, drawn);
	const inside = drawn.map((page) => page.filter((line) => !rims.has(line)));
	const typed = typedFile(pages, inside, tagged);
	if (typed) return { ...typed, warnings };
	const blocks = tagged && !holdsBlankLines(tagged) ? joinPages(tagged) : geometryBlocks(pages, inside);
	return { ...written(blocks), warnings };
}

function written(blocks: readonly PdfBlock[]): { text: string; format: DocumentFormat } {
	return isPlain(blocks)
		? { text: writePlain(blocks), format: 'text' }
		: { text: writeBlocks(blocks), format: 'markdown' };
}

/** Marks that nobody types but in Markdown; numbered lines and rows of stars stand in plain text, too. */
const MARKUP = /^#{1,6} \S|(?<!\*)\*\*[^\s*]|^\|[ :|-]{0,200}---|\]\(https?:/m;

/**
 * The text file that was printed, if it was one: Markdown shows by its marks, plain text by being tagged as one block or
 * line by line, or by standing as typed. Other files in type of one width have columns and bold type.
 */
function typedFile(
	pages: readonly PdfPage[],
	lines: ReadonlyArray<readonly PdfLine[]>,
	tagged: readonly PdfBlock[][] | undefined,
): { text: string; format: DocumentFormat } | undefined {
	const typing = findTyping(pages, lines);
	if (!typing || (tagged && holdsParagraphs(tagged))) return undefined;
	const oneWidth = typing.columns !== undefined;
	const plain = (oneWidth && tagged !== undefined) || looksTyped(lines, typing);
	if (!plain && !oneWidth) return undefined;
	const text = typedText(lines, typing);
	const format = MARKUP.test(text) && detectText(text) === 'markdown' ? 'markdown' : 'text';
	return format === 'markdown' || plain ? { text, format } : undefined;
}

function pageWarnings(blank: number[], pages: number): string[] {
	if (blank.length === 0) return [];
	const listed = blank.slice(0, 20).join(', ') + (blank.length > 20 ? ', …' : '');
	return [
		`${blank.length} of ${pages} pages have no text (${listed}): pictures or empty. What they show was not read.`,
	];
}
