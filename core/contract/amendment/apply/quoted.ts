import type { Span } from '../../../model';
import type { Instruction, Passage, Place } from '../types';
import type { Base } from '../target/base';
import { onlyAmount } from '../target/amounts';
import { isFailure, type Located, type Resolution } from '../target/located';
import { resolvePlace } from '../target/resolve';
import { flat, plainWords } from '../text/plain';
import { fail, withBlank, withMarkup, type Outcome } from './edit';
import { findWholeWords, needles } from './words';

interface Hit {
	span: Span;
	words: string;
}

/** One place that an instruction names; a column is all its cells. */
type Region = readonly Span[];

/** Where an instruction on words looks: the places it names, else the whole agreement. */
function regions(base: Base, instruction: Instruction): Region[] | Outcome {
	const { places } = instruction.target;
	if (places.length === 0) return [[{ start: 0, end: base.document.text.length }]];
	const found: Region[] = [];
	for (const place of places) {
		const located = resolvePlace(base, place);
		if (isFailure(located)) return located;
		found.push(spansOf(located));
	}
	return found;
}

function spansOf({ what, span, table, column }: Located): Region {
	if (what !== 'column' || !table || column === undefined) return [span];
	return table.rows.flatMap(({ cells }) => {
		const cell = cells[column];
		return cell && cell.span.end > cell.span.start ? [cell.span] : [];
	});
}

function hitsIn(base: Base, span: Span, quoted: string): Hit[] {
	const plain = base.plain(span);
	const text = flat(plain.text);
	for (const words of needles(quoted)) {
		const found = findWholeWords(text, words);
		if (found.length > 0)
			return found.map((at) => ({
				words,
				span: { start: plain.sourceAt(at), end: plain.sourceEnd(at + words.length) },
			}));
	}
	return [];
}

const shown = (words: string): string => (words.length > 80 ? `${words.slice(0, 77)}\u2026` : words);

/** The one place in each region where the quoted words stand. */
function onceIn(base: Base, places: readonly Region[], quoted: string): Hit[] | Outcome {
	if (!/\p{L}{2}|\p{N}/u.test(quoted)) return fail('ambiguous', 'The words to look for are redacted.');
	const hits: Hit[] = [];
	for (const spans of places) {
		const found = spans.flatMap((span) => hitsIn(base, span, quoted));
		const [hit] = found;
		if (!hit) return fail('not_found', `The words "${shown(quoted)}" do not stand there.`);
		if (found.length > 1) return fail('ambiguous', `The words "${shown(quoted)}" stand there ${found.length} times.`);
		hits.push(hit);
	}
	return hits;
}

function everyIn(base: Base, places: readonly Region[], quoted: string): Hit[] | Outcome {
	const hits = places.flat().flatMap((span) => hitsIn(base, span, quoted));
	return hits.length > 0 ? hits : fail('not_found', `The words "${shown(quoted)}" do not stand there.`);
}

/** Replaces quoted words that stand exactly once in each place named. */
export function replaceWords(base: Base, instruction: Instruction): Outcome {
	const { old, new: fresh } = instruction;
	if (!old && fresh) return replaceValues(base, instruction, fresh);
	if (!old) return fail('not_found', 'It gives the new value and not the words that it takes the place of.');
	if (!fresh) return fail('not_found', 'It does not say what comes in their place.');
	const spans = regions(base, instruction);
	if (!Array.isArray(spans)) return spans;
	const hits = onceIn(base, spans, plainWords(old.text, 'text'));
	if (!Array.isArray(hits)) return hits;
	const source = base.document.text;
	return {
		status: 'applied',
		edits: hits.map((hit) => ({
			...withMarkup(source, hit.span, base.document.format),
			text: inPlaceOf(hit.words, fresh.raw),
		})),
	};
}

/** A value that the instruction names instead of quoting it: a cell by row and column, a defined value in prose. */
function replaceValues(base: Base, { target }: Instruction, fresh: Passage): Outcome {
	const located = target.places.map((place) => resolveValue(base, place, fresh));
	const failed = located.find(isFailure);
	if (failed) return failed;
	const found = located.filter((one): one is Located => !isFailure(one) && one.what === 'words');
	if (found.length === 0 || found.length < located.length)
		return fail('not_found', 'It gives the new value and not the words that it takes the place of.');
	return {
		status: 'applied',
		edits: found.map(({ span }) => ({
			...withUnit(base, span, fresh.raw),
			text: inPlaceOf(base.words(span), fresh.raw),
		})),
	};
}

/** `£52,000 per annum` in place of the sum in `£48,000 per annum`: what the new value brings along goes with the old one. */
function withUnit(base: Base, span: Span, fresh: string): Span {
	const raw = fresh.trim();
	for (let at = raw.indexOf(' '); at >= 0; at = raw.indexOf(' ', at + 1)) {
		const unit = raw.slice(at);
		const { text } = base.document;
		const end = span.end + unit.length;
		if (text.slice(span.end, end) === unit && !/[\p{L}\p{N}]/u.test(text.charAt(end)))
			return { start: span.start, end };
	}
	return span;
}

/** Found by its name; else the only amount of the new one's kind there. */
function resolveValue(base: Base, place: Place, fresh: Passage): Resolution {
	const found = resolvePlace(base, place);
	const step = place.steps.at(-1);
	if (!isFailure(found) || found.status !== 'not_found' || step?.by !== 'value') return found;
	const outer = resolvePlace(base, { ...place, steps: place.steps.slice(0, -1) });
	return isFailure(outer) ? outer : onlyAmount(base, step.name, fresh.text, outer);
}

/** `replace "X" with "Y."`: the full stop is the sentence's, if the old words have none. */
function inPlaceOf(old: string, fresh: string): string {
	const raw = fresh.trim();
	return /[.,]$/.test(raw) && !/[.,;:]$/.test(old) ? raw.slice(0, -1) : raw;
}

/** Deletes quoted words, or a contact detail named by its person. */
export function deleteWords(base: Base, instruction: Instruction): Outcome {
	const spans = regions(base, instruction);
	if (!Array.isArray(spans)) return spans;
	const source = base.document.text;
	if (!instruction.old) {
		if (!instruction.target.places.some((place) => /^(?:value|column)$/.test(place.steps.at(-1)?.by ?? '')))
			return fail('not_found', 'It does not say which words are deleted.');
		return { status: 'applied', edits: spans.flat().map((span) => ({ ...withBlank(source, span), text: '' })) };
	}
	const quoted = plainWords(instruction.old.text, 'text');
	const hits = instruction.target.everywhere === true ? everyIn(base, spans, quoted) : onceIn(base, spans, quoted);
	if (!Array.isArray(hits)) return hits;
	return {
		status: 'applied',
		edits: hits.map((hit) => ({ ...withBlank(source, withMarkup(source, hit.span, base.document.format)), text: '' })),
	};
}

/** Replaces a name wherever it stands as a whole word; its other forms are told, not touched. */
export function renameEverywhere(base: Base, instruction: Instruction): Outcome {
	const { old, new: fresh } = instruction;
	if (!old || !fresh) return fail('not_found', 'It does not say which name becomes which.');
	const spans = regions(base, instruction);
	if (!Array.isArray(spans)) return spans;
	const quoted = plainWords(old.text, 'text');
	const hits = spans.flat().flatMap((span) => hitsIn(base, span, quoted));
	if (hits.length === 0) return fail('not_found', `"${shown(quoted)}" does not stand in the agreement.`);
	const source = base.document.text;
	const other = otherForms(base, spans.flat(), hits[0]?.words ?? quoted);
	return {
		status: 'applied',
		edits: hits.map((hit) => ({
			...withMarkup(source, hit.span, base.document.format),
			text: inPlaceOf(hit.words, fresh.raw),
		})),
		...(other.length > 0 ? { look: `Other forms were left as they are: ${other.join(', ')}.` } : {}),
	};
}

/** `Seats` beside `Seat`, `SEAT`: forms of the name that the words to the letter miss. */
function otherForms(base: Base, spans: Region, words: string): string[] {
	const found = new Set<string>();
	const lower = words.toLowerCase();
	for (const span of spans) {
		const text = flat(base.plain(span).text);
		const low = text.toLowerCase();
		if (low.length !== text.length) continue;
		for (let at = low.indexOf(lower); at >= 0 && found.size < 5; at = low.indexOf(lower, at + lower.length)) {
			const end = /^[\p{L}]{0,3}/u.exec(text.slice(at + lower.length))?.[0].length ?? 0;
			const form = text.slice(at, at + lower.length + end);
			const opens = at > 0 && /[\p{L}\p{N}]/u.test(text.charAt(at - 1));
			if (form !== words && !opens && !/[\p{L}]/u.test(text.charAt(at + lower.length + end))) found.add(`"${form}"`);
		}
	}
	return [...found];
}
