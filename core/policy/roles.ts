import { DomainError } from '../model';
import { matchWildcard } from './entitlement';
import type { PolicyDocument } from './schema';

/** A role with everything it includes, and everything it forbids. */
export interface CompiledRole {
	name: string;
	/** Sorted. */
	entitlements: readonly string[];
	/** Names or patterns that a holder of the role never gets, whatever earns them: its own and the inherited ones. */
	exclude: readonly string[];
}

/** The role path that leads back to its beginning, e.g. `a → b → a`; undefined where there is none. */
export function findRoleCycle(policy: PolicyDocument): string[] | undefined {
	const roles = new Map(Object.entries(policy.roles ?? {}));
	const done = new Set<string>();
	for (const start of roles.keys()) {
		// An explicit stack: a chain of thousands of roles must not exhaust the call stack.
		const path: Array<{ name: string; next: number }> = [{ name: start, next: 0 }];
		const open = new Set([start]);
		for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
			const child = roles.get(top.name)?.includes?.[top.next];
			top.next += 1;
			if (child === undefined) {
				done.add(top.name);
				open.delete(top.name);
				path.pop();
			} else if (open.has(child)) {
				const names = path.map(({ name }) => name);
				return [...names.slice(names.indexOf(child)), child];
			} else if (!done.has(child) && roles.has(child)) {
				open.add(child);
				path.push({ name: child, next: 0 });
			}
		}
	}
	return undefined;
}

/** Included roles before those that include them. */
function includedFirst(policy: PolicyDocument): string[] {
	const roles = new Map(Object.entries(policy.roles ?? {}));
	const order: string[] = [];
	const seen = new Set<string>();
	for (const start of roles.keys()) {
		const stack: Array<{ name: string; leave: boolean }> = [{ name: start, leave: false }];
		for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
			if (top.leave) order.push(top.name);
			if (top.leave || seen.has(top.name) || !roles.has(top.name)) continue;
			seen.add(top.name);
			stack.push({ name: top.name, leave: true });
			for (const name of roles.get(top.name)?.includes ?? []) stack.push({ name, leave: false });
		}
	}
	return order;
}

export function isExcluded(entitlement: string, exclude: readonly string[]): boolean {
	return exclude.some((pattern) => matchWildcard(pattern, entitlement) !== undefined);
}

/** Flattens inheritance and exclusions once. */
export function compileRoles(policy: PolicyDocument): Map<string, CompiledRole> {
	const cycle = findRoleCycle(policy);
	if (cycle !== undefined) {
		throw new DomainError(
			'POLICY_INVALID',
			`Roles include each other: ${cycle.join(' → ')}.`,
			'Remove one "includes".',
		);
	}
	const roles = new Map(Object.entries(policy.roles ?? {}));
	const compiled = new Map<string, CompiledRole>();
	for (const name of includedFirst(policy)) {
		const role = roles.get(name);
		const included = (role?.includes ?? []).flatMap((each) => compiled.get(each) ?? []);
		const exclude = [...new Set([...(role?.exclude ?? []), ...included.flatMap((each) => each.exclude)])].sort();
		const all = new Set([...(role?.grant ?? []), ...included.flatMap((each) => each.entitlements)]);
		const entitlements = [...all].filter((entitlement) => !isExcluded(entitlement, exclude)).sort();
		compiled.set(name, { name, entitlements, exclude });
	}
	return compiled;
}
