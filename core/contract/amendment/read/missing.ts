import type { Draft } from '../grammar/draft';
import type { Passage, Step } from '../types';
import type { Payload } from './payload';
import type { Unit } from './units';

const PLACELESS = new Set([
	'extend',
	'terminate',
	'add_rights',
	'rename_term',
	'rename_party',
	'add_schedule',
	'add_definition',
	'renumber',
	'suspend',
]);

/** Text without quotation marks that ends where a number follows that may be its own. */
export function cutShort(unit: Unit, payload: Payload | undefined): string | undefined {
	if (unit.doubtful !== true || !payload || payload.quoted || payload.end < unit.end - 2) return undefined;
	return 'The new text is not in quotation marks and may go on behind the next number.';
}

const isRange = (step: Step): boolean => step.by === 'number' && step.through !== undefined;

/** What an instruction lacks to be carried out. */
export function missing(draft: Draft, fresh: Passage | undefined): string | undefined {
	if (draft.target.places.length === 0 && (draft.target.adds ?? []).length === 0 && !PLACELESS.has(draft.kind))
		return 'It does not say which clause it changes.';
	if (draft.attached !== undefined && draft.target.adds?.[0]?.steps.at(-1)?.by === 'heading')
		return `Which part of ${draft.attached} it means has to be decided by a person.`;
	if (draft.attached !== undefined && (draft.target.adds ?? []).length > 1)
		return `Several new parts stand in ${draft.attached}.`;
	if (draft.attached !== undefined && !fresh)
		return `The new text is said to stand in ${draft.attached}, which is not in this file.`;
	const several = draft.target.places.length > 1 || draft.target.places.some(({ steps }) => steps.some(isRange));
	if (
		draft.kind === 'replace_clause' &&
		several &&
		/^\[?(?:reserved|intentionally|omitted|not used)\b/i.test(fresh?.text ?? '')
	)
		return 'It gives several clauses one placeholder; whether each keeps its number has to be decided by a person.';
	if (draft.takes === 'new' && (!fresh || fresh.text.trim() === ''))
		return 'The new text was not found behind the instruction.';
	return undefined;
}
