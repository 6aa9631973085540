import { formatPath } from '../finding';
import type { Finding, PathSegment, Severity } from '../finding';
import { suggestName } from '../suggest-name';
import { compileRoles } from '../roles';
import type { CompiledRole } from '../roles';
import type { PolicyDocument } from '../schema';
import type { PolicySource } from '../source';

/** Gathers the findings of one document and knows where its parts stand. */
export class LintReport {
	readonly findings: Finding[] = [];

	#roles: ReadonlyMap<string, CompiledRole> | undefined;
	#includers: Map<string, string[]> | undefined;

	constructor(
		readonly policy: PolicyDocument,
		readonly source: PolicySource,
	) {}

	/** Roles with everything they include. Only for policies whose roles do not include each other. */
	get roles(): ReadonlyMap<string, CompiledRole> {
		this.#roles ??= compileRoles(this.policy);
		return this.#roles;
	}

	hasRole(name: string): boolean {
		return Object.hasOwn(this.policy.roles ?? {}, name);
	}

	/** Roles that list this one under `includes`. */
	includedBy(name: string): readonly string[] {
		if (this.#includers === undefined) {
			this.#includers = new Map();
			for (const [role, { includes }] of Object.entries(this.policy.roles ?? {})) {
				for (const each of includes ?? []) {
					const list = this.#includers.get(each);
					if (list === undefined) this.#includers.set(each, [role]);
					else list.push(role);
				}
			}
		}
		return this.#includers.get(name) ?? [];
	}

	add(
		severity: Severity,
		code: string,
		path: readonly PathSegment[],
		message: string,
		remedy: string,
		part: 'key' | 'value' = 'value',
	): void {
		const place = this.source.locate(path, part);
		this.findings.push({ severity, code, message, remedy, path: formatPath(path), ...place });
	}

	error(
		code: string,
		path: readonly PathSegment[],
		message: string,
		remedy: string,
		part: 'key' | 'value' = 'value',
	): void {
		this.add('error', code, path, message, remedy, part);
	}

	/** An error about a name that nothing declares; the nearest known one is its remedy. */
	unknown(
		code: string,
		path: readonly PathSegment[],
		message: string,
		name: string,
		known: readonly string[],
		kind: string,
	): void {
		this.error(code, path, message, suggestName(name, known, kind));
	}

	warn(
		code: string,
		path: readonly PathSegment[],
		message: string,
		remedy: string,
		part: 'key' | 'value' = 'value',
	): void {
		this.add('warning', code, path, message, remedy, part);
	}
}
