import { matchWildcard, resolveEntitlement, type CompiledPolicy } from '../../policy';

interface Pattern {
	/** Declared name, e.g. `jira/project:*`. */
	name: string;
	/** Name of its groups with `*` for each placeholder. */
	group: string;
	/** Which wildcard each placeholder stands for, from 0. */
	order: number[];
}

/** What a policy has to say of one application: its account, and which of its groups are whose entitlement. */
export class ManagedGroups {
	/** The entitlement that an account of the application is. */
	readonly account: string | undefined;
	/** Groups that are declared by name, with their entitlements. */
	readonly declared: ReadonlyMap<string, string>;
	readonly #patterns: Pattern[] = [];

	constructor(
		readonly compiled: CompiledPolicy,
		readonly application: string,
	) {
		const declared = new Map<string, string>();
		let account: string | undefined;
		for (const [name, declaration] of Object.entries(compiled.policy.entitlements)) {
			if (declaration.app !== application) continue;
			if (declaration.account === true && !name.includes('*')) account ??= name;
			if (declaration.group === undefined) continue;
			if (!name.includes('*')) declared.set(declaration.group, name);
			else {
				const pattern = patternOf(name, declaration.group);
				if (pattern !== undefined) this.#patterns.push(pattern);
			}
		}
		this.account = account;
		this.declared = declared;
	}

	/** Whether groups are governed that the policy does not name one by one. */
	get hasPatterns(): boolean {
		return this.#patterns.length > 0;
	}

	/** The entitlement that a group of the application is; `undefined` for groups that the policy does not know. */
	entitlementOf(group: string): string | undefined {
		const exact = this.declared.get(group);
		if (exact !== undefined) return exact;
		for (const pattern of this.#patterns) {
			const captures = matchWildcard(pattern.group, group);
			if (captures === undefined) continue;
			const name = fill(pattern, captures);
			// The way back has to lead here again: what a wildcard may stand for is the policy's to say.
			if (resolveEntitlement(this.compiled, name)?.target === group) return name;
		}
		return undefined;
	}

	/** Group of an entitlement of this application; `undefined` for accounts, roles and other applications. */
	groupOf(entitlement: string): string | undefined {
		const resolved = resolveEntitlement(this.compiled, entitlement);
		if (resolved?.application !== this.application || resolved.kind !== 'group') return undefined;
		return resolved.target;
	}

	/** Whether an entitlement is one of this application. */
	has(entitlement: string): boolean {
		return resolveEntitlement(this.compiled, entitlement)?.application === this.application;
	}
}

function patternOf(name: string, group: string): Pattern | undefined {
	const order = [...group.matchAll(/\{(\d{1,2})\}/g)].map(([, index]) => Number(index) - 1);
	const wildcards = name.split('*').length - 1;
	// Each wildcard once: else the group's name doesn't tell what it stands for.
	if (order.length !== wildcards || new Set(order).size !== order.length) return undefined;
	return { name, group: group.replace(/\{\d{1,2}\}/g, '*'), order };
}

function fill({ name, order }: Pattern, captures: readonly string[]): string {
	const values: string[] = [];
	for (const [place, wildcard] of order.entries()) values[wildcard] = captures[place] ?? '';
	return name
		.split('*')
		.map((text, index) => text + (values[index] ?? ''))
		.join('');
}
