import { DomainError } from '../model';
import { addDuration, matchWildcard, zoneOfPerson, type CompiledPolicy } from '../policy';
import { endOfAccess, latestEnd } from './ends';
import { declared, unmet, type Attributes } from './who';

export interface BreakGlassAllowance {
	until: string;
	/** Who looks at it afterwards, e-mail addresses. */
	reviewers: string[];
	reviewBy: string;
}

/**
 * Whether a policy lets somebody use emergency access, until when, and who looks at it afterwards.
 *
 * @throws DomainError LEDGER_REFUSED where it does not
 */
export function breakGlassAllowed(asked: {
	compiled: CompiledPolicy;
	entitlement: string;
	/** Who uses it: attributes as of now. */
	person: Attributes;
	/** Addresses of the person: nobody reviews their own. */
	addresses: readonly string[];
	until?: string;
	now: string;
}): BreakGlassAllowance {
	const { compiled, entitlement: name, person, now } = asked;
	const { breakGlass } = compiled.policy;
	if (breakGlass === undefined)
		throw refused('The policy has no "breakGlass"', 'Request the access, or add it to the policy.');
	const { entitlement } = declared(compiled, name);
	if (!breakGlass.grant.some((pattern) => matchWildcard(pattern, name) !== undefined)) {
		throw refused(`"${name}" is not among what "breakGlass" gives`, 'Request the access instead.');
	}
	const condition = unmet(breakGlass.by, person);
	if (condition !== undefined) {
		throw refused(
			`The person does not meet "${condition}", by which the glass may be broken`,
			'Have somebody do it who may.',
		);
	}
	const zone = zoneOfPerson(person, compiled.zone);
	const latest = latestEnd(now, zone, [
		{ duration: breakGlass.for, because: `emergency access lasts ${breakGlass.for}` },
		{ duration: entitlement.maxDuration, because: `"${name}" may be held for ${entitlement.maxDuration ?? ''}` },
	]);
	const wanted = asked.until === undefined || asked.until.trim() === '' ? undefined : asked.until;
	const until = wanted === undefined ? latest?.until : endOfAccess(wanted, { now, zone, field: 'Until' });
	if (until === undefined || (latest !== undefined && until > latest.until)) {
		throw refused(
			`That is too long: ${latest?.because ?? ''}`,
			`Give an end up to ${latest?.until ?? ''}, or leave it empty.`,
		);
	}
	return {
		until,
		reviewers: reviewersOf(compiled, breakGlass.review.approvers, asked),
		reviewBy: addDuration(until, breakGlass.review.within, zone, 'end'),
	};
}

function reviewersOf(
	compiled: CompiledPolicy,
	approvers: readonly string[],
	{ person, addresses, entitlement }: { person: Attributes; addresses: readonly string[]; entitlement: string },
): string[] {
	const own = new Set(addresses.map((address) => address.toLowerCase()));
	const all = approvers.flatMap((name) => membersOf(compiled, name, person, entitlement));
	const others = [...new Set(all.map((address) => address.toLowerCase()))]
		.filter((address) => !own.has(address))
		.sort();
	if (others.length > 0) return others;
	throw refused(
		'Nobody besides the person would review the emergency access',
		'Name more reviewers under "breakGlass: review: approvers" in the policy.',
	);
}

function membersOf(compiled: CompiledPolicy, name: string, person: Attributes, entitlement: string): readonly string[] {
	if (name.startsWith('group:')) return compiled.groups.get(name.slice('group:'.length)) ?? [];
	if (name === 'manager') {
		const manager = Object.hasOwn(person, 'manager') ? person['manager'] : undefined;
		return typeof manager === 'string' && manager.includes('@') ? [manager] : [];
	}
	if (name === 'owner') {
		const owner = compiled.entitlements.resolve(entitlement)?.owner;
		return owner === undefined
			? []
			: owner.startsWith('group:')
				? membersOf(compiled, owner, person, entitlement)
				: [owner];
	}
	return [name];
}

function refused(what: string, remedy: string): DomainError {
	return new DomainError('LEDGER_REFUSED', `${what}.`, remedy);
}
