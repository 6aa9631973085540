import { DomainError, isDomainError } from '../model';
import { asObject, attribute } from './resource';

/** Longest piece of a server's own words that goes into a message. */
const MAX_DETAIL = 200;

/** How to mend it, by scimType (RFC 7644 §3.12). */
const REMEDY_BY_SCIM_TYPE: ReadonlyMap<string, string> = new Map([
	['invalidfilter', 'The application does not take this search. Check that its SCIM connector is of version 2.0.'],
	['toomany', 'The application finds too many entries to answer. Narrow the search or raise its limit.'],
	['uniqueness', 'Another entry holds this name already. Look it up in the application and resolve the collision.'],
	['mutability', 'The application does not let this attribute change. Take it out of the attribute mapping.'],
	['invalidsyntax', 'The application does not understand the request. Check the attribute mapping of the policy.'],
	['invalidpath', 'The application does not know this attribute. Take it out of the attribute mapping.'],
	['notarget', 'There was nothing to change at that place. Run again, so that the current state is read.'],
	[
		'invalidvalue',
		'The application refuses a value, or misses a required one. Check the attribute mapping of the policy.',
	],
	['sensitive', 'The application refuses this because it would expose personal data in an address.'],
]);

/** How to mend it, by status. */
const REMEDY_BY_STATUS: ReadonlyMap<number, string> = new Map([
	[400, 'Check the attribute mapping of the policy against what the application accepts.'],
	[401, 'Check the token or the client secret in the credential; it may have expired or been revoked.'],
	[403, 'Give the credential the right to manage users and groups in the application.'],
	[404, 'Check that the base URL ends where the SCIM resources begin, e.g. https://host/scim/v2.'],
	[405, 'The application does not offer this operation. Check the base URL and its SCIM documentation.'],
	[409, 'Another entry holds this name already. Look it up in the application and resolve the collision.'],
	[412, 'The entry changed in between. Run again, so that the current state is read.'],
	[413, 'The request was too large for the application. Use smaller batches.'],
	[415, 'The application does not accept application/scim+json. Check that the base URL is its SCIM 2.0 address.'],
	[429, 'The application asks for slower requests. Run again later, or lower the concurrency.'],
	[501, 'The application does not offer this operation. Check its SCIM documentation.'],
	[503, 'The application is not available at the moment. Run again later.'],
]);

const REMEDY_SERVER_FAULT =
	'The application failed. Run again later; if it stays, show its operator the time and this message.';

/** What a client needs to know of a failed request, beside the words. */
export interface ScimFailure {
	status: number;
	scimType?: string;
	detail?: string;
	/** The write may have been carried out although it failed: look before doing it again. */
	ambiguous: boolean;
	/** How long the server asked to wait. */
	retryAfterMs?: number;
}

/** Reads a SCIM error body (RFC 7644 §3.12); tolerant of text where numbers belong and of arrays as detail. */
export function readErrorBody(body: unknown): { scimType?: string; detail?: string } {
	const object = asObject(body);
	if (object === undefined) return {};
	const scimType = attribute(object, 'scimType');
	const stated = attribute(object, 'detail') ?? attribute(object, 'message');
	const detail = Array.isArray(stated) ? stated.filter((part) => typeof part === 'string').join('; ') : stated;
	return {
		...(typeof scimType === 'string' && scimType.length <= 64 ? { scimType } : {}),
		...(typeof detail === 'string' && detail !== '' ? { detail } : {}),
	};
}

/** A server's own words, fit for a message: one line, short, without control characters and without our secrets. */
export function shorten(text: string, secrets: readonly string[] = []): string {
	let clean = text.slice(0, MAX_DETAIL * 10);
	for (const secret of secrets) if (secret.length >= 4) clean = clean.replaceAll(secret, '***');
	clean = clean.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ').trim();
	return clean.length > MAX_DETAIL ? `${clean.slice(0, MAX_DETAIL)}…` : clean;
}

/** The error for an answer that is no success. `what` names the request, e.g. `GET /Users`. */
export function scimError(what: string, failure: ScimFailure): DomainError {
	const words = failure.detail === undefined ? '.' : `: ${failure.detail}`;
	const type = failure.scimType === undefined ? '' : ` ${failure.scimType}`;
	return new DomainError('SCIM_FAILED', `${what} was answered ${failure.status}${type}${words}`, remedyFor(failure), {
		status: failure.status,
		ambiguous: failure.ambiguous,
		...(failure.scimType === undefined ? {} : { scimType: failure.scimType }),
		...(failure.retryAfterMs === undefined ? {} : { retryAfterMs: failure.retryAfterMs }),
	});
}

function remedyFor({ status, scimType }: ScimFailure): string {
	const byType = scimType === undefined ? undefined : REMEDY_BY_SCIM_TYPE.get(scimType.toLowerCase());
	if (byType !== undefined) return byType;
	const byStatus = REMEDY_BY_STATUS.get(status);
	if (byStatus !== undefined) return byStatus;
	if (status >= 300 && status < 400) return 'Enter the address that the application redirects to as the base URL.';
	return status >= 500 ? REMEDY_SERVER_FAULT : 'Check the base URL and the SCIM documentation of the application.';
}

/** Status of the answer that an error stands for; `undefined` where there was no answer. */
export function statusOf(error: unknown): number | undefined {
	const status = isDomainError(error) ? error.details['status'] : undefined;
	return typeof status === 'number' ? status : undefined;
}

/** scimType of the answer that an error stands for, in lower case. */
export function scimTypeOf(error: unknown): string | undefined {
	const type = isDomainError(error) ? error.details['scimType'] : undefined;
	return typeof type === 'string' ? type.toLowerCase() : undefined;
}

/** True where a write may have happened although it failed (reset, time-out, 5xx). */
export function isAmbiguous(error: unknown): boolean {
	return isDomainError(error) && error.details['ambiguous'] === true;
}

/** How long the server asked to wait, in milliseconds. */
export function retryAfterOf(error: unknown): number | undefined {
	const wait = isDomainError(error) ? error.details['retryAfterMs'] : undefined;
	return typeof wait === 'number' ? wait : undefined;
}

/** Anything thrown, as a DomainError: a surprise of our own keeps its kind, not its words. */
export function asDomainError(error: unknown): DomainError {
	if (isDomainError(error)) return error;
	const kind = error instanceof Error ? error.name : typeof error;
	return new DomainError('SCIM_FAILED', `Unexpected ${kind} while applying.`, 'Report this with the log of the run.');
}
