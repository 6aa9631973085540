import type { ContractDocument, Span } from '../../../model';
import { readAmendmentNumber } from '../read/header';
import { Base } from '../target/base';
import { bareLabel } from '../target/labels';
import { isFailure, type Located } from '../target/located';
import { resolvePlace } from '../target/resolve';
import type { ApplyResult, Instruction, Place } from '../types';
import { fail, type Edit, type Outcome } from './edit';
import { move } from './offsets';
import { replaceClause } from './replace';

/** An amendment that was carried out before: the text it found, and what it changed there. */
export interface Step {
	base: ContractDocument;
	/** Of the amendment. */
	number?: string;
	/** In their order. */
	changes: ReadonlyArray<ApplyResult['changes'][number]>;
	/** It gave clauses other numbers. */
	renumbers: boolean;
}

type ClauseEdit = Omit<Edit, 'instructionId'>;

/** Undoes what earlier amendments of the stack did to a clause, latest first; nobody else knows its earlier text. */
export function reinstateClause(base: Base, instruction: Instruction, history: readonly Step[]): Outcome {
	const [place, ...others] = distinct(instruction.target.places);
	if (!place || others.length > 0) return fail('ambiguous', 'It does not name the one clause that is brought back.');
	// With new text, a clause that is still there is replaced by it.
	if (instruction.new && !isFailure(resolvePlace(base, place))) return replaceClause(base, instruction);
	const touched = history.flatMap((step, at) => {
		const located = resolvePlace(new Base(step.base), place);
		if (isFailure(located)) return [];
		const changes = step.changes.filter(({ before }) => overlap(before, located.span));
		return changes.length > 0 ? [{ step, at, located, changes }] : [];
	});
	const last = touched.at(-1);
	if (!last) return fail('not_found', 'It brings back an earlier text, which none of the amendments given took away.');
	if (!isTextMeant(instruction, last.step, touched.length))
		return fail(
			'ambiguous',
			'Several amendments changed the clause; which of its earlier texts is brought back is not certain.',
		);
	if (history.slice(last.at).some(({ renumbers }) => renumbers))
		return fail('ambiguous', 'Clauses were given other numbers since; which number it bears then is not certain.');
	const later = history.slice(last.at + 1).map(({ changes }) => changes);
	const edits = last.changes.map(({ before, after }): ClauseEdit | undefined => {
		let span = after;
		for (const edited of later) {
			if (edited.some((one) => overlap(one.before, span))) return undefined;
			span = move(span, edited, 'before', 'after');
		}
		return { ...span, text: last.step.base.text.slice(before.start, before.end) };
	});
	const all = edits.filter((edit) => edit !== undefined);
	if (all.length < edits.length) return fail('ambiguous', 'The clause was changed again since.');
	return instruction.new ? withNewText(instruction.new.raw, all, last.located) : { status: 'applied', edits: all };
}

const distinct = (places: readonly Place[]): Place[] => [
	...new Map(places.map((place) => [JSON.stringify(place.steps), place])).values(),
];

/** `as it read before Amendment No. 1`, `in its original form`: what is undone has to lead there. */
function isTextMeant({ quote }: Instruction, { number }: Step, changed: number): boolean {
	const before = /\b(?:before|prior to)\b([^,;]{0,80})/i.exec(quote)?.[1];
	const named = before === undefined ? undefined : readAmendmentNumber(before);
	if (named !== undefined) return named === number;
	return changed === 1 || !/\boriginal/i.test(quote);
}

/** The clause comes back with other words: in the place where it stood, under its number. */
function withNewText(fresh: string, edits: readonly ClauseEdit[], { node }: Located): Outcome {
	const [edit, ...others] = edits;
	const label = bareLabel(node?.number ?? '');
	const opening = fresh.replace(/^[*#\s]*(?:\p{L}+\s)?\(?/u, '');
	const numbered = label !== '' && opening.startsWith(label) && !/^\d/.test(opening.slice(label.length));
	if (!edit || others.length > 0 || !numbered)
		return fail('ambiguous', 'It brings a clause back with other words; where they go is not certain.');
	const gap = /\s*$/.exec(edit.text)?.[0] ?? '';
	return { status: 'applied', edits: [{ ...edit, text: fresh.trim() + gap }] };
}

function overlap(a: Span, b: Span): boolean {
	return a.start < b.end && b.start < a.end;
}
