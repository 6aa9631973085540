import type { Source } from '../model';
import { matchWildcard } from '../policy';
import type { Evaluation, HeldBack } from '../policy';

/** Contract and rule of a contract source; rule ids hold no slash, contract ids may. */
export function contractOf(source: Source): { contractId: string; ruleId: string } | undefined {
	if (source.kind !== 'contract') return undefined;
	const slash = source.ref.lastIndexOf('/');
	return slash === -1 ? undefined : { contractId: source.ref.slice(0, slash), ruleId: source.ref.slice(slash + 1) };
}

/** Which sources a plan may open and end. */
export class PlanScope {
	readonly #contracts: ReadonlySet<string>;
	readonly #people: ReadonlySet<string>;
	readonly #heldBack = new Map<string, Array<{ heldBack: HeldBack; except: ReadonlySet<string> }>>();

	constructor(evaluation: Evaluation, contractId: string | undefined) {
		const evaluated = evaluation.contracts.filter((id) => contractId === undefined || id === contractId);
		this.#contracts = new Set(evaluated);
		this.#people = new Set(evaluation.identities.map(({ id }) => id));
		for (const each of evaluation.heldBack) {
			const key = heldBackKey(each.contractId, each.ruleId);
			const list = this.#heldBack.get(key) ?? [];
			list.push({ heldBack: each, except: new Set(each.exceptIdentityIds) });
			this.#heldBack.set(key, list);
		}
	}

	/** True for the sources that the evaluation speaks about: rules for people in it, and its contracts. */
	includes(identityId: string, source: Source): boolean {
		if (source.kind === 'rule') return this.#people.has(identityId);
		const contract = contractOf(source);
		return contract !== undefined && this.#contracts.has(contract.contractId);
	}

	/** True where nothing may be concluded from the source being absent. */
	isHeldBack(identityId: string, entitlement: string, source: Source): boolean {
		const contract = contractOf(source);
		const key = contract ? heldBackKey(contract.contractId, contract.ruleId) : heldBackKey(undefined, source.ref);
		return (this.#heldBack.get(key) ?? []).some(({ heldBack, except }) => {
			if (heldBack.identityId !== undefined && heldBack.identityId !== identityId) return false;
			if (except.has(identityId)) return false;
			return heldBack.entitlement === undefined || matchWildcard(heldBack.entitlement, entitlement) !== undefined;
		});
	}

	/** True where the plan may end the source if nothing desires it. */
	manages(identityId: string, entitlement: string, source: Source): boolean {
		return this.includes(identityId, source) && !this.isHeldBack(identityId, entitlement, source);
	}
}

function heldBackKey(contractId: string | undefined, ruleId: string): string {
	return JSON.stringify([contractId ?? null, ruleId]);
}
