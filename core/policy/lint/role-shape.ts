import type { EntitlementCatalogue } from '../entitlement';
import type { CompiledRole } from '../roles';
import type { LintReport } from './report';

/** Share of common entitlements from which two roles count as one, as a fraction of whole numbers. */
const ALIKE = { part: 9, of: 10 };
/** Roles that nobody would call an explosion, however few entitlements there are. */
const FEW_ROLES = 20;

/** Roles among themselves: nearly the same, too many, and privileged access that others inherit unseen. */
export function lintRoleShape(report: LintReport, catalogue: EntitlementCatalogue): void {
	lintNearDuplicates(report);
	lintExplosion(report);
	lintInheritedPrivileges(report, catalogue);
}

/** Pairs of roles that share at least nine tenths: found by their rarest entitlements, one of which they must share. */
export function nearDuplicates(roles: readonly CompiledRole[]): {
	pairs: [number, number, number][];
	compared: number;
} {
	const frequency = new Map<string, number>();
	for (const { entitlements } of roles) {
		for (const name of entitlements) frequency.set(name, (frequency.get(name) ?? 0) + 1);
	}
	const rarity = (name: string) => frequency.get(name) ?? 0;
	const byRarest = new Map<string, number[]>();
	const pairs: [number, number, number][] = [];
	let compared = 0;
	const sets = roles.map(({ entitlements }) => new Set(entitlements));
	roles.forEach(({ entitlements }, index) => {
		const size = entitlements.length;
		const sorted = [...entitlements].sort((a, b) => rarity(a) - rarity(b) || (a < b ? -1 : 1));
		// Two sets that share nine tenths of their union share one of the first tenth (and one more) of either.
		const tellTale = sorted.slice(0, size - Math.ceil((size * ALIKE.part) / ALIKE.of) + 1);
		const candidates = new Set(tellTale.flatMap((name) => byRarest.get(name) ?? []));
		for (const other of candidates) {
			const set = sets[other] ?? new Set();
			if (Math.min(size, set.size) * ALIKE.of < Math.max(size, set.size) * ALIKE.part) continue;
			compared += 1;
			const common = entitlements.filter((name) => set.has(name)).length;
			const union = size + set.size - common;
			if (common * ALIKE.of >= union * ALIKE.part) pairs.push([other, index, Math.floor((common * 100) / union)]);
		}
		for (const name of tellTale) {
			const bucket = byRarest.get(name);
			if (bucket === undefined) byRarest.set(name, [index]);
			else bucket.push(index);
		}
	});
	return { pairs, compared };
}

/** Names of all roles that each role includes, at any depth. */
function inheritedBy(report: LintReport): (name: string) => ReadonlySet<string> {
	const known = new Map<string, Set<string>>();
	return (name) => {
		const cached = known.get(name);
		if (cached !== undefined) return cached;
		const found = new Set<string>();
		const open = [name];
		for (let next = open.pop(); next !== undefined; next = open.pop()) {
			for (const each of report.policy.roles?.[next]?.includes ?? []) {
				if (found.has(each)) continue;
				found.add(each);
				open.push(each);
			}
		}
		known.set(name, found);
		return found;
	};
}

function lintNearDuplicates(report: LintReport): void {
	const roles = [...report.roles.values()].filter(({ entitlements }) => entitlements.length > 0);
	const order = new Map(Object.keys(report.policy.roles ?? {}).map((name, index) => [name, index]));
	const includes = inheritedBy(report);
	const told = new Set<string>();
	for (const [first, second, percent] of nearDuplicates(roles).pairs) {
		const names = [roles[first], roles[second]].flatMap((role) => role ?? []);
		const [earlier, later] = names.sort((a, b) => (order.get(a.name) ?? 0) - (order.get(b.name) ?? 0));
		if (earlier === undefined || later === undefined || told.has(later.name)) continue;
		const related = includes(later.name).has(earlier.name) || includes(earlier.name).has(later.name);
		// A role that adds a little to another by including it is inheritance, not a copy.
		if (related && percent < 100) continue;
		if (earlier.exclude.join('\n') !== later.exclude.join('\n')) continue;
		told.add(later.name);
		const share = percent === 100 ? 'the same entitlements as' : `${percent} % of its entitlements in common with`;
		const message = `role "${later.name}" has ${share} "${earlier.name}"`;
		report.warn(
			'NEAR_DUPLICATE_ROLES',
			['roles', later.name],
			message,
			'keep one, or let one include the other',
			'key',
		);
	}
}

function lintExplosion(report: LintReport): void {
	const roles = Object.keys(report.policy.roles ?? {}).length;
	const entitlements = Object.keys(report.policy.entitlements).length;
	const most = Math.max(FEW_ROLES, entitlements);
	if (roles <= most) return;
	const rules = (report.policy.rules?.length ?? 0) + (report.policy.contracts?.length ?? 0);
	const message = `there are ${roles} roles for ${entitlements} entitlements and ${rules} rules: more than ${most} is a role explosion`;
	report.warn(
		'ROLE_EXPLOSION',
		['roles'],
		message,
		'merge roles that differ little, or grant entitlements by rule',
		'key',
	);
}

function lintInheritedPrivileges(report: LintReport, catalogue: EntitlementCatalogue): void {
	for (const [name, { includes, exclude }] of Object.entries(report.policy.roles ?? {})) {
		const kept = new Set(report.roles.get(name)?.entitlements ?? []);
		(includes ?? []).forEach((each, at) => {
			const privileged = (report.roles.get(each)?.entitlements ?? []).filter(
				(entitlement) => kept.has(entitlement) && catalogue.resolve(entitlement)?.privileged === true,
			);
			if (privileged.length === 0) return;
			const message = `role "${name}" inherits privileged ${privileged.join(', ')} from "${each}"`;
			const remedy =
				exclude === undefined ? 'give it on request, or grant it by name' : 'exclude it, or grant it by name';
			report.warn('PRIVILEGED_INHERITED', ['roles', name, 'includes', at], message, remedy);
		});
	}
}
