import { DomainError } from '../model';
import { zoneOfPerson, type CompiledPolicy } from '../policy';
import { endOfAccess, latestEnd, type LimitedEnd } from './ends';
import { declared, unmet, type Attributes } from './who';

export interface Asked {
	compiled: CompiledPolicy;
	entitlement: string;
	/** Who gets the access: attributes as of now. */
	person: Attributes;
	/** Who asks, where that is somebody else. */
	requester?: Attributes;
	/** As written; the longest that is allowed where absent. */
	until?: string;
	now: string;
}

export interface Allowance {
	/** Absent where the policy sets no end and nobody asked for one. */
	until?: string;
}

/**
 * Whether a policy lets somebody ask for an entitlement, and until when. Both who asks and who gets it have to meet the
 * policy's condition: nobody asks on behalf of whom the policy leaves out.
 *
 * @throws DomainError LEDGER_REFUSED where it does not
 */
export function requestAllowed(asked: Asked): Allowance {
	const { compiled, entitlement: name, person, requester } = asked;
	const { entitlement, declaration } = declared(compiled, name);
	const { requestable } = declaration;
	if (requestable === undefined) {
		throw refused(
			`"${name}" is not requestable`,
			'Have it granted as an exception, or add "requestable" to the policy.',
		);
	}
	for (const [who, attributes] of [
		['Who gets the access', person],
		['Who asks', requester ?? person],
	] as const) {
		const condition = unmet(requestable.by, attributes);
		if (condition === undefined) continue;
		throw refused(
			`${who} does not meet "${condition}", by which "${name}" is requestable`,
			'Ask the owner of the entitlement, or have it granted as an exception.',
		);
	}
	return limited(asked, [
		{ duration: requestable.for, because: `"${name}" is requestable for ${requestable.for ?? ''}` },
		{ duration: entitlement.maxDuration, because: `"${name}" may be held for ${entitlement.maxDuration ?? ''}` },
	]);
}

/**
 * Whether somebody may grant an exception, and until when. An exception always has an owner and an end.
 *
 * @throws DomainError LEDGER_REFUSED where not
 */
export function exceptionAllowed(asked: Asked & { owner: string }): Allowance & { until: string } {
	const { compiled, entitlement: name, owner } = asked;
	const { entitlement } = declared(compiled, name);
	const { exceptions } = compiled.policy;
	if (owner.trim() === '') {
		throw new DomainError('INPUT_INVALID', 'Parameter "Owner" is empty.', 'Name who answers for the exception.');
	}
	if (exceptions?.owners !== undefined && !isOwner(compiled, exceptions.owners, owner)) {
		throw refused('The owner is not among those who may own exceptions', 'See "exceptions: owners" in the policy.');
	}
	const allowed = limited(asked, [
		{ duration: exceptions?.maxDuration, because: `exceptions last ${exceptions?.maxDuration ?? ''} at most` },
		{ duration: entitlement.maxDuration, because: `"${name}" may be held for ${entitlement.maxDuration ?? ''}` },
	]);
	if (allowed.until !== undefined) return { until: allowed.until };
	throw new DomainError(
		'INPUT_INVALID',
		'Parameter "Until" is empty, and the policy sets no longest duration for exceptions.',
		'Give the day on which the exception ends.',
	);
}

/**
 * Whether what somebody holds may go on until then: no longer than an exception that begins now.
 *
 * @throws DomainError LEDGER_REFUSED where not
 */
export function extensionAllowed(asked: Asked & { until: string }): Allowance & { until: string } {
	const { compiled, entitlement: name } = asked;
	const { entitlement } = declared(compiled, name);
	const { exceptions } = compiled.policy;
	const allowed = limited(asked, [
		{ duration: exceptions?.maxDuration, because: `exceptions last ${exceptions?.maxDuration ?? ''} at most` },
		{ duration: entitlement.maxDuration, because: `"${name}" may be held for ${entitlement.maxDuration ?? ''}` },
	]);
	return { until: allowed.until ?? endOf(asked, asked.until) };
}

function isOwner(compiled: CompiledPolicy, owners: readonly string[], owner: string): boolean {
	const wanted = owner.trim().toLowerCase();
	return owners.some((name) => {
		const members = name.startsWith('group:') ? (compiled.groups.get(name.slice('group:'.length)) ?? []) : [name];
		return members.some((member) => member.toLowerCase() === wanted);
	});
}

type Limits = ReadonlyArray<{ duration: string | undefined; because: string }>;

/** The end asked for, where the limits allow it; the latest that they allow where none was asked for. */
function limited(asked: Asked, limits: Limits): Allowance {
	const zone = zoneOfPerson(asked.person, asked.compiled.zone);
	const latest = latestEnd(asked.now, zone, limits);
	if (asked.until === undefined || asked.until.trim() === '') return latest ? { until: latest.until } : {};
	const until = endOf(asked, asked.until);
	if (latest !== undefined && until > latest.until) throw tooLong(until, latest);
	return { until };
}

function endOf({ now, person, compiled }: Asked, written: string): string {
	return endOfAccess(written, { now, zone: zoneOfPerson(person, compiled.zone), field: 'Until' });
}

function tooLong(until: string, latest: LimitedEnd): DomainError {
	return refused(`${until} is too late: ${latest.because}`, `Give an end up to ${latest.until}, or leave it empty.`);
}

function refused(what: string, remedy: string): DomainError {
	return new DomainError('LEDGER_REFUSED', `${what}.`, remedy);
}
