import type { CompiledPolicy } from '../compile';
import type { Entitlement } from '../entitlement';
import type { Earned } from './earned';
import { within } from './employment';
import type { Spell } from './employment';
import { addDuration, zoneOfPerson } from './local-time';
import type { EndCause, ExtendedAssignment, PersonInput, PersonTenure } from './types';

const resolved = new WeakMap<CompiledPolicy, Map<string, Entitlement | undefined>>();
const MAX_RESOLVED = 100_000;

/** What a policy declares under a name; remembered, since the same names come with every person. */
export function resolveEntitlement(compiled: CompiledPolicy, name: string): Entitlement | undefined {
	let known = resolved.get(compiled);
	if (known === undefined) {
		known = new Map();
		resolved.set(compiled, known);
	}
	if (known.has(name)) return known.get(name);
	const entitlement = compiled.entitlements.resolve(name);
	if (known.size < MAX_RESOLVED) known.set(name, entitlement);
	return entitlement;
}

/** Sources that were granted to a person of that time; contracts and discoveries speak of whoever is there now. */
const PERSONAL = new Set(['request', 'exception', 'break_glass']);

function durationsOf(
	compiled: CompiledPolicy,
	entitlement: Entitlement,
	{ source: { kind }, extendedAt }: ExtendedAssignment,
): string[] {
	if (!PERSONAL.has(kind)) return [];
	const { policy } = compiled;
	const declaration = Object.hasOwn(policy.entitlements, entitlement.declaredAs)
		? policy.entitlements[entitlement.declaredAs]
		: undefined;
	const longest: Readonly<Record<string, string | undefined>> = {
		request: declaration?.requestable?.for,
		exception: policy.exceptions?.maxDuration,
		break_glass: policy.breakGlass?.for,
	};
	// Who lets a request go on makes it an exception as far as its length goes.
	const length = extendedAt === undefined ? longest[kind] : policy.exceptions?.maxDuration;
	return [entitlement.maxDuration, length].filter((each) => each !== undefined);
}

function endOf(
	input: PersonInput,
	entitlement: Entitlement,
	assignment: ExtendedAssignment,
): { until?: string; endedBy?: EndCause } {
	const { source, validUntil, validFrom, extendedAt = validFrom } = assignment;
	const stated = validUntil ?? source.validUntil;
	const zone = zoneOfPerson(input.timeline.segments.at(-1)?.attributes, input.compiled.zone);
	let end: { until?: string; endedBy?: EndCause } = stated === undefined ? {} : { until: stated, endedBy: 'stated' };
	for (const duration of durationsOf(input.compiled, entitlement, assignment)) {
		const until = addDuration(extendedAt, duration, zone, 'end');
		if (end.until === undefined || until < end.until) end = { until, endedBy: 'duration' };
	}
	return end;
}

/** Adds what contracts, requests, exceptions, break-glass and discovery assign, within employment and allowed durations. */
export function addAssignments(earned: Earned, spells: readonly Spell[]): void {
	const { input } = earned;
	for (const assignment of input.assignments) {
		const { entitlement: name, source, validFrom: from } = assignment;
		const entitlement = resolveEntitlement(input.compiled, name);
		const { validUntil: _end, ...plain } = source;
		const until = assignment.validUntil;
		const common = {
			entitlement: name,
			sources: [plain],
			from,
			...(until !== undefined && { until }),
			rule: source.ref,
		};
		if (entitlement === undefined) {
			const reason = `"${name}" is no entitlement of this policy.`;
			earned.withhold({ code: 'UNKNOWN_ENTITLEMENT', ...common, reason, remedy: 'Declare the entitlement.' });
			continue;
		}
		if (entitlement.maxDuration !== undefined && source.kind === 'contract') {
			const reason = `${name} may be held for ${entitlement.maxDuration} at most, which standing access cannot keep to.`;
			const remedy = 'Give it on request only, or remove maxDuration.';
			earned.withhold({ code: 'MAX_DURATION', ...common, reason, remedy });
			continue;
		}
		const tenure: PersonTenure = { source: plain, from, ...endOf(input, entitlement, assignment) };
		for (const spell of spells) {
			const part = within(tenure, spell);
			if (part === undefined) continue;
			earned.add(name, part);
			// What somebody was granted in person doesn't come back with them after they left.
			if (PERSONAL.has(source.kind)) break;
			if (tenure.until !== undefined && spell.until !== undefined && spell.until >= tenure.until) break;
		}
	}
}
