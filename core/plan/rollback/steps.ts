import { Picture } from './drift';
import { inverseOf } from './inverse';
import type { Inverse } from './inverse';
import type { DoneAction, RollbackConflict, RollbackInput } from './types';

export type Why = Pick<RollbackConflict, 'code' | 'reason' | 'remedy'>;

/** One inverse. */
export interface Step {
	/** The actions that it takes back, what was done last first; several where they are about one thing. */
	undoes: DoneAction[];
	inverse: Inverse & { kind: 'action' };
}

export interface Steps {
	/** What was done last first. */
	steps: Step[];
	skipped: Array<{ actionId: string; reason: string }>;
	conflicts: Array<{ done: DoneAction; why: Why }>;
}

const GIVES = new Set(['create_account', 'add_to_group', 'assign_role']);

const STUCK: Why = {
	code: 'CHANGED_SINCE',
	reason: 'A later action on the same access cannot be taken back, so this one cannot either.',
	remedy: 'Resolve the conflict of the later action first.',
};

/** Inverses from the last action to the first; several on one thing become one, or none where things are as before. */
export function inverseSteps(input: RollbackInput): Steps {
	const picture = new Picture(input);
	const steps = new Map<string, Step>();
	const stuck = new Set<string>();
	const skipped: Steps['skipped'] = [];
	const conflicts: Steps['conflicts'] = [];
	for (const done of [...input.entries].reverse()) {
		const { content, id } = done.action;
		const key = `${content.identityId}\n${content.application}\n${content.entitlement ?? content.operation}`;
		const inverse = inverseOf(done);
		if (inverse.kind === 'skip') {
			skipped.push({ actionId: id, reason: inverse.reason });
			continue;
		}
		const drift = stuck.has(key) ? STUCK : picture.drift(done);
		if (inverse.kind === 'conflict' || drift !== undefined) {
			stuck.add(key);
			if (inverse.kind === 'conflict') conflicts.push({ done, why: drift ?? inverse });
			else if (drift !== undefined) conflicts.push({ done, why: drift });
			continue;
		}
		picture.undo(done, inverse.attributes);
		// What was done first decides what was there before: its inverse takes the place of later ones.
		const later = steps.get(key);
		steps.delete(key);
		steps.set(key, { undoes: [...(later?.undoes ?? []), done], inverse });
	}
	const now = new Picture(input);
	const remaining = [...steps.values()].filter((step) => {
		if (!netsOut(step, now)) return true;
		const reason = 'Given and taken again: it is as it was before.';
		skipped.push(...step.undoes.map(({ action }) => ({ actionId: action.id, reason })));
		return false;
	});
	return { steps: remaining, skipped, conflicts };
}

/** Given and taken again, or the other way round: what the inverse would bring about is there already. */
function netsOut({ undoes, inverse }: Step, now: Picture): boolean {
	const { entitlement, identityId } = undoes[0]?.action.content ?? {};
	if (undoes.length < 2 || entitlement === undefined || identityId === undefined) return false;
	if (inverse.operation === 'update_account') return false;
	return now.holds(identityId, entitlement) === GIVES.has(inverse.operation);
}
