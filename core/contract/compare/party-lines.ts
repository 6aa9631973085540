import type { ContractTree } from '../tree';
import { renamedParties } from './rename';
import { link, type Unit } from './unit';

const SURE = 0.95;

/** In one case, without the full stop at the end, which a name's `Inc.` may bring along. */
function plain(text: string): string {
	return text.toLowerCase().replace(/[.;]+$/, '');
}

/**
 * Pairs clauses that say the same but for the new name of a party, however little is left of the old one: a line of the
 * signatures is nothing but the name. Only where both versions have as many of a kind.
 */
export function pairPartyLines(
	trees: { before: ContractTree; after: ContractTree },
	before: readonly Unit[],
	after: readonly Unit[],
): void {
	for (const { from, to } of renamedParties(trees.before, trees.after)) {
		const waiting = byRest(after, plain(to));
		if (waiting.size === 0) continue;
		for (const [rest, units] of byRest(before, plain(from))) {
			const wanted = waiting.get(rest) ?? [];
			if (units.length !== wanted.length) continue;
			units.forEach((unit, index) => {
				const match = wanted[index];
				if (match) link(unit, match, SURE);
			});
		}
	}
}

/** Unpaired clauses with a name, by what they say besides; whether the name is in capitals counts. */
function byRest(units: readonly Unit[], name: string): Map<string, Unit[]> {
	const found = new Map<string, Unit[]>();
	for (const unit of units) {
		if (unit.partner >= 0 || unit.node.table) continue;
		const text = plain(unit.text);
		if (!text.includes(name)) continue;
		const capitals = unit.text === unit.text.toUpperCase();
		const rest = `${String(capitals)} ${unit.node.number ?? ''} ${text.replaceAll(name, '\u0000')}`;
		const known = found.get(rest);
		if (known) known.push(unit);
		else found.set(rest, [unit]);
	}
	return found;
}
