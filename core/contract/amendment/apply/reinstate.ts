import type { ContractDocument, Span } from '../../../model';
import { Base } from '../target/base';
import { isFailure } from '../target/located';
import { resolvePlace } from '../target/resolve';
import type { ApplyResult, Instruction } from '../types';
import { fail, type Edit, type Outcome } from './edit';
import { changesInOrder, move } from './offsets';

/** An amendment that was carried out before: the text it found, and what it changed there. */
export interface Step {
	base: ContractDocument;
	results: readonly ApplyResult[];
}

/** Undoes what earlier amendments of the stack did to a clause, latest first; nobody else knows its earlier text. */
export function reinstateClause({ target }: Instruction, history: readonly Step[]): Outcome {
	const [place, ...others] = target.places;
	if (!place || others.length > 0) return fail('ambiguous', 'It does not name the one clause that is brought back.');
	for (let at = history.length - 1; at >= 0; at--) {
		const step = history[at];
		if (!step) break;
		const located = resolvePlace(new Base(step.base), place);
		if (isFailure(located)) continue;
		const changes = changesInOrder(step.results).filter(({ before }) => overlap(before, located.span));
		if (changes.length === 0) continue;
		const later = history.slice(at + 1).map(({ results }) => changesInOrder(results));
		const edits = changes.map(({ before, after }): Omit<Edit, 'instructionId'> | undefined => {
			let span = after;
			for (const edited of later) {
				if (edited.some((one) => overlap(one.before, span))) return undefined;
				span = move(span, edited, 'before', 'after');
			}
			return { ...span, text: step.base.text.slice(before.start, before.end) };
		});
		const all = edits.filter((edit) => edit !== undefined);
		if (all.length < edits.length) return fail('ambiguous', 'The clause was changed again since.');
		return { status: 'applied', edits: all };
	}
	return fail('not_found', 'It brings back an earlier text, which none of the amendments given took away.');
}

function overlap(a: Span, b: Span): boolean {
	return a.start < b.end && b.start < a.end;
}
