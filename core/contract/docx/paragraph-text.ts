import { Runs } from '../formats/runs';
import type { Block, NoteReference, Paragraph, Piece } from './content';
import type { ListMark } from './list-counter';

/** Longer than any heading or defined term: text that stands out to the end is emphasis, and opens nothing. */
const LONGEST_LEAD = 200;
/** A number that would not be told from a word of the text: it gets the full stop that lists usually have. */
const BARE = /^(?:[0-9]{1,9}|[A-Za-z]|[ivxlc]{1,8}|[IVXLC]{1,8})$/;

function isShown(piece: Piece): boolean {
	return piece.kind !== 'text' || piece.code?.ended !== true;
}

/** The number before a paragraph, as text, with what parts it from the paragraph's own. */
export function markText(mark: ListMark | undefined, paragraph: Paragraph): string {
	if (!mark || mark.bullet) return '';
	const text = mark.text.trim();
	if (text === '') return '';
	const goesOn = mark.tight && /^\s*[.:)\]]/.test(plainText(paragraph));
	if (goesOn) return text;
	return BARE.test(text) ? `${text}. ` : `${text} `;
}

export function notesOf(paragraph: Paragraph): NoteReference[] {
	return paragraph.pieces.flatMap((piece) => (piece.kind === 'note' ? [piece.note] : []));
}

export function boxesOf(paragraph: Paragraph): Block[][] {
	return paragraph.pieces.flatMap((piece) => (piece.kind === 'box' ? [piece.blocks] : []));
}

/** Plain text, a line feed for each line break that the author set; without the number. */
export function plainText(paragraph: Paragraph): string {
	return fill(new Runs(), paragraph.pieces, false).takeText();
}

/**
 * As Markdown, with the number. Bold or underlined words that open the paragraph are kept as bold: they are its
 * heading, or the term that it defines.
 */
export function markdownText(paragraph: Paragraph, mark: string, standsOut = false): string {
	const pieces = paragraph.pieces.filter(isShown);
	const strong = standsOut || isLead(pieces);
	const runs = new Runs();
	if (mark !== '') runs.add(mark, strong);
	return fill(runs, pieces, strong, standsOut).takeMarkdown({ bold: strong });
}

/** The words that stand out at the start and the rest, where both are there. */
export function splitLead(paragraph: Paragraph): { lead: Paragraph; rest: Paragraph } | undefined {
	const pieces = paragraph.pieces.filter(isShown);
	if (!isLead(pieces)) return undefined;
	const at = pieces.findIndex((piece) => piece.kind === 'text' && !piece.strong && piece.text.trim() !== '');
	if (at <= 0) return undefined;
	return { lead: { ...paragraph, pieces: pieces.slice(0, at) }, rest: { ...paragraph, pieces: pieces.slice(at) } };
}

function isLead(pieces: readonly Piece[]): boolean {
	let lead = '';
	for (const piece of pieces) {
		if (piece.kind !== 'text') continue;
		const text = piece.text.trim();
		if (piece.strong) lead += text;
		// `[**]` would be read as a redaction.
		else if (text !== '') return isLeadLength(lead) && !(lead.endsWith('[') && text.startsWith(']'));
		if (lead.length > LONGEST_LEAD) return false;
	}
	return isLeadLength(lead);
}

function isLeadLength(lead: string): boolean {
	return lead.length > 0 && lead.length <= LONGEST_LEAD;
}

/** Only words at the start are bold: what is bold further on says nothing about structure. */
function fill(runs: Runs, pieces: readonly Piece[], bold: boolean, all = false): Runs {
	let leads = bold;
	for (const piece of pieces) {
		if (piece.kind === 'break') runs.lineBreak();
		if (piece.kind !== 'text' || !isShown(piece)) continue;
		leads &&= all || piece.strong || piece.text.trim() === '';
		runs.add(piece.text, leads);
	}
	return runs;
}
