import type { Span } from '../../../model';
import type { Instruction, Passage, Place } from '../types';
import type { Base } from '../target/base';
import { isFailure, type Located } from '../target/located';
import { resolvePlace } from '../target/resolve';
import { doubtWhole } from '../target/wholeness';
import { plainWords } from '../text/plain';
import { clauseText, leadingNumber, sameWords, scheduleText } from './clause-text';
import { lineStart } from '../target/line';
import { deleteColumn, rowRemoval, rowText } from './table-edit';
import { fail, withBlank, withBlankLines, withMarkup, type Edit, type Outcome } from './edit';

/** Replaces a clause, sentence, definition, schedule or row by new text. */
export function replaceClause(base: Base, instruction: Instruction): Outcome {
	const fresh = instruction.new;
	const [first, ...others] = instruction.target.places;
	if (!fresh || !first) return fail('not_found', 'It does not say what is replaced by what.');
	const found = resolveAll(base, [first, ...others]);
	if (!Array.isArray(found)) return found;
	const [head] = found;
	const tail = found.at(-1);
	if (found.some(({ what }) => what === 'column')) return fail('ambiguous', 'A whole column is left to a person.');
	if (!head || !tail) return fail('not_found', 'It names no place.');
	const doubt = doubtWhole(base, tail);
	if (doubt) return doubt;
	const gap = unbroken(base, found);
	if (gap !== undefined) return fail('ambiguous', gap);
	const span = { start: head.span.start, end: tail.span.end };
	if (sameWords(base.words(span), plainWords(fresh.raw, base.document.format)))
		return fail('conflict', 'The agreement reads so already.');
	if (isBlock(head.what) && /^[,;.)]/.test(fresh.text.trim()))
		return fail('ambiguous', 'The new text goes on with a sentence; which words it takes the place of is not said.');
	const text = newText(base, head, first, fresh, found.length > 1);
	if (typeof text !== 'string') return text;
	const start = startOf(base, head, text);
	const whole = withMarkup(base.document.text, { start, end: span.end }, base.document.format);
	return { status: 'applied', edits: [{ ...whole, text }], ...redacted(fresh) };
}

/** Where a replaced clause starts: behind a list's number, before a heading's marks where the new text has its own. */
function startOf(base: Base, { node, span, what }: Located, text: string): number {
	if (!node || !isBlock(what) || node.span.start !== span.start) return span.start;
	const line = lineStart(base, node);
	if (line.kind === 'list' && what !== 'schedule') return line.own;
	if (line.kind === 'heading' && /^\s*#/.test(text)) return line.start;
	let start = span.start;
	if (line.kind === 'heading') while (/[ \t]/.test(base.document.text.charAt(start))) start++;
	return start;
}

function redacted(fresh: Passage): { look?: string } {
	return /[\p{L}]{3}/u.test(fresh.text) ? {} : { look: 'The new text is a redaction: its words are not known.' };
}

function newText(base: Base, located: Located, place: Place, fresh: Passage, several: boolean): string | Outcome {
	const raw = fresh.raw.trim();
	const { node } = located;
	if (several || located.what === 'sentence' || !node) return raw;
	if (located.table && located.what === 'row') return rowText(base, located.table, raw);
	if (located.what === 'table') return raw;
	if (located.what === 'item')
		return (
			itemText(raw, located.label ?? '') +
			linkBehind(base.document.text.slice(located.span.start, located.span.end), raw)
		);
	if (located.what === 'schedule') return scheduleText(base, node, raw);
	if (located.what === 'paragraph' && node.number === undefined) return raw;
	return clauseText(base, node, place, fresh);
}

/** What leads on to the next item: `(ii) Payroll, and`. */
function linkBehind(old: string, raw: string): string {
	const link = /[,;]?(?:\s+(?:and|or|und|oder|et|ou))?\s*$/i.exec(old)?.[0] ?? '';
	return link.trim() === '' || /(?:[,;.]|\b(?:and|or))$/i.test(raw) ? '' : link.trimEnd();
}

function itemText(raw: string, label: string): string {
	return leadingNumber(raw) ? raw : `${label} ${raw}`;
}

function resolveAll(base: Base, places: readonly Place[]): Located[] | Outcome {
	const found: Located[] = [];
	for (const place of places) {
		const located = resolvePlace(base, place);
		if (isFailure(located)) return located;
		found.push(located);
	}
	return found;
}

/** Several clauses replaced by one text have to stand behind each other. */
function unbroken(base: Base, found: readonly Located[]): string | undefined {
	for (let i = 1; i < found.length; i++) {
		const [before, after] = [found[i - 1], found[i]];
		if (!before || !after || after.span.start < before.span.end)
			return 'The clauses it replaces do not follow each other.';
		const between = base.within({ start: before.span.end, end: after.span.start });
		if (between.some((node) => !base.isFurniture(node))) return 'Other text stands between the clauses it replaces.';
	}
	return undefined;
}

function spanOf(found: readonly Located[]): Span {
	return { start: found[0]?.span.start ?? 0, end: found.at(-1)?.span.end ?? 0 };
}

/** Deletes a clause, sentence, definition or row; quoted old text has to be what stands there. */
export function deleteClause(base: Base, instruction: Instruction): Outcome {
	const found = resolveAll(base, instruction.target.places);
	if (!Array.isArray(found)) return found;
	if (found.length === 0) return fail('not_found', 'It names no place.');
	const doubt = found.map((located) => doubtWhole(base, located)).find((one) => one !== undefined);
	if (doubt) return doubt;
	const [head] = found;
	if (head?.what === 'column')
		return found.length === 1 ? deleteColumn(base, head) : fail('ambiguous', 'It deletes several columns at once.');
	if (instruction.old && head) {
		const there = base.words(found.length === 1 ? head.span : spanOf(found));
		const body = base.words({
			start: head.node && head.what === 'clause' ? base.opening(head.node).label : head.span.start,
			end: head.span.end,
		});
		const quoted = plainWords(instruction.old.text, 'text');
		if (!sameWords(there, quoted) && !sameWords(body, quoted))
			return fail('conflict', 'The clause reads otherwise than the amendment quotes it.');
	}
	const list = found.some(({ node, what }) => node && isBlock(what) && lineStart(base, node).kind === 'list');
	return {
		status: 'applied',
		edits: found.map((located) => removal(base, located)),
		...(list
			? { look: 'The list numbers itself: the item was left empty, so that the others keep their numbers.' }
			: {}),
	};
}

function isBlock(what: Located['what']): boolean {
	return what !== 'sentence' && what !== 'item' && what !== 'words' && what !== 'row' && what !== 'column';
}

function removal(base: Base, located: Located): Omit<Edit, 'instructionId'> {
	const source = base.document.text;
	const span = withMarkup(source, located.span, base.document.format);
	if (located.what === 'row') return rowRemoval(base, located);
	if (!isBlock(located.what)) return { ...withBlank(source, span), text: '' };
	const line = located.node ? lineStart(base, located.node) : undefined;
	if (line?.kind === 'list') return { start: line.own, end: span.end, text: '' };
	return {
		...withBlankLines(source, { start: line?.kind === 'heading' ? line.start : span.start, end: span.end }),
		text: '',
	};
}
