import type { Base } from '../target/base';
import { isFailure } from '../target/located';
import { resolvePlace } from '../target/resolve';
import type { Instruction } from '../types';
import { fail, type Outcome } from './edit';
import { replaceWords } from './quoted';

/** `Categories of data: names, addresses`: new words behind a label that stays; where no label reads so, the quoted words. */
export function restateLabelled(base: Base, instruction: Instruction): Outcome {
	const { target, new: fresh } = instruction;
	const [place, ...others] = target.places;
	if (!fresh || !place) return fail('not_found', 'It does not say what is replaced by what.');
	const located = resolvePlace(base, place);
	if (isFailure(located)) {
		if (located.status !== 'not_found') return located;
		const places = target.places.map((one) => ({ ...one, steps: one.steps.filter(({ by }) => by !== 'heading') }));
		return replaceWords(base, { ...instruction, target: { ...target, places } });
	}
	const { node } = located;
	if (others.length > 0 || !node || node.text === '' || node.number !== undefined)
		return fail('ambiguous', 'Whether the heading or what stands below it changes has to be decided by a person.');
	const raw = fresh.raw.trim();
	const { end } = node.span;
	const text = /[.;:]$/.test(raw) || !/[.;]$/.test(node.text) ? raw : raw + node.text.slice(-1);
	return { status: 'applied', edits: [{ start: base.opening(node).body, end, text }] };
}
