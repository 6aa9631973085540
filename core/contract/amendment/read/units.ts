import type { Span } from '../../../model';
import { QuoteScan } from '../text/quotes';
import type { Paragraph } from './paragraphs';

/** A numbered section of the amendment's operative part; the whole part where nothing is numbered. */
export interface Unit extends Span {
	number?: string;
	/** Behind the label. */
	body: number;
	/** Its end is a number that may belong to unquoted new text. */
	doubtful?: boolean;
}

type Style = 'digit' | 'upper' | 'paren';

interface Candidate {
	style: Style;
	value: number;
	label: string;
	start: number;
	body: number;
	/** At the start of a paragraph. */
	first: boolean;
	/** `4.0`, where others are `4.`. */
	zero: boolean;
}

const LABEL = /(?:(\d{1,3})(?:\.0)?[.)]|(\d{1,3})\.0|([A-Z])\.|\(([a-z]|\d{1,2})\))(?=\s)/y;
const AMENDS =
	/\b(?:amend|delet|replac|add|insert|remov|modif|strik|strick|restat|extend|supplement|terminat|substitut|renumber|revis|cancel|chang)/i;
const CLOSES =
	/^(?:miscellaneous|all (?:other|capitali)|except|effective|no other|other |counterparts|governing|this (?:\w+ )?amendment|capitali|ratif|entire|furthermore|in the event|in consideration|upon|the parties|to the extent|severab|headings|execution|representations|general)/i;

/**
 * Cuts the operative part at its own numbers: 1, 2, 3 … or A, B, C … in sequence. Numbers inside quoted new text are
 * skipped, unless what stands behind one amends: then a closing quotation mark was forgotten.
 */
export function readUnits(text: string, region: Span, paragraphs: readonly Paragraph[]): Unit[] {
	const units: Unit[] = [];
	let last: Candidate | undefined;
	let quotes = new QuoteScan(text, region.start, region.end);
	for (const candidate of candidates(text, region, paragraphs)) {
		if (last ? candidate.style !== last.style || candidate.value !== last.value + 1 : candidate.value !== 1) continue;
		const opening = text.slice(candidate.body, candidate.body + 400).trimStart();
		const [line = ''] = opening.split('\n');
		const sentence = /^.{0,400}?[.:](?=\s)/.exec(line)?.[0] ?? line;
		const strong = AMENDS.test(sentence) && !/^[a-z]/.test(opening);
		if (!candidate.first && !last && text.slice(region.start, candidate.start).trim() !== '') continue;
		if (!candidate.first && !strong && !CLOSES.test(opening)) continue;
		if (last && !strong && quotes.holds(candidate.start)) continue;
		if (last && candidate.zero !== last.zero && !strong && !CLOSES.test(opening)) continue;
		const open = units.at(-1);
		if (open) {
			open.end = candidate.start;
			open.doubtful = !strong && !CLOSES.test(opening);
		}
		units.push({ number: candidate.label, start: candidate.start, body: candidate.body, end: region.end });
		last = candidate;
		quotes = new QuoteScan(text, candidate.body, region.end);
	}
	const first = units[0];
	if (!first) return [{ start: region.start, body: region.start, end: region.end }];
	if (text.slice(region.start, first.start).trim() !== '')
		units.unshift({ start: region.start, body: region.start, end: first.start });
	return units;
}

function candidates(text: string, region: Span, paragraphs: readonly Paragraph[]): Candidate[] {
	const found: Candidate[] = [];
	for (const paragraph of paragraphs) {
		if (paragraph.furniture || paragraph.end <= region.start || paragraph.start >= region.end) continue;
		const from = Math.max(paragraph.start, region.start);
		const to = Math.min(paragraph.end, region.end);
		for (let at = from; at < to; at++) {
			if (at > from && !(text.charAt(at - 1) === ' ' && /[.;:"\])]/.test(text.charAt(at - 2)))) continue;
			const candidate = labelAt(text, at, at === from);
			if (candidate) found.push(candidate);
		}
	}
	return found;
}

function labelAt(text: string, at: number, first: boolean): Candidate | undefined {
	LABEL.lastIndex = at;
	const match = LABEL.exec(text);
	if (!match) return undefined;
	const digits = match[1] ?? match[2];
	const letter = match[3] ?? match[4];
	const style: Style = digits !== undefined ? 'digit' : match[3] !== undefined ? 'upper' : 'paren';
	const value =
		digits !== undefined
			? Number(digits)
			: /^\d/.test(letter ?? '')
				? Number(letter)
				: (letter ?? '').toLowerCase().charCodeAt(0) - 0x60;
	const label = digits ?? (match[3] !== undefined ? match[3] : `(${letter ?? ''})`);
	return { style, value, label, start: at, body: at + match[0].length, first, zero: match[0].includes('.0') };
}
