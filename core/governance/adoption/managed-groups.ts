import { matchWildcard, resolveEntitlement, type CompiledPolicy } from '../../policy';

interface Pattern {
	/** Declared name, e.g. `jira/project:*`. */
	name: string;
	/** Name in the application with `*` for each placeholder. */
	target: string;
	/** Which wildcard each placeholder stands for, from 0. */
	order: number[];
}

/** Names in the application, and whose entitlements they are. */
class Targets {
	readonly declared = new Map<string, string>();
	readonly patterns: Pattern[] = [];

	add(name: string, target: string): void {
		if (!name.includes('*')) this.declared.set(target, name);
		else {
			const pattern = patternOf(name, target);
			if (pattern !== undefined) this.patterns.push(pattern);
		}
	}

	entitlementOf(compiled: CompiledPolicy, target: string): string | undefined {
		const exact = this.declared.get(target);
		if (exact !== undefined) return exact;
		for (const pattern of this.patterns) {
			const captures = matchWildcard(pattern.target, target);
			if (captures === undefined) continue;
			const name = fill(pattern, captures);
			// The way back has to lead here again: what a wildcard may stand for is the policy's to say.
			if (resolveEntitlement(compiled, name)?.target === target) return name;
		}
		return undefined;
	}
}

/** What a policy has to say of one application: its account, and which of its groups and roles are whose entitlement. */
export class ManagedGroups {
	/** The entitlement that an account of the application is. */
	readonly account: string | undefined;
	readonly #groups = new Targets();
	readonly #roles = new Targets();

	constructor(
		readonly compiled: CompiledPolicy,
		readonly application: string,
	) {
		let account: string | undefined;
		for (const [name, declaration] of Object.entries(compiled.policy.entitlements)) {
			if (declaration.app !== application) continue;
			if (declaration.account === true && !name.includes('*')) account ??= name;
			if (declaration.group !== undefined) this.#groups.add(name, declaration.group);
			if (declaration.role !== undefined) this.#roles.add(name, declaration.role);
		}
		this.account = account;
	}

	/** Groups that are declared by name, with their entitlements. */
	get declared(): ReadonlyMap<string, string> {
		return this.#groups.declared;
	}

	/** Whether groups are governed that the policy does not name one by one. */
	get hasPatterns(): boolean {
		return this.#groups.patterns.length > 0;
	}

	/** Whether the policy has roles of the application. */
	get hasRoles(): boolean {
		return this.#roles.declared.size + this.#roles.patterns.length > 0;
	}

	/** Roles that are declared by name. */
	get declaredRoles(): readonly string[] {
		return [...this.#roles.declared.keys()];
	}

	/** The entitlement that a group of the application is; `undefined` for groups that the policy does not know. */
	entitlementOf(group: string): string | undefined {
		return this.#groups.entitlementOf(this.compiled, group);
	}

	/** The entitlement that a role of the application is; `undefined` for roles that the policy does not know. */
	entitlementOfRole(role: string): string | undefined {
		return this.#roles.entitlementOf(this.compiled, role);
	}

	/** Group of an entitlement of this application; `undefined` for accounts, roles and other applications. */
	groupOf(entitlement: string): string | undefined {
		return this.#targetOf(entitlement, 'group');
	}

	/** Role of an entitlement of this application. */
	roleOf(entitlement: string): string | undefined {
		return this.#targetOf(entitlement, 'role');
	}

	/** Whether an entitlement is one of this application. */
	has(entitlement: string): boolean {
		return resolveEntitlement(this.compiled, entitlement)?.application === this.application;
	}

	#targetOf(entitlement: string, kind: 'group' | 'role'): string | undefined {
		const resolved = resolveEntitlement(this.compiled, entitlement);
		if (resolved?.application !== this.application || resolved.kind !== kind) return undefined;
		return resolved.target;
	}
}

function patternOf(name: string, target: string): Pattern | undefined {
	const order = [...target.matchAll(/\{(\d{1,2})\}/g)].map(([, index]) => Number(index) - 1);
	const wildcards = name.split('*').length - 1;
	// Each wildcard once: else the name in the application doesn't tell what it stands for.
	if (order.length !== wildcards || new Set(order).size !== order.length) return undefined;
	return { name, target: target.replace(/\{\d{1,2}\}/g, '*'), order };
}

function fill({ name, order }: Pattern, captures: readonly string[]): string {
	const values: string[] = [];
	for (const [place, wildcard] of order.entries()) values[wildcard] = captures[place] ?? '';
	return name
		.split('*')
		.map((text, index) => text + (values[index] ?? ''))
		.join('');
}
