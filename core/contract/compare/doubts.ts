import { clauseName } from './clause-ref';
import { unlink, type Unit } from './unit';

/** Two clauses that may be one. */
export interface Proposal {
	before: Unit;
	after: Unit;
	similarity: number;
	score: number;
	/** Same name, or between the same unchanged neighbours. */
	placed: boolean;
}

/** Less than this, and elsewhere, and another would have done as well: then neither is it. */
const SURE = 0.75;
/** Scores this close to each other decide nothing. */
const TOO_CLOSE = 0.03;

/** Marks pairs, or parts them where they have little in common, for which a clause that found no partner itself would have done as well. */
export function markDoubts(accepted: readonly Proposal[], proposals: readonly Proposal[]): void {
	const rivals = new Map<Unit, Proposal[]>();
	const enter = (unit: Unit, proposal: Proposal): void => {
		const known = rivals.get(unit);
		if (known) known.push(proposal);
		else rivals.set(unit, [proposal]);
	};
	for (const proposal of proposals) {
		if (proposal.after.partner < 0) enter(proposal.before, proposal);
		if (proposal.before.partner < 0) enter(proposal.after, proposal);
	}
	for (const { before, after, score, similarity, placed } of accepted) {
		const close = (unit: Unit): Proposal | undefined =>
			rivals.get(unit)?.find((rival) => Math.abs(rival.score - score) <= TOO_CLOSE);
		const [other, another] = [close(before)?.after, close(after)?.before];
		if ((other ?? another) && !placed && similarity < SURE) {
			unlink(before, after);
			continue;
		}
		if (other) {
			const names = `${clauseName(after.node)} and ${clauseName(other.node)}`;
			before.doubt = `${names} of the later version resemble this clause equally; the first was taken for it.`;
		} else if (another) {
			const names = `${clauseName(before.node)} and ${clauseName(another.node)}`;
			before.doubt = `${names} of the earlier version resemble this clause equally; the first was taken for it.`;
		}
	}
}
