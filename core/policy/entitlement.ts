import type { EntitlementDeclaration, PolicyDocument } from './schema';
import { fillTemplate, parseTemplate } from './template';

export type EntitlementKind = 'account' | 'group' | 'role';

/** Something grantable, with wildcards filled in. */
export interface Entitlement {
	/** e.g. `jira/project:atlas`. */
	name: string;
	/** As declared, e.g. `jira/project:*`. */
	declaredAs: string;
	application: string;
	kind: EntitlementKind;
	/** Display name of the group or role in the application; absent for an account. */
	target?: string;
	privileged: boolean;
	/** Address or `group:NAME`: the entitlement's owner, else the application's. */
	owner?: string;
	/** ISO-8601 duration. */
	maxDuration?: string;
}

const MAX_CAPTURE = 100;

/** What a wildcard may stand for: no control characters, no template or wildcard signs, no outer blanks. */
function isCapture(text: string): boolean {
	if (text === '' || text.length > MAX_CAPTURE || text !== text.trim()) return false;
	return !/[*{}\p{C}]/u.test(text);
}

/**
 * Matches a name against a pattern in which `*` stands for one or more characters; each takes as little as it can,
 * the last takes the rest. Linear in the name for each literal part.
 *
 * @returns what the wildcards stand for, or undefined where the name does not match
 */
export function matchWildcard(pattern: string, name: string): string[] | undefined {
	const literals = pattern.split('*');
	const first = literals[0] ?? '';
	if (literals.length === 1) return pattern === name ? [] : undefined;
	const last = literals[literals.length - 1] ?? '';
	if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length + 1) return undefined;
	const captures: string[] = [];
	const end = name.length - last.length;
	let at = first.length;
	for (const literal of literals.slice(1, -1)) {
		const found = name.indexOf(literal, at + 1);
		if (found === -1 || found + literal.length >= end) return undefined;
		captures.push(name.slice(at, found));
		at = found + literal.length;
	}
	captures.push(name.slice(at, end));
	return captures;
}

/** What is grantable under a policy. Exact names come before wildcards, longer wildcards before shorter ones. */
export class EntitlementCatalogue {
	readonly #exact = new Map<string, EntitlementDeclaration>();
	readonly #wildcards: Array<{ pattern: string; declaration: EntitlementDeclaration }> = [];
	readonly #owners = new Map<string, string>();

	constructor(policy: PolicyDocument) {
		for (const [name, application] of Object.entries(policy.applications)) {
			if (application.owner !== undefined) this.#owners.set(name, application.owner);
		}
		for (const [name, declaration] of Object.entries(policy.entitlements)) {
			if (name.includes('*')) this.#wildcards.push({ pattern: name, declaration });
			else this.#exact.set(name, declaration);
		}
		this.#wildcards.sort((a, b) => b.pattern.length - a.pattern.length || (a.pattern < b.pattern ? -1 : 1));
	}

	/** True where the name is declared as it is, a wildcard included. */
	declares(name: string): boolean {
		return this.#exact.has(name) || this.#wildcards.some(({ pattern }) => pattern === name);
	}

	/** Declared names, wildcards included. */
	names(): string[] {
		return [...this.#exact.keys(), ...this.#wildcards.map(({ pattern }) => pattern)];
	}

	/** Undefined for a name that nothing declares, and for one whose wildcard stands for something unfit. */
	resolve(name: string): Entitlement | undefined {
		const exact = this.#exact.get(name);
		if (exact !== undefined) return this.#build(name, name, exact, []);
		for (const { pattern, declaration } of this.#wildcards) {
			const captures = matchWildcard(pattern, name);
			if (captures?.every(isCapture)) return this.#build(name, pattern, declaration, captures);
		}
		return undefined;
	}

	#build(
		name: string,
		declaredAs: string,
		declaration: EntitlementDeclaration,
		captures: readonly string[],
	): Entitlement | undefined {
		const kind = declaration.account === true ? 'account' : declaration.group !== undefined ? 'group' : 'role';
		const entitlement: Entitlement = {
			name,
			declaredAs,
			application: declaration.app,
			kind,
			privileged: declaration.privileged ?? false,
		};
		if (kind !== 'account') {
			const template = parseTemplate((kind === 'group' ? declaration.group : declaration.role) ?? '');
			const target = fillTemplate(template, (index) => captures[Number(index) - 1]);
			if (target === undefined) return undefined;
			entitlement.target = target;
		}
		const owner = declaration.owner ?? this.#owners.get(declaration.app);
		if (owner !== undefined) entitlement.owner = owner;
		if (declaration.maxDuration !== undefined) entitlement.maxDuration = declaration.maxDuration;
		return entitlement;
	}
}
