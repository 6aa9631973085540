import type { Span } from '../../../model';
import { ordersChange } from '../grammar/ordering';
import { closeInline, opensQuote, type PassageScan } from '../text/quotes';
import { firstEndingBehind } from '../text/spans';
import { sentenceEnd } from '../text/sentences';
import { isOrder } from './first-order';
import { readHead } from './head';
import type { Paragraph } from './paragraphs';

/** What reading a passage needs to know of the amendment around it. */
interface Around {
	paragraphs: readonly Paragraph[];
	/** Whether the amendment numbers its sections, so that the section's end is the passage's. */
	numbered: boolean;
	quotes: PassageScan;
}

/** New (or old) text that stands behind an instruction. */
export interface Payload {
	/** The text itself, without its quotation marks. */
	inner: Span;
	/** Where reading goes on. */
	end: number;
	quoted: boolean;
	notes: string[];
	/** The end was inferred in a way that a person should check. */
	unsure?: string;
}

const CLOSING =
	/^(?:\([a-z]{1,4}\) )?(?:any other provisions?|all other (?:terms|provisions|capitali)|in all other respects|this (?:\w+ )?amendment (?:shall|may|is|will|and)|no other changes|in witness whereof|by signing)|^except as [^.]{0,200}\b(?:full force|ratified|unchanged|unmodified)/i;
const OTHERWISE = / \((?:[a-z]{1,4}|\d{1,2})\) (?=(?:Any|All) other provisions?\b)/;

/**
 * Reads the passage at `from`: quoted, up to its closing mark; else up to the next instruction or the end of the section.
 */
export function readPayload(text: string, from: number, limit: number, around: Around): Payload | undefined {
	const { paragraphs } = around;
	const start = skipFurniture(text, skipBlank(text, from), limit, paragraphs);
	if (start >= limit) return undefined;
	if (opensWithTerm(text, start, limit)) return readDefinitions(text, start, limit, around);
	if (text.charAt(start) === '"' && opensQuote(text, start)) return readQuoted(text, start, limit, around);
	// `Exhibit A is replaced as set out below.`, and then the next instruction.
	return isOrder(text, { start, end: limit }) ? undefined : readPlain(text, start, limit, around);
}

const LONGEST_TERM = 160;

/** `"Seat" means …`: the marks are the term's, not the passage's. */
export function opensWithTerm(text: string, at: number, limit: number): boolean {
	if (text.charAt(at) !== '"' || !opensQuote(text, at) || text.charAt(at + 1) === '"') return false;
	const close = closeInline(text, at, Math.min(limit, at + LONGEST_TERM));
	return (
		close !== undefined &&
		/^,? (?:shall mean|means?|has the (?:same )?meaning|shall have the meaning|refers? to|bedeutet|bezeichnet|d\u00e9signe|signifie)\b/.test(
			text.slice(close.end, close.end + 40),
		)
	);
}

/** Definitions, each a paragraph; without numbers to tell, up to the first paragraph that defines nothing. */
function readDefinitions(text: string, start: number, limit: number, around: Around): Payload {
	const { paragraphs } = around;
	const plain = readPlain(text, start, limit, around);
	const { unsure, ...whole } = plain;
	if (unsure === undefined) return { ...whole, quoted: true };
	let { end } = whole;
	for (let i = firstEndingBehind(paragraphs, start) + 1; i < paragraphs.length; i++) {
		const paragraph = paragraphs[i];
		if (!paragraph || paragraph.start >= whole.end) break;
		if (paragraph.furniture || opensWithTerm(text, paragraph.start, limit)) continue;
		end = paragraph.start;
		break;
	}
	return { ...whole, inner: { start, end: trimEnd(text, start, end, paragraphs) }, end, quoted: true };
}

function skipBlank(text: string, from: number): number {
	let at = from;
	while (at < text.length && /\s/.test(text.charAt(at))) at++;
	return at;
}

function skipFurniture(text: string, from: number, limit: number, paragraphs: readonly Paragraph[]): number {
	let at = from;
	for (let i = firstEndingBehind(paragraphs, at); at < limit; i++) {
		const paragraph = paragraphs[i];
		if (!paragraph?.furniture || paragraph.start > at) break;
		at = skipBlank(text, paragraph.end);
	}
	return at;
}

function readQuoted(text: string, start: number, limit: number, around: Around): Payload {
	const { paragraphs, quotes } = around;
	const close = quotes.close(text, start, limit);
	if (!close.closed) {
		const open = readPlain(text, start + 1, limit, around);
		return {
			...open,
			quoted: true,
			notes: ['The closing quotation mark is missing; the end of the text was inferred.', ...open.notes],
			...(closesEarlier(text, open.inner) ? { unsure: UNCLOSED } : {}),
		};
	}
	const notes: string[] = [];
	let inner = { start: start + 1, end: trimEnd(text, start + 1, close.inner, paragraphs) };
	let { end } = close;
	// `"A" means …` / `"B" means …`: each paragraph in quotation marks of its own.
	for (let next = skipFurniture(text, skipBlank(text, end), limit, paragraphs); next < limit;) {
		const rest = text.slice(end, next);
		if (!rest.includes('\n') || text.charAt(next) !== '"' || !opensQuote(text, next)) break;
		if (readHead(text, next, limit, undefined).drafts.some(({ unread }) => unread !== true)) break;
		const paragraph = text.indexOf('\n', next);
		const stop = Math.min(limit, paragraph < 0 ? text.length : paragraph);
		inner = { start: inner.start, end: trimEnd(text, next, stop, paragraphs) };
		end = stop;
		next = skipFurniture(text, skipBlank(text, end), limit, paragraphs);
	}
	noteFurniture(inner, paragraphs, notes);
	return { inner, end, quoted: true, notes };
}

const UNCLOSED = 'Where the new text ends is not certain: a quotation mark within it may close it.';

/** Whether a mark without an opening one stands in the text at the end of a sentence, or with an order behind it. */
function closesEarlier(text: string, { start, end }: Span): boolean {
	let depth = 0;
	for (let at = text.indexOf('"', start); at >= 0 && at < end; at = text.indexOf('"', at + 1)) {
		depth += opensQuote(text, at) ? 1 : -1;
		if (depth < 0) return /[.;:!?)]/.test(text.charAt(at - 1)) || ordersChange(text.slice(at + 1, end));
	}
	return false;
}

function readPlain(text: string, start: number, limit: number, around: Around): Payload {
	const { paragraphs, numbered } = around;
	let end = start;
	let count = 0;
	for (let i = firstEndingBehind(paragraphs, start); i < paragraphs.length; i++) {
		const paragraph = paragraphs[i];
		if (!paragraph || paragraph.start >= limit) break;
		if (paragraph.furniture) continue;
		const from = Math.max(start, paragraph.start);
		const stop = stopIn(text, from, Math.min(limit, paragraph.end), start);
		if (stop > from) {
			end = stop;
			count++;
		}
		if (stop < Math.min(limit, paragraph.end)) break;
	}
	const notes: string[] = [];
	let last = trimEnd(text, start, end, paragraphs);
	if (!numbered && count > 1) {
		const cut = cutHeading(text, start, last);
		if (cut < last) {
			count--;
			last = trimEnd(text, start, cut, paragraphs);
		}
	}
	noteFurniture({ start, end: last }, paragraphs, notes);
	const unsure =
		!numbered && count > 1
			? 'The new text is not in quotation marks and may end earlier than the next instruction.'
			: undefined;
	return { inner: { start, end: last }, end, quoted: false, notes, ...(unsure !== undefined ? { unsure } : {}) };
}

/** Where a paragraph stops to be new text: at a sentence that amends or closes the amendment. */
function stopIn(text: string, from: number, to: number, payload: number): number {
	const other = OTHERWISE.exec(text.slice(from, to));
	if (other) return from + other.index;
	for (let at = from; at < to;) {
		const sentence = text.slice(at, Math.min(to, at + 300));
		if (at > payload && (at === from || text.charAt(at - 1) === '\n') && CLOSING.test(sentence)) return at;
		if (at > payload) {
			const head = readHead(text, at, to, undefined);
			if (
				head.drafts.some(
					(draft) =>
						draft.unread !== true &&
						(draft.target.places.length > 0 || (draft.target.adds ?? []).length > 0) &&
						/\b(?:hereby|is|are|shall be|delete|replace|add|insert|amend)\b/i.test(text.slice(at, head.end)),
				)
			)
				return at;
			if (/^[^.]{0,200}\b(?:is|are) (?:hereby )?amended\b/i.test(sentence)) return at;
		}
		at = skipBlank(text, sentenceEnd(text, at, to));
	}
	return to;
}

/** Drops headings of the next instruction: short last lines without a full stop. */
function cutHeading(text: string, start: number, end: number): number {
	let cut = end;
	for (;;) {
		const feed = text.lastIndexOf('\n', cut - 1);
		if (feed <= start) return cut;
		const line = text.slice(feed + 1, cut).trim();
		const words = line.split(' ');
		if (line === '' || words.length > 12 || /[.;:,"]$/.test(line) || !/^\p{Lu}/u.test(line) || /^\(/.test(line))
			return cut;
		cut = feed;
	}
}

function trimEnd(text: string, start: number, end: number, paragraphs: readonly Paragraph[]): number {
	let at = end;
	for (let i = Math.min(paragraphs.length - 1, firstEndingBehind(paragraphs, end)); i >= 0; i--) {
		const paragraph = paragraphs[i];
		if (!paragraph || paragraph.start >= at) continue;
		if (paragraph.end <= start || !paragraph.furniture) break;
		at = paragraph.start;
	}
	while (at > start && /\s/.test(text.charAt(at - 1))) at--;
	return at;
}

function noteFurniture(inner: Span, paragraphs: readonly Paragraph[], notes: string[]): void {
	for (let i = firstEndingBehind(paragraphs, inner.start); i < paragraphs.length; i++) {
		const paragraph = paragraphs[i];
		if (!paragraph || paragraph.end >= inner.end) return;
		if (!paragraph.furniture || paragraph.start <= inner.start) continue;
		notes.push(
			'A page header or footer stands inside the new text; where it stands between whole paragraphs it was left.',
		);
		return;
	}
}
