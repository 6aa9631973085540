import { isExcluded } from '../../roles';
import { Bits, commonWitness } from '../rules-together';
import type { RuleFacts, RuleSpace } from '../rules-together';
import { distinctNames } from './sides';

/** Rules by which one person comes to hold all sides of a conflict. */
export interface Meeting {
	/** Places in the space, in order. */
	rules: number[];
	/** An entitlement for each side. */
	names: string[];
	/** An example of a person for whom all of them hold. */
	witness: string;
}

export interface Meetings {
	found: Meeting[];
	/** There are more: the search stopped at its limits. */
	more: boolean;
}

const MOST_STEPS = 20_000;

/** What each side needs, as names that rules give. */
export type Sides = readonly ReadonlySet<string>[];

interface Run {
	sides: Sides;
	/** Rules that give something of each side. */
	members: readonly Bits[];
	found: Meeting[];
	seen: Set<string>;
	left: number;
	most: number;
}

const active = ({ status, never }: RuleFacts) => status !== 'proposed' && never === undefined;

/** Finds the sets of rules that hold together and complete a conflict. */
export class MeetingSearch {
	readonly #givers = new Map<string, number[]>();
	readonly #together = new Map<number, Bits>();

	constructor(readonly space: RuleSpace) {
		space.rules.forEach((rule, index) => {
			if (!active(rule)) return;
			for (const name of rule.gives) {
				const list = this.#givers.get(name);
				if (list === undefined) this.#givers.set(name, [index]);
				else list.push(index);
			}
		});
	}

	/** @param most how many meetings to give back; whether there are more is said */
	find(sides: Sides, most: number): Meetings {
		const alone = new Set<number>();
		const found: Meeting[] = [];
		const members = sides.map((names) => this.#membersOf(names));
		const everySide = Bits.all(this.space.rules.length);
		for (const side of members) everySide.and(side);
		for (const rule of everySide.members()) {
			const meeting = this.#meeting([rule], sides);
			if (meeting === undefined) continue;
			alone.add(rule);
			found.push(meeting);
		}
		// With a rule that completes it alone, every other rule of a side would complete it too.
		for (const side of members) for (const rule of alone) side.delete(rule);
		const run: Run = { sides, members, found, seen: new Set(), left: MOST_STEPS, most };
		const finished = this.#extend(run, 0, [], undefined);
		return { found: found.slice(0, most), more: !finished || found.length > most };
	}

	#membersOf(names: ReadonlySet<string>): Bits {
		const bits = new Bits(this.space.rules.length);
		for (const name of names) for (const rule of this.#givers.get(name) ?? []) bits.add(rule);
		return bits;
	}

	/** False where it stopped at a limit. */
	#extend(run: Run, side: number, chosen: readonly number[], possible: Bits | undefined): boolean {
		const members = run.members[side];
		if (members === undefined) return this.#record(run, chosen);
		const fitting = possible === undefined ? members : members.copy().and(possible);
		for (const rule of fitting.members()) {
			run.left -= 1;
			if (run.left < 0) return false;
			const next = this.#togetherWith(rule);
			const both = possible === undefined ? next : possible.copy().and(next);
			if (!this.#extend(run, side + 1, [...chosen, rule], both)) return false;
		}
		return true;
	}

	#record(run: Run, chosen: readonly number[]): boolean {
		const rules = [...new Set(chosen)].sort((a, b) => a - b);
		const key = rules.join(' ');
		if (run.seen.has(key)) return true;
		run.seen.add(key);
		const meeting = this.#meeting(rules, run.sides);
		if (meeting !== undefined) run.found.push(meeting);
		return run.found.length <= run.most;
	}

	#togetherWith(rule: number): Bits {
		const known = this.#together.get(rule);
		if (known !== undefined) return known;
		const bits = this.space.together(rule);
		this.#together.set(rule, bits);
		return bits;
	}

	#meeting(rules: readonly number[], sides: Sides): Meeting | undefined {
		const facts = rules.flatMap((rule) => this.space.rules[rule] ?? []);
		const forbids = [...new Set(facts.flatMap((rule) => rule.forbids))];
		const given = new Set(facts.flatMap(({ gives }) => gives).filter((name) => !isExcluded(name, forbids)));
		const names = distinctNames(sides.map((side) => [...side].filter((name) => given.has(name))));
		if (names === undefined) return undefined;
		const witness = commonWitness(facts);
		return witness === undefined ? undefined : { rules: [...rules], names, witness };
	}
}
