import type { ChangeDraft, PlacedChange } from './clause-change';
import type { Unit } from './unit';

/**
 * A heading whose only body is a paragraph without a number is one clause with it: where the heading moved and the
 * paragraph was edited, that is one change. Clauses come in document order, headings before their bodies.
 */
export class CarriedBodies {
	/** The change of a heading by its body, told already; the body's change takes it in. */
	readonly #headings = new Map<number, PlacedChange>();

	constructor(
		private readonly before: readonly Unit[],
		private readonly after: readonly Unit[],
	) {}

	/** Remembers the change of a heading, and hands it on. */
	told(unit: Unit, change: PlacedChange): PlacedChange {
		const body = this.#bodyOf(unit);
		const { op, text, refs, needsHuman } = change.draft;
		const quiet = op.length > 0 && op.every((each) => each === 'moved' || each === 'renumbered');
		if (body && quiet && !text && !refs && !needsHuman) this.#headings.set(body.node.index, change);
		return change;
	}

	/** Whether the change of a body became one with that of its heading. */
	joins(unit: Unit, draft: ChangeDraft): boolean {
		const heading = this.#headings.get(unit.node.index);
		if (!heading || !draft.op.includes('modified')) return false;
		const ops = [...draft.op, ...heading.draft.op.filter((op) => !draft.op.includes(op))];
		heading.draft = { ...draft, op: ops };
		return true;
	}

	#bodyOf({ node, partner }: Unit): Unit | undefined {
		const match = this.after[partner]?.node;
		const [body, ...others] = node.children;
		const [now, ...more] = match?.children ?? [];
		if (!body || !now || others.length + more.length > 0) return undefined;
		const plain = [body, now].every(
			(child) => child.kind === 'paragraph' && child.number === undefined && !child.table,
		);
		const unit = this.before[body.index];
		return plain && node.text === '' && match?.text === '' && unit?.partner === now.index ? unit : undefined;
	}
}
