import type { Span } from '../../../model';
import { QuoteScan } from '../text/quotes';
import { firstOrder, isOrder } from './first-order';
import type { Paragraph } from './paragraphs';

/** The parts of an amendment: title and recitals, what it orders, signatures, exhibits behind them. */
export interface Regions {
	/** What stands before the first order. */
	head: Span;
	operative: Span;
	signature: Span;
	/** `body` is the exhibit without its label. */
	attachments: Array<{ label: string; span: Span; body: Span }>;
}

const AGREES = /\b(?:agree[sd]?|covenant)\b[^:.\n]{0,200}:(?=\s)/i;
const AMENDED = /\b(?:amended|modified)\b[^:.\n]{0,60}\bas follows:/i;
const SIGNS =
	/^(?:in witness whereof|by signing|agreed to by|agreed and accepted|accepted and agreed|agreed:|executed|signed\b|yours (?:sincerely|truly|faithfully)|ort, datum|unterschrift|fait \u00e0 |[\p{Lu}][\p{L}-]{1,30}, (?:den|le) \d)/iu;
const SURELY = /^(?:in witness whereof|by:\s|\/s\/)/i;
const WITNESS = /\bIN WITNESS WHEREOF\b/;
const EXHIBIT = /^((?:Exhibit|Schedule|Annex|Appendix|Attachment)\s+[A-Z0-9]{1,3}(?:[-.][A-Z0-9]{1,3})?)\b[\s.:-]*/i;

export function findRegions(text: string, span: Span, paragraphs: readonly Paragraph[]): Regions {
	const { head, start } = operativeStart(text, span);
	const end = signatureStart(text, { start, end: span.end }, paragraphs);
	const attachments = readAttachments(text, { start: end, end: span.end }, paragraphs);
	for (const one of attachments) one.body.end = one.span.end = withoutFurniture(text, one.body, paragraphs);
	return {
		head: { start: span.start, end: head },
		operative: { start, end },
		signature: { start: end, end: attachments[0]?.span.start ?? span.end },
		attachments,
	};
}

/** Behind `agree as follows:`; the whole text where nobody says so before the first order: then no word of it is skipped. */
function operativeStart(text: string, span: Span): { head: number; start: number } {
	const whole = text.slice(span.start, span.end);
	const agrees = AGREES.exec(whole);
	const amended = AMENDED.exec(whole);
	const match = agrees && amended ? (agrees.index <= amended.index ? agrees : amended) : (agrees ?? amended);
	if (!match) return { head: span.start, start: span.start };
	const opened = span.start + match.index + match[0].length;
	const first = firstOrder(text, { start: span.start, end: opened });
	if (first !== undefined) return { head: first, start: span.start };
	if (/\b(?:section|clause|article|exhibit)\s+\d/i.test(match[0])) return { head: span.start, start: span.start };
	return { head: opened, start: opened };
}

/** The first paragraph of the signatures. One that only may be one is none where an order follows, or in quoted new text. */
function signatureStart(text: string, span: Span, paragraphs: readonly Paragraph[]): number {
	const witness = WITNESS.exec(text.slice(span.start, span.end));
	const end = witness ? span.start + witness.index : span.end;
	const own = paragraphs.filter(({ start, furniture }) => start >= span.start && start < end && !furniture);
	const quotes = new QuoteScan(text, span.start, span.end);
	let last: number | undefined;
	for (const paragraph of own) {
		const words = text.slice(paragraph.start, Math.min(paragraph.end, paragraph.start + 400));
		const surely = SURELY.test(words);
		if ((!surely && !SIGNS.test(words)) || quotes.holds(paragraph.start)) continue;
		last ??= lastOrder(text, own, paragraph.start);
		if (surely || paragraph.start > last) return paragraph.start;
	}
	return end;
}

/** Start of the last paragraph behind `from` that orders a change, before the exhibits; -1 where none does. */
function lastOrder(text: string, paragraphs: readonly Paragraph[], from: number): number {
	let last = -1;
	for (const { start, end } of paragraphs) {
		if (start <= from) continue;
		if (isOrder(text, { start, end })) last = start;
		else if (end - start < 120 && EXHIBIT.test(text.slice(start, end))) break;
	}
	return last;
}

function readAttachments(text: string, span: Span, paragraphs: readonly Paragraph[]): Regions['attachments'] {
	const found: Regions['attachments'] = [];
	for (const paragraph of paragraphs) {
		if (paragraph.start < span.start || paragraph.furniture || paragraph.end > span.end) continue;
		const words = text.slice(paragraph.start, Math.min(paragraph.end, paragraph.start + 80));
		const match = EXHIBIT.exec(words);
		if (!match?.[1] || /^exhibit \d+\.\d+$/i.test(words.trim())) continue;
		const last = found.at(-1);
		if (last)
			for (const one of found)
				if (one.span.end === span.end) one.span.end = one.body.end = trimmed(text, paragraph.start);
		const body = paragraph.start + match[0].length;
		found.push({
			label: dressed(match[1]),
			span: { start: paragraph.start, end: span.end },
			body: { start: body, end: span.end },
		});
		// `Schedule 1 Exhibit AA-1`: an exhibit that stands in the schedule.
		const inner = EXHIBIT.exec(text.slice(body, Math.min(paragraph.end, body + 80)));
		if (inner?.[1] !== undefined)
			found.push({
				label: dressed(inner[1]),
				span: { start: body, end: span.end },
				body: { start: body + inner[0].length, end: span.end },
			});
	}
	return found;
}

/** `EXHIBIT aa-1` → `Exhibit AA-1`. */
function dressed(label: string): string {
	const [word = '', number = ''] = label.split(/\s+/);
	return `${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()} ${number.toUpperCase()}`;
}

function trimmed(text: string, end: number): number {
	let at = end;
	while (at > 0 && /\s/.test(text.charAt(at - 1))) at--;
	return at;
}

function withoutFurniture(text: string, body: Span, paragraphs: readonly Paragraph[]): number {
	let { end } = body;
	for (const paragraph of paragraphs.toReversed()) {
		if (paragraph.start >= end) continue;
		if (!paragraph.furniture || paragraph.start <= body.start) break;
		end = trimmed(text, paragraph.start);
	}
	return trimmed(text, end);
}
