import type { Span } from '../../../model';
import type { Paragraph } from './paragraphs';

/** The parts of an amendment: title and recitals, what it orders, signatures, exhibits behind them. */
export interface Regions {
	operative: Span;
	signature: Span;
	/** `body` is the exhibit without its label. */
	attachments: Array<{ label: string; span: Span; body: Span }>;
}

const AGREES = /\b(?:agree[sd]?|covenant)\b[^:.\n]{0,200}:(?=\s)/i;
const AMENDED = /\b(?:amended|modified)\b[^:.\n]{0,60}\bas follows:/i;
const SIGNS =
	/^(?:in witness whereof|by signing|agreed to by|agreed and accepted|accepted and agreed|agreed:|executed|signed\b|yours (?:sincerely|truly|faithfully)|ort, datum|unterschrift|fait \u00e0 |[\p{Lu}][\p{L}-]{1,30}, (?:den|le) \d)/iu;
const WITNESS = /\bIN WITNESS WHEREOF\b/;
const EXHIBIT = /^((?:Exhibit|Schedule|Annex|Appendix|Attachment)\s+[A-Z0-9]{1,3}(?:[-.][A-Z0-9]{1,3})?)\b[\s.:-]*/i;

export function findRegions(text: string, span: Span, paragraphs: readonly Paragraph[]): Regions {
	const start = operativeStart(text, span);
	const end = signatureStart(text, { start, end: span.end }, paragraphs);
	const attachments = readAttachments(text, { start: end, end: span.end }, paragraphs);
	for (const one of attachments) one.body.end = one.span.end = withoutFurniture(text, one.body, paragraphs);
	return {
		operative: { start, end },
		signature: { start: end, end: attachments[0]?.span.start ?? span.end },
		attachments,
	};
}

/** Behind `agree as follows:`; the whole text where nobody says so. */
function operativeStart(text: string, span: Span): number {
	const whole = text.slice(span.start, span.end);
	const agrees = AGREES.exec(whole);
	const amended = AMENDED.exec(whole);
	const match = agrees && amended ? (agrees.index <= amended.index ? agrees : amended) : (agrees ?? amended);
	if (!match || /\b(?:section|clause|article|exhibit)\s+\d/i.test(match[0])) return span.start;
	return span.start + match.index + match[0].length;
}

function signatureStart(text: string, span: Span, paragraphs: readonly Paragraph[]): number {
	const witness = WITNESS.exec(text.slice(span.start, span.end));
	let end = witness ? span.start + witness.index : span.end;
	for (const paragraph of paragraphs) {
		if (paragraph.start < span.start || paragraph.start >= end || paragraph.furniture) continue;
		const words = text.slice(paragraph.start, Math.min(paragraph.end, paragraph.start + 400));
		if (SIGNS.test(words) || /^(?:By|BY):\s/.test(words) || /^\/s\//i.test(words)) end = paragraph.start;
	}
	return end;
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
