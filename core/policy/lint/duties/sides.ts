import { templatePattern } from '../../compile';
import { matchWildcard } from '../../entitlement';
import type { Separation } from '../../schema';
import { parseTemplate } from '../../template';

/** Patterns of which each side of a conflict needs one; the sides together make it. */
export function sidesOf({ any, all, with: other }: Separation): string[][] {
	const sides = any === undefined ? (all ?? []).map((pattern) => [pattern]) : [any];
	return other === undefined ? sides : [...sides, other];
}

/** What a granted name can be: itself, or for a template every name of its form. */
const formOf = (name: string) => (name.includes('{') ? templatePattern(parseTemplate(name)) : name);

const touches = (pattern: string, form: string) =>
	pattern === form || matchWildcard(pattern, form) !== undefined || matchWildcard(form, pattern) !== undefined;

/** Names that occur in a policy, found by pattern. */
export class NameSpace {
	readonly #all: ReadonlyMap<string, string>;
	readonly #open: readonly string[];
	readonly #found = new Map<string, readonly string[]>();

	constructor(names: Iterable<string>) {
		this.#all = new Map([...new Set(names)].map((name) => [name, formOf(name)]));
		this.#open = [...this.#all].flatMap(([name, form]) => (form.includes('*') ? [name] : []));
	}

	matching(pattern: string): readonly string[] {
		const known = this.#found.get(pattern);
		if (known !== undefined) return known;
		const candidates = pattern.includes('*')
			? [...this.#all.keys()]
			: [...(this.#all.has(pattern) ? [pattern] : []), ...this.#open];
		const found = candidates.filter((name) => touches(pattern, this.#all.get(name) ?? name));
		this.#found.set(pattern, found);
		return found;
	}
}

/**
 * Gives each side an entitlement of its own: holding one thing twice is no conflict.
 *
 * @param options for each side the names that would do
 * @returns a name for each side, or undefined where there are too few different ones
 */
export function distinctNames(options: readonly (readonly string[])[]): string[] | undefined {
	const ownerOf = new Map<string, number>();
	const place = (side: number, seen: Set<string>): boolean =>
		(options[side] ?? []).some((name) => {
			if (seen.has(name)) return false;
			seen.add(name);
			const owner = ownerOf.get(name);
			if (owner !== undefined && !place(owner, seen)) return false;
			ownerOf.set(name, side);
			return true;
		});
	if (!options.every((_, side) => place(side, new Set()))) return undefined;
	const chosen = [...ownerOf].sort((a, b) => a[1] - b[1]);
	return chosen.map(([name]) => name);
}
