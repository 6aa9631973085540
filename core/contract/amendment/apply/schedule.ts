import type { ClauseNode } from '../../tree';
import type { Instruction, Passage } from '../types';
import type { Base } from '../target/base';
import { neighbours, sameLabel } from '../target/labels';
import { isFailure, type Located } from '../target/located';
import { resolvePlace } from '../target/resolve';
import { plainWords } from '../text/plain';
import { leadingNumber } from './clause-text';
import { fail, type Outcome } from './edit';
import { separatorAt } from './dress';
import { appendRows, isListedRow, isRowsFor } from './table-edit';
import { onlyTable } from '../target/rows';
import { dressedHeading, dressOf, onLevel, underHeading, type Dress } from './under-heading';

/** A new exhibit: behind the one before it in the alphabet, else at the end of the agreement. */
export function addSchedule(base: Base, instruction: Instruction): Outcome {
	const step = instruction.target.adds?.[0]?.steps.at(-1);
	if (!instruction.new || step?.by !== 'schedule') return fail('not_found', 'It does not say which exhibit is added.');
	const own = resolvePlace(base, { steps: [step], quote: '' });
	if (!isFailure(own) || own.status === 'ambiguous')
		return fail('conflict', `${step.word} ${step.label} is there already.`);
	const raw = instruction.new.raw.trim();
	const name = `${step.word} ${step.label}`;
	const text = plainWords(raw.slice(0, 200), base.document.format).toLowerCase().startsWith(name.toLowerCase())
		? raw
		: `${name}\n\n${raw}`;
	const elder = neighbours(step.label, -1)
		.map((label) => resolvePlace(base, { steps: [{ ...step, label }], quote: '' }))
		.find((found): found is Located => !isFailure(found));
	const [place] = instruction.target.places;
	const named = place ? resolvePlace(base, place) : undefined;
	if (named && isFailure(named)) return named;
	const at = named?.span.end ?? elder?.span.end ?? endOf(base);
	const sibling = elder?.node ?? base.nodes.findLast(({ kind }) => kind === 'schedule');
	const dress = sibling ? dressOf(base, sibling) : undefined;
	const written = dress ? headed(text, name, dress) : text;
	return { status: 'applied', edits: [{ start: at, end: at, text: `\n\n${written}` }] };
}

/** Its label and title as a heading, where the other schedules have one in Markdown. */
function headed(text: string, name: string, dress: Dress): string {
	const [line = '', ...below] = text.split('\n');
	if (/^\s*#/.test(line)) return onLevel(text, dress.hash) ?? text;
	const bare = line.replace(/^(\*\*|__)(.*)\1\s*$/, '$2');
	if (bare.split(' ').length <= LONGEST_TITLE)
		return underHeading(dressedHeading(dress, bare), below.join('\n').trim());
	const rest = bare.slice(name.length).replace(/^[\s.:*\u2013\u2014-]+/, '');
	return underHeading(dressedHeading(dress, name), [rest, ...below].join('\n').trim());
}

const LONGEST_TITLE = 20;

/** Behind the last word of the agreement. */
export function endOf(base: Base): number {
	const { text } = base.document;
	let end = text.length;
	while (end > 0 && /\s/.test(text.charAt(end - 1))) end--;
	return end;
}

/** Rights without a clause of the agreement: a clause of their own at its end. */
export function addRightsClause(base: Base, instruction: Instruction): Outcome {
	if (!instruction.new) return fail('not_found', 'It does not say what is added.');
	const raw = instruction.new.raw.trim();
	const words = plainWords(raw, base.document.format);
	if (base.words({ start: 0, end: base.document.text.length }).includes(words))
		return fail('conflict', 'The clause stands there already.');
	const at = endOf(base);
	return {
		status: 'applied',
		edits: [{ start: at, end: at, text: `\n\n${raw}` }],
		look: 'It names no clause; its words stand at the end of the agreement.',
	};
}

/**
 * `Exhibit A is supplemented with the following: 3. … 4. …`: behind item 2 where the new text goes on counting, else at
 * the end. Items may have lost their numbers on the way here; then there have to be exactly as many of them.
 */
export function supplementPlace(base: Base, instruction: Instruction): Outcome {
	const fresh = instruction.new;
	const [place, ...others] = instruction.target.places;
	if (!fresh || !place) return fail('not_found', 'It does not say what is added to what.');
	if (others.length > 0) return fail('ambiguous', 'It supplements several places with one text.');
	const located = resolvePlace(base, place);
	if (isFailure(located)) return located;
	if (base.words(located.span).includes(plainWords(fresh.raw, base.document.format)))
		return fail('conflict', 'The text stands there already.');
	const table = onlyTable(base, located);
	if (!('status' in table) && (isRowsFor(table, fresh.raw) || isListedRow(table, fresh.raw)))
		return appendRows(base, table, fresh.raw);
	if (!('status' in table) && (located.what === 'table' || /[|\t]/.test(fresh.raw)))
		return fail('ambiguous', 'The new text has not the columns of the table that it goes into.');
	if (!('status' in table) && isEntry(fresh.text))
		return fail('ambiguous', 'It may be a row of the table there, and has not its columns.');
	if (located.what !== 'schedule' && leadingNumber(fresh.text) === undefined && isFragment(fresh.text))
		return fail('ambiguous', 'It does not say where in the clause the words go.');
	const first = leadingNumber(fresh.text)?.parts ?? [];
	const count = first.length === 1 && /^\d+$/.test(first[0] ?? '') ? Number(first[0]) : 0;
	const titled = opensWithTitle(fresh.text.slice(leadingNumber(fresh.text)?.length ?? 0));
	const elder = count > 1 ? itemBefore(base, located, count, titled) : undefined;
	const at = elder ? base.extent(elder).end : located.span.end;
	const separator = located.node ? separatorAt(base, elder ?? located.node) : '\n\n';
	return { status: 'applied', edits: [{ start: at, end: at, text: separator + itemLines(fresh, count, separator) }] };
}

/** `Lena Voss, lena@example.org`: one line of short parts, no sentence. */
function isEntry(text: string): boolean {
	const line = text.trim();
	return !line.includes('\n') && leadingNumber(line) === undefined && (/@/.test(line) || line.split(' ').length <= 4);
}

/** Words that are no sentence. */
function isFragment(text: string): boolean {
	return !/[.;:!?]["')\]]*$/.test(text.trim()) && !/\n/.test(text.trim()) && text.trim().split(' ').length <= 12;
}

/** `Fundamental Analysis. The analysts provide …`: an item with its title run in. */
function opensWithTitle(text: string): boolean {
	const title = /^(\p{Lu}[^.:;"]{2,60})\. [\p{Lu}"]/u.exec(text.slice(0, 80))?.[1];
	return title !== undefined && title.split(' ').length <= 7;
}

function itemBefore(base: Base, located: Located, count: number, titled: boolean): ClauseNode | undefined {
	const inside = base.within(located.span).filter((node) => node !== located.node && !base.isFurniture(node));
	const numbered = inside.filter((node) => sameLabel(node.number, String(count - 1)));
	if (numbered.length === 1) return numbered[0];
	if (inside.some((node) => node.number !== undefined)) return undefined;
	const headed = titled ? inside.filter((node) => !node.table && opensWithTitle(base.words(node.span))) : [];
	const last = headed.at(-1);
	const consecutive = headed.every((node, i) => i === 0 || node.index === (headed[i - 1]?.index ?? 0) + 1);
	return headed.length === count - 1 && consecutive ? last : undefined;
}

/** Items that were written in one line get lines of their own; no word changes. */
function itemLines(fresh: Passage, count: number, separator: string): string {
	let text = fresh.raw.trim();
	if (count === 0 || /\n/.test(text)) return text;
	for (let next = count + 1, from = 0; ; next++) {
		const at = text.indexOf(` ${next}. `, from);
		if (at < 0 || !/[.;:]$/.test(text.slice(0, at))) return text;
		text = `${text.slice(0, at)}${separator}${text.slice(at + 1)}`;
		from = at + separator.length;
	}
}
