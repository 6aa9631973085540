import { DomainError } from '../model';
import type { ActionOutcome } from '../ports';
import type { ScimClient } from './client';
import type { Comparison, PatchOperation } from './diff';
import { retryAfterOf } from './errors';
import type { Capabilities } from './profiles';
import { foldCase, type ScimResource } from './resource';
import { backoff } from './retry';

/** What became of one attribute of a write, as read back. */
export interface AttributeVerdict {
	/** As PATCH names it; never its value. */
	path: string;
	verdict:
		| 'applied'
		| 'not_applied'
		/** Kept in a spelling of the application's own. */
		| 'normalised'
		/** Never shown, so nobody can tell. */
		| 'hidden';
	reason?: string;
}

/** What became of one account. Failures that leave an account behind carry it. */
export interface AccountOutcome {
	/** Conflicts are found before anything is begun. */
	outcome: Exclude<ActionOutcome, 'conflict'>;
	resource?: ScimResource;
	note?: string;
	error?: DomainError;
	/** One verdict for each attribute that was to be written, where something was. */
	attributes?: AttributeVerdict[];
	/** A creation that also carried what was given to go alongside. */
	alongside?: true;
}

/** Waits as the server asked, or a little; gives up where it asks for longer than we wait. */
export async function pause(client: ScimClient, failure: DomainError, round: number): Promise<void> {
	const wait = retryAfterOf(failure) ?? backoff(round);
	if (wait > client.limits.maxWaitMs) throw failure;
	await client.sleep(wait);
}

/** The error for a success that changed nothing, or for attributes that can't be written. Names attributes, never values. */
export function notApplied(paths: readonly string[], readOnly: readonly string[] = []): DomainError {
	const names = paths.join(', ');
	const locked = readOnly.length > 0 && readOnly.length === paths.length;
	return new DomainError(
		'SCIM_NOT_APPLIED',
		locked
			? `The application does not let these attributes be changed: ${names}.`
			: `The application accepted the change but does not show it: ${names}.`,
		'Check whether the application knows these attributes and lets the credential change them; else take them out of the mapping.',
		{ attributes: names },
	);
}

export function vanished(): DomainError {
	return new DomainError(
		'SCIM_FAILED',
		'The account disappeared while it was changed.',
		'Run again, so that the current state is read.',
		{ vanished: true },
	);
}

/**
 * Attributes that applications make up themselves, or have no place for, without any harm to the account: names that are
 * only shown (RFC 7643 §4.1.1), and the key that only we use (§3.1). An account without them is no failure.
 */
const DISPENSABLE = new Set(['externalid', 'displayname', 'name.formatted']);

/** Open paths that the application is known not to keep, and that an account does well without. */
export function unkeptPaths(
	{ operations, readOnly }: Comparison,
	{ unwritable }: Readonly<Capabilities>,
): ReadonlySet<string> {
	const known = operations.filter(({ path }) => unwritable.includes(path)).map(({ path }) => path);
	return new Set([...known, ...readOnly].filter((path) => DISPENSABLE.has(foldCase(path))));
}

/**
 * Sums a write up: what was planned, what the last read-back leaves open, what can't be written or seen.
 *
 * @param end.unkept open paths that the application has its own opinion about, or no place for
 */
export function accountOutcome(
	left: Comparison,
	planned: readonly PatchOperation[],
	respelt: ReadonlySet<string>,
	end: { resource: ScimResource; unkept: ReadonlySet<string>; error?: DomainError; note?: string },
): AccountOutcome {
	const { resource, note, error, unkept } = end;
	const open = [...left.operations.map(({ path }) => path), ...left.readOnly];
	const failed = new Set(open.filter((path) => !unkept.has(path)));
	const verdicts = new Map<string, AttributeVerdict>();
	for (const { path } of planned) verdicts.set(path, { path, verdict: failed.has(path) ? 'not_applied' : 'applied' });
	for (const path of respelt) verdicts.set(path, { path, verdict: 'normalised' });
	for (const path of unkept)
		verdicts.set(path, { path, verdict: 'not_applied', reason: 'not kept by the application' });
	for (const path of left.readOnly) verdicts.set(path, { path, verdict: 'not_applied', reason: 'read-only' });
	for (const path of left.hidden) verdicts.set(path, { path, verdict: 'hidden' });
	const attributes = verdicts.size === 0 ? {} : { attributes: [...verdicts.values()] };
	if (failed.size > 0) {
		return { outcome: 'failed', resource, ...attributes, error: error ?? notApplied([...failed], left.readOnly) };
	}
	if (unkept.size > 0) {
		const words = `the application does not keep: ${[...unkept].join(', ')}`;
		return { outcome: 'applied', resource, ...attributes, note: note === undefined ? words : `${note}; ${words}` };
	}
	return { outcome: 'verified', resource, ...attributes, ...(note === undefined ? {} : { note }) };
}
