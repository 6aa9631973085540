import { DomainError } from '../model';
import type { ActionOutcome } from '../ports';
import { readAccount } from './account-keys';
import type { ScimClient } from './client';
import type { Comparison, PatchOperation } from './diff';
import { retryAfterOf } from './errors';
import type { ScimResource } from './resource';
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
	outcome: ActionOutcome;
	resource?: ScimResource;
	note?: string;
	error?: DomainError;
	/** One verdict for each attribute that was to be written, where something was. */
	attributes?: AttributeVerdict[];
}

/**
 * Reads an account after a write, again after a short while where it isn't yet as wanted: some applications answer from
 * a replica that lags behind.
 */
export async function readBack(
	client: ScimClient,
	id: string,
	satisfied: (resource: ScimResource) => boolean,
): Promise<ScimResource | undefined> {
	for (let attempt = 1; ; attempt++) {
		const resource = await readAccount(client, id);
		if (resource !== undefined && satisfied(resource)) return resource;
		if (attempt >= client.limits.readBackAttempts) return resource;
		await client.sleep(backoff(attempt));
	}
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

/** Sums a write up: what was planned, what the last read-back leaves open, what can't be written or seen. */
export function accountOutcome(
	left: Comparison,
	planned: readonly PatchOperation[],
	respelt: ReadonlySet<string>,
	end: { resource: ScimResource; error?: DomainError; note?: string },
): AccountOutcome {
	const failed = new Set([...left.operations.map(({ path }) => path), ...left.readOnly]);
	const verdicts = new Map<string, AttributeVerdict>();
	for (const { path } of planned) verdicts.set(path, { path, verdict: failed.has(path) ? 'not_applied' : 'applied' });
	for (const path of respelt) verdicts.set(path, { path, verdict: 'normalised' });
	for (const path of left.readOnly) verdicts.set(path, { path, verdict: 'not_applied', reason: 'read-only' });
	for (const path of left.hidden) verdicts.set(path, { path, verdict: 'hidden' });
	const attributes = verdicts.size === 0 ? {} : { attributes: [...verdicts.values()] };
	const { resource, note, error } = end;
	if (failed.size > 0) {
		return { outcome: 'failed', resource, ...attributes, error: error ?? notApplied([...failed], left.readOnly) };
	}
	return { outcome: 'verified', resource, ...attributes, ...(note === undefined ? {} : { note }) };
}
