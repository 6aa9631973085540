import type { KnownNames } from '../plan';
import type { LedgerApi } from '../store';
import type { Compute, DecisionSummary, DecisionTask } from './tasks';

/** Each round asks for ten times as many variants of a name: far more than people there are. */
const MAX_ROUNDS = 10;

/**
 * Decides, and where the policy says what happens when two people would get one userName, asks the ledger about the names
 * that the decision turned out to need: a query a round and application, none where nobody gets a new name.
 */
export async function decideWithNames(
	ledger: Pick<LedgerApi, 'namesInUse'>,
	compute: Compute,
	task: DecisionTask,
): Promise<DecisionSummary> {
	let known: KnownNames = task.state.names ?? { asked: [], inUse: [] };
	for (let round = 1; ; round++) {
		const decision = await compute('decide', { ...task, state: { ...task.state, names: known } });
		const { toLookUp } = decision.names;
		if (toLookUp.length === 0 || round === MAX_ROUNDS) return decision;
		const found = await Promise.all(toLookUp.map((scope) => ledger.namesInUse(scope)));
		known = { asked: [...known.asked, ...toLookUp], inUse: [...known.inUse, ...found.flat()] };
	}
}
