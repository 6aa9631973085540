import type { StatedTimeline } from '../lifecycle';
import type { Action, Assignment, Grant } from '../model';
import type { PersonToPlan } from '../plan';
import { desiredTenures, type CompiledPolicy, type PersonAccess } from '../policy';
import type { DecisionState } from './decide';

/** Contract ids may hold slashes, rule ids don't. */
export function isOfContract({ source }: Assignment, contractId: string): boolean {
	return source.kind === 'contract' && source.ref.slice(0, source.ref.lastIndexOf('/')) === contractId;
}

/** What belongs to one person, found without looking at everybody's. */
export class StateByPerson {
	readonly #assignments: ReadonlyMap<string, Assignment[]>;
	readonly #held: ReadonlyMap<string, Grant[]>;
	readonly #open: ReadonlyMap<string, Action[]>;

	constructor(
		readonly state: DecisionState,
		contracts: ReadonlyArray<{ id: string; rows: readonly Assignment[] }>,
	) {
		const standing = contracts.reduce<readonly Assignment[]>(
			(rows, contract) => [...rows.filter((each) => !isOfContract(each, contract.id)), ...contract.rows],
			state.assignments,
		);
		this.#assignments = groupBy(standing, ({ identityId }) => identityId);
		this.#held = groupBy(state.held, ({ identityId }) => identityId);
		this.#open = groupBy(state.openActions, ({ content }) => content.identityId);
	}

	of(timeline: StatedTimeline, compiled: CompiledPolicy, asOf: string): PersonToPlan {
		const { identityId } = timeline;
		const held = this.#held.get(identityId) ?? [];
		const hold = Object.hasOwn(this.state.holds, identityId) ? this.state.holds[identityId] : undefined;
		return {
			timeline,
			access: this.#access(timeline, held, compiled, asOf),
			held,
			openActions: this.#open.get(identityId) ?? [],
			...(hold !== undefined && { hold }),
		};
	}

	#access(timeline: StatedTimeline, held: readonly Grant[], compiled: CompiledPolicy, asOf: string): PersonAccess {
		const assignments = this.#assignments.get(timeline.identityId) ?? [];
		return desiredTenures({ compiled, timeline, assignments, held, asOf });
	}
}

export function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
	const groups = new Map<string, Item[]>();
	for (const item of items) {
		const key = keyOf(item);
		const group = groups.get(key);
		if (group) group.push(item);
		else groups.set(key, [item]);
	}
	return groups;
}
