import type { Blocked, DesiredHolding, Source } from '../../model';
import type { Entitlement } from '../entitlement';
import { isExcluded } from '../roles';
import type { CompiledPolicy } from '../compile';
import type { HeldBack } from './types';

interface Earned {
	identityId: string;
	subject: string;
	entitlement: Entitlement;
	sources: Map<string, Source>;
}

interface RoleHeld {
	role: string;
	exclude: readonly string[];
}

/** Later of two ends; an open end is the latest of all. */
export function laterEnd(a: string | undefined, b: string | undefined): string | undefined {
	if (a === undefined || b === undefined) return undefined;
	return a > b ? a : b;
}

/** Collects what an evaluation finds, in any order, and gives it back in one. */
export class EvaluationResult {
	readonly #earned = new Map<string, Earned>();
	readonly #roles = new Map<string, RoleHeld[]>();
	readonly #blocked = new Map<string, Blocked>();
	readonly #heldBack: HeldBack[] = [];

	constructor(
		readonly compiled: CompiledPolicy,
		readonly effectiveFrom: string,
	) {}

	block(blocked: Blocked): void {
		this.#blocked.set(
			JSON.stringify([blocked.identityId, blocked.subject, blocked.rule, blocked.entitlement, blocked.reason]),
			blocked,
		);
	}

	holdBack(heldBack: HeldBack): void {
		this.#heldBack.push(heldBack);
	}

	holdRole(identityId: string, role: string, exclude: readonly string[]): void {
		if (exclude.length === 0) return;
		const held = this.#roles.get(identityId) ?? [];
		held.push({ role, exclude });
		this.#roles.set(identityId, held);
	}

	earn(identityId: string, subject: string, name: string, source: Source): void {
		const entitlement = this.compiled.entitlements.resolve(name);
		if (entitlement === undefined) {
			const reason = `"${name}" is no entitlement of this policy.`;
			this.block({
				identityId,
				subject,
				entitlement: name,
				rule: source.ref,
				reason,
				remedy: 'Declare the entitlement.',
			});
			return;
		}
		if (entitlement.maxDuration !== undefined) {
			const reason = `${name} may be held for ${entitlement.maxDuration} at most, which standing access cannot keep to yet.`;
			const remedy = 'Give it on request only, or remove maxDuration.';
			this.block({ identityId, subject, entitlement: name, rule: source.ref, reason, remedy });
			return;
		}
		const key = `${identityId}\n${name}`;
		const earned = this.#earned.get(key) ?? {
			identityId,
			subject,
			entitlement,
			sources: new Map<string, Source>(),
		};
		this.#earned.set(key, earned);
		const sourceKey = `${source.kind}\n${source.ref}`;
		// One rule may earn the same entitlement through several roles; the first one named is the reason.
		if (!earned.sources.has(sourceKey)) earned.sources.set(sourceKey, source);
	}

	#excludedBy(earned: Earned): string | undefined {
		const roles = this.#roles.get(earned.identityId) ?? [];
		return roles.find(({ exclude }) => isExcluded(earned.entitlement.name, exclude))?.role;
	}

	#holding(earned: Earned): DesiredHolding {
		const sources = [...earned.sources.entries()].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([, source]) => source);
		const holding: DesiredHolding = {
			identityId: earned.identityId,
			entitlement: earned.entitlement.name,
			sources,
			validFrom: this.effectiveFrom,
		};
		const [first, ...rest] = sources;
		const until = rest.reduce((end, source) => laterEnd(end, source.validUntil), first?.validUntil);
		if (until !== undefined) holding.validUntil = until;
		return holding;
	}

	/** Sorted; applies what roles forbid, so call it last. */
	finish(): { desired: DesiredHolding[]; blocked: Blocked[]; heldBack: HeldBack[] } {
		const desired: DesiredHolding[] = [];
		for (const [, earned] of [...this.#earned].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
			const role = this.#excludedBy(earned);
			if (role === undefined) desired.push(this.#holding(earned));
			else this.#blockExcluded(earned, role);
		}
		const blocked = [...this.#blocked].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([, each]) => each);
		const heldBack = [...new Map(this.#heldBack.map((each) => [JSON.stringify(each), each]))]
			.sort((a, b) => (a[0] < b[0] ? -1 : 1))
			.map(([, each]) => each);
		return { desired, blocked, heldBack };
	}

	#blockExcluded(earned: Earned, role: string): void {
		const [source] = earned.sources.values();
		const { name } = earned.entitlement;
		this.block({
			identityId: earned.identityId,
			subject: earned.subject,
			entitlement: name,
			...(source && { rule: source.ref }),
			reason: `Role ${role} excludes ${name}.`,
			remedy: 'Change the role, or the rule that earns the entitlement.',
		});
	}
}
