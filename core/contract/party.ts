import type { ContractChange } from '../model';
import type { Lexicon } from './tokens';
import type { ContractTree } from './tree';
import type { Unit } from './unit';

/** A party that bears another name in the later version. */
export class PartyRename {
	readonly #from: Int32Array;
	readonly #to: Int32Array;
	readonly places: Array<{ before: Unit; after: Unit }> = [];

	constructor(
		readonly from: string,
		readonly to: string,
		lexicon: Lexicon,
	) {
		this.#from = lexicon.tokens(from).ids;
		this.#to = lexicon.tokens(to).ids;
	}

	/** Whether two paired clauses differ in nothing but the name; remembers the place if so. */
	explains(before: Unit, after: Unit): boolean {
		const a = before.tokens.ids;
		const b = after.tokens.ids;
		let [i, j] = [0, 0];
		while (i < before.length) {
			if (a[i] === b[j] && !(startsAt(a, i, this.#from) && startsAt(b, j, this.#to))) {
				i++;
				j++;
			} else if (startsAt(a, i, this.#from) && startsAt(b, j, this.#to)) {
				i += this.#from.length;
				j += this.#to.length;
			} else return false;
		}
		if (j !== after.length) return false;
		this.places.push({ before, after });
		return true;
	}

	/** The one change that all places make. */
	change(): Omit<ContractChange, 'id'> | undefined {
		const first = this.places[0];
		if (!first) return undefined;
		return {
			kind: 'party',
			op: ['modified'],
			field: {
				path: ['party', ...this.places.map(({ after }) => after.node.key)],
				from: this.from,
				to: this.to,
				type: 'text',
			},
			text: {
				before: this.from,
				after: this.to,
				inline: [
					{ op: '-', t: this.from },
					{ op: '+', t: this.to },
				],
			},
			span: { before: first.before.node.span, after: first.after.node.span },
			origin: 'diff',
			confidence: 0.95,
		};
	}
}

function startsAt(ids: Int32Array, at: number, wanted: Int32Array): boolean {
	if (wanted.length === 0 || at + wanted.length > ids.length) return false;
	for (let i = 0; i < wanted.length; i++) if (ids[at + i] !== wanted[i]) return false;
	return true;
}

/** Parties that were renamed: as many as before, and exactly one of them differs. */
export function findPartyRename(before: ContractTree, after: ContractTree, lexicon: Lexicon): PartyRename | undefined {
	if (before.parties.length === 0 || before.parties.length !== after.parties.length) return undefined;
	const differing = before.parties
		.map((name, index) => [name, after.parties[index] ?? ''] as const)
		.filter(([from, to]) => from !== to);
	const [only] = differing;
	return only && differing.length === 1 ? new PartyRename(only[0], only[1], lexicon) : undefined;
}
