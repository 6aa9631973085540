import type { Span } from '../../../model';
import { firstEndingBehind } from '../text/spans';
import type { Paragraph } from './paragraphs';

/**
 * Text and source of a stretch. A sentence that a page's foot and head cut in two is joined again without them; between
 * whole paragraphs they stay where they are: there they may be the agreement's own.
 */
export function joinedOver(
	text: string,
	span: Span,
	paragraphs: readonly Paragraph[],
	rawOf: (part: Span) => string,
): { text: string; raw: string } {
	const parts = brokenParts(text, span, paragraphs);
	return {
		text: parts.map(({ start, end }) => text.slice(start, end)).join(' '),
		raw: parts.map(rawOf).join(' '),
	};
}

function brokenParts(text: string, span: Span, paragraphs: readonly Paragraph[]): Span[] {
	const parts: Span[] = [];
	let start = span.start;
	let last: Paragraph | undefined;
	let between = false;
	for (let i = firstEndingBehind(paragraphs, span.start); i < paragraphs.length; i++) {
		const paragraph = paragraphs[i];
		if (!paragraph || paragraph.start >= span.end) break;
		if (paragraph.furniture) {
			between = last !== undefined;
			continue;
		}
		if (between && last && goesOn(text, last, paragraph)) {
			parts.push({ start, end: last.end });
			start = paragraph.start;
		}
		between = false;
		last = paragraph;
	}
	parts.push({ start, end: span.end });
	return parts;
}

/** Whether a sentence runs from one paragraph into the next: the one has no end, the other no number. */
function goesOn(text: string, { end }: Span, { start }: Span): boolean {
	return (
		/[\p{L}\p{N},-]$/u.test(text.slice(Math.max(0, end - 1), end)) &&
		/^[\p{L}$"]/u.test(text.charAt(start)) &&
		!/^(?:[a-z]|[ivx]{1,4})[.)]\s|^(?:Section|Article|Exhibit|Schedule|Annex)\b/.test(text.slice(start, start + 12))
	);
}
