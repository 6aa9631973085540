import type { Base } from '../target/base';
import type { Span } from '../../../model';
import { hung, lineStart } from '../target/line';
import { type Located, isFailure } from '../target/located';
import { countedText } from '../target/parts';
import { resolvePlace } from '../target/resolve';
import { doubtWhole } from '../target/wholeness';
import { flat, plainWords } from '../text/plain';
import { scanSentences } from '../text/sentences';
import type { Instruction, Passage, Position } from '../types';
import { separatorAt } from './dress';
import { fail, type Outcome } from './edit';
import { findWholeWords, needles } from './words';

const LONGEST_NAME = 6;

export function insertSentence(located: Located, fresh: Passage, at: 'after' | 'before'): Outcome {
	const offset = at === 'after' ? located.span.end : located.span.start;
	const raw = fresh.raw.trim();
	return { status: 'applied', edits: [{ start: offset, end: offset, text: at === 'after' ? ` ${raw}` : `${raw} ` }] };
}

/** Inserts words beside an anchor, as the nth sentence, or at an end of the clause. */
export function insertWords(base: Base, instruction: Instruction): Outcome {
	const { new: fresh, position } = instruction;
	const [place, ...others] = instruction.target.places;
	if (!fresh) return fail('not_found', 'It does not say what is inserted.');
	if (!place || others.length > 0) return fail('ambiguous', 'It does not say into which one clause the words go.');
	const located = resolvePlace(base, place);
	if (isFailure(located)) return located;
	const raw = fresh.raw.trim();
	if (position?.anchor !== undefined) return atAnchor(base, located, raw, position);
	if (flat(base.plain(located.span).text).includes(plainWords(raw, base.document.format)) && raw.split(' ').length > 4)
		return fail('conflict', 'The words stand there already.');
	if (position?.ordinal !== undefined) return asSentence(base, located, raw, position.ordinal);
	if (located.what === 'sentence' && position?.at === 'end' && isFragment(raw)) return beforeStop(base, located, raw);
	if (located.what === 'sentence')
		return insertSentence(located, fresh, position?.at === 'before' ? 'before' : 'after');
	if (position?.at === 'start') {
		const at = located.node ? base.opening(located.node).body : located.span.start;
		return { status: 'applied', edits: [{ start: at, end: at, text: `${raw} ` }] };
	}
	return atClauseEnd(base, located, raw);
}

function atAnchor(base: Base, located: Located, raw: string, { anchor = '', at: side, next }: Position): Outcome {
	const before = side === 'before';
	const plain = base.plain(located.span);
	const text = flat(plain.text);
	const second = next === undefined ? undefined : plainWords(next, 'text').replace(/[.,]$/, '');
	for (const words of needles(plainWords(anchor, 'text'))) {
		const found = findWholeWords(text, words).filter(
			(at) => second === undefined || startsWithWords(text, at + words.length, second),
		);
		const [at] = found;
		if (at === undefined) continue;
		if (found.length > 1) return fail('ambiguous', `The words "${words}" stand there ${found.length} times.`);
		const offset = before ? plain.sourceAt(at) : plain.sourceEnd(at + words.length);
		const behind = before ? at : at + words.length;
		const near = before
			? text.slice(Math.max(0, at - raw.length - 2), at)
			: text.slice(behind, behind + raw.length + 2);
		if (near.trim().startsWith(raw) || (before && near.trim().endsWith(raw)))
			return fail('conflict', 'The words stand there already.');
		const joined = listed(text, { start: at, end: at + words.length }, raw, before);
		const glued = /^[,.;:)]/.test(joined) ? joined : ` ${joined}`;
		return { status: 'applied', edits: [{ start: offset, end: offset, text: before ? `${joined} ` : glued }] };
	}
	return fail(
		'not_found',
		`The words "${anchor}"${next === undefined ? '' : `, followed by "${next}",`} do not stand there.`,
	);
}

/** `France, Germany and Spain`: a name more in a list brings the comma that keeps it apart. */
function listed(text: string, anchor: Span, raw: string, before: boolean): string {
	// American style puts the comma of the list inside the quotation marks.
	const bare = raw.replace(/,$/, '');
	if (!before && bare !== raw && inList(text, anchor)) return `, ${bare}`;
	if (/[,;]/.test(raw) || /^(?:and|or)\b|\b(?:and|or)$/i.test(raw) || raw.split(' ').length > LONGEST_NAME) return raw;
	const [left, right] = [
		text.slice(Math.max(0, anchor.start - 2), anchor.start),
		text.slice(anchor.end, anchor.end + 6),
	];
	const apart = /,$/.test(text.slice(anchor.start, anchor.end));
	if (before) return left === ', ' && /^(?:,| and | or )/.test(right) ? `${raw},` : raw;
	if (apart) return left === ', ' || /^ \p{L}/u.test(right) ? `${raw},` : raw;
	return inList(text, anchor) ? `, ${raw}` : raw;
}

function inList(text: string, { start, end }: Span): boolean {
	return text.slice(Math.max(0, start - 2), start) === ', ' && /^(?:,| and | or )/.test(text.slice(end, end + 6));
}

function startsWithWords(text: string, from: number, words: string): boolean {
	const rest = text.slice(from).trimStart();
	return rest.startsWith(words) && !/^[\p{L}\p{N}]/u.test(rest.slice(words.length));
}

function asSentence(base: Base, located: Located, raw: string, ordinal: number): Outcome {
	const counted = countedText(base, located);
	if (!counted) return fail('ambiguous', 'The clause has several paragraphs; its sentences cannot be counted.');
	const plain = base.plain(counted.span);
	const { spans, unsure } = scanSentences(flat(plain.text));
	const place = ordinal > 0 ? ordinal - 1 : spans.length;
	if (place > spans.length) return fail('not_found', `The clause has only ${spans.length} sentences.`);
	if (ordinal < 0 && counted.more) return fail('ambiguous', 'The clause goes on with items or paragraphs.');
	const before = spans[place - 1];
	if (unsure.some((stop) => stop < (before?.end ?? 0)))
		return fail('ambiguous', 'The sentences of the clause cannot be counted for certain.');
	const at = before ? plain.sourceEnd(before.end) : plain.sourceAt(0);
	return { status: 'applied', edits: [{ start: at, end: at, text: before ? ` ${raw}` : `${raw} ` }] };
}

/** At the end of the last paragraph; as a paragraph of its own where the clause ends in items or the text has several. */
function atClauseEnd(base: Base, located: Located, raw: string): Outcome {
	const doubt = doubtWhole(base, located);
	if (doubt) return doubt;
	const inside = located.node ? base.within(located.span).filter((node) => node !== located.node) : [];
	const items = inside.some((node) => node.number !== undefined || node.table);
	const separator = located.node ? separatorAt(base, located.node) : '\n\n';
	const line = located.node ? lineStart(base, located.node) : undefined;
	if (isFragment(raw) && !items && located.what !== 'schedule') return beforeStop(base, located, raw);
	const own = items || /\n\s*\n/.test(raw) || located.what === 'schedule' || line?.kind === 'heading';
	const lead = own ? separator + (line?.hang ?? '') : ' ';
	return {
		status: 'applied',
		edits: [{ start: located.span.end, end: located.span.end, text: lead + (line ? hung(raw, line) : raw) }],
	};
}

/** Words that go on with the sentence before them: `and Canada`, `, excluding holidays`. */
function isFragment(raw: string): boolean {
	return /^(?:[,;(]|\p{Ll})/u.test(raw) && !/^\([a-z\d]{1,4}\)/.test(raw) && !/\n/.test(raw);
}

/** Before the mark that ends the last sentence; behind it the words would stand alone. */
function beforeStop(base: Base, located: Located, raw: string): Outcome {
	const plain = base.plain(located.span);
	const text = flat(plain.text);
	// `9 a.m.`: the full stop is the abbreviation's, and the sentence gets one of its own.
	const abbreviated = /(?:\b(?:[ap]\.m|Inc|Ltd|Co|Corp|etc)|\b\p{Lu})\.$/u.test(text);
	const end = /[.;!?]$/.test(text) && !abbreviated ? text.length - 1 : text.length;
	const at = plain.sourceEnd(end);
	const words = end < text.length ? raw.replace(/[.;]$/, '') : raw;
	const stop = abbreviated && !/[.;]$/.test(words) ? '.' : '';
	return {
		status: 'applied',
		edits: [{ start: at, end: at, text: (/^[,;]/.test(words) ? words : ` ${words}`) + stop }],
	};
}
