import { DateTime } from 'luxon';
import type { ChangeOp, ContractChange, Effective, Term, TermChange, TermEffect } from '../../model';
import type { ClauseNode } from '../tree';
import { count } from './count';
import { opening } from './opening';
import { instructionOf, isCarriedOut } from './instruction';
import { termInWords } from './term-words';

/** Each sort of change with a sign beside its word: nothing is told by colour alone. */
export const OPS: Readonly<Record<ChangeOp, { sign: string; word: string }>> = {
	added: { sign: '+', word: 'Added' },
	removed: { sign: '−', word: 'Removed' },
	modified: { sign: '±', word: 'Modified' },
	moved: { sign: '↕', word: 'Moved' },
	renumbered: { sign: '#', word: 'Renumbered' },
	split: { sign: '÷', word: 'Split' },
	merged: { sign: '∪', word: 'Merged' },
	formatting: { sign: '¶', word: 'Formatting' },
};

/** What happened, e.g. `moved, renumbered`; a clause of which no word changed has references that do. */
export function opsInWords({ op }: ContractChange): string {
	return op.length === 0 ? 'reference broken' : op.map((each) => OPS[each].word.toLowerCase()).join(', ');
}

/** Changes by what happened, e.g. `2 added`, `1 with a broken reference`. */
export function countsInWords(changes: readonly ContractChange[], stats: Readonly<Record<ChangeOp, number>>): string[] {
	const broken = changes.filter(({ op }) => op.length === 0).length;
	const counts = (Object.keys(OPS) as ChangeOp[]).map((op) => [stats[op], OPS[op].word.toLowerCase()] as const);
	return [...counts, [broken, 'with broken references only'] as const]
		.filter(([number]) => number > 0)
		.map(([number, word]) => `${number} ${word}`);
}

export const EFFECTS: Readonly<Record<TermEffect, { sign: string; word: string }>> = {
	widening: { sign: '▲', word: 'Widening' },
	narrowing: { sign: '▼', word: 'Narrowing' },
	neutral: { sign: '■', word: 'Neutral' },
};

/** e.g. `1 December 2026 (Europe/Berlin)`, with the time where it is not midnight. An unreadable instant stays as it is. */
export function instantInWords(instant: string, zone = 'utc'): string {
	const time = DateTime.fromISO(instant, { zone, locale: 'en-GB' });
	if (!time.isValid) return instant;
	const midnight = time.hour === 0 && time.minute === 0;
	return `${time.toFormat(midnight ? 'd LLLL yyyy' : 'd LLLL yyyy, HH:mm')} (${time.zoneName})`;
}

const BASIS: Readonly<Record<Effective['basis'], string>> = {
	stated: 'as stated',
	signature: 'date of signature',
	event: 'date of the event; the text states none',
	unstated: 'no date is stated',
};

export function effectiveInWords(effective: Effective, zone?: string): string {
	const from = `From ${instantInWords(effective.from, zone)}, ${BASIS[effective.basis]}`;
	const until = effective.until === undefined ? '' : `, until ${instantInWords(effective.until, zone)}`;
	const back = effective.retroactive ? '. It reaches back before the day it was agreed' : '';
	return `${from}${until}${back}.`;
}

/** What a change is about, without its numbers: heading, party, row, or the first words (of the clause as it is now). */
export function nameOf(change: ContractChange, node?: ClauseNode): string {
	if (change.row) return `row “${opening(change.row.key)}” of ${change.row.table}`;
	if (change.kind === 'party' && change.field) return `Party: ${change.field.from ?? ''} → ${change.field.to ?? ''}`;
	if (change.kind === 'lifecycle') return lifecycleName(change);
	const heading = change.clause?.heading ?? '';
	if (heading !== '') return heading;
	if (change.kind === 'field' && change.field) return change.field.path.join(' › ');
	const text = change.text?.after ?? change.text?.before ?? node?.text ?? '';
	if (text === '') return change.field?.path.join(' › ') ?? opening(instructionOf(change)?.quote ?? '');
	return `“${opening(text)}”`;
}

function lifecycleName({ field }: ContractChange): string {
	const what = field?.path[0] ?? 'contract';
	const value = field?.to ?? field?.from ?? 'first seen';
	return what === 'contract' ? `The contract: ${value}` : `The contract’s ${what}: ${value}`;
}

export function nameOfNode(node: ClauseNode): string {
	if (node.heading !== undefined && node.heading !== '') return node.heading;
	if (node.table) return `Table of ${count(node.table.rows.length, 'row')}`;
	return node.text === '' ? node.kind : `“${opening(node.text)}”`;
}

/** e.g. `3 → 4`, `4.2`; empty where the clause has no number. */
export function numbersInWords({ clause }: ContractChange): string {
	const numbers = [clause?.numberBefore, clause?.numberAfter].filter((number) => number !== undefined);
	return [...new Set(numbers)].join(' → ');
}

/** One line for a person, e.g. `Modified, renumbered: 4.2 → 4.3 Fees`. */
export function changeInWords(change: ContractChange): string {
	const instruction = instructionOf(change);
	if (instruction && !isCarriedOut(change))
		return `Not carried out (${instruction.status.replace('_', ' ')}): “${opening(instruction.quote, 120)}”`;
	const what = opsInWords(change);
	const cell = change.row ? change.field : undefined;
	const detail = cell ? ` (${cell.path.at(-1) ?? ''}: ${cell.from ?? '–'} → ${cell.to ?? '–'})` : '';
	const numbers = change.row ? '' : numbersInWords(change);
	const name = [numbers, nameOf(change)].filter((part) => part !== '').join(' ');
	return `${what.charAt(0).toUpperCase()}${what.slice(1)}: ${name === '' ? `${change.kind} without heading` : name}${detail}`;
}

/** e.g. `Term seats: 10 → 25 (widening)`. */
export function termChangeInWords(term: TermChange): string {
	const side = (each: Term | undefined): string => (each && !each.value ? (each.problem ?? 'none') : termInWords(each));
	return `Term ${term.name}: ${side(term.before)} → ${side(term.after)} (${term.effect})`;
}
