import { DomainError, isDomainError } from '../../../core/model';
import { scimTypeOf, statusOf } from '../../../core/scim';

/**
 * How to mend what an application refused, for somebody who fills in fields of this node: by scimType (RFC 7644 §3.12),
 * else by status. The page of the node lists the same.
 */
const BY_SCIM_TYPE: ReadonlyMap<string, string> = new Map([
	['uniqueness', 'Another entry has this userName, externalId or name. Use Create or Update, or choose another value.'],
	[
		'invalidvalue',
		'A value has a form that the application does not take, or a required one is missing. Check the fields.',
	],
	['invalidsyntax', 'The application does not understand the request. Check the JSON of "Further Attributes".'],
	['invalidpath', 'The application does not know one of these attributes. Take it out of the fields.'],
	['mutability', 'The application does not let this attribute be changed. Take it out of the fields.'],
	['notarget', 'What was to be changed is not there any more. Get the entry again, then repeat.'],
	['invalidfilter', 'The application does not take this search. Use other filters, or read all and filter in n8n.'],
	['toomany', 'The application finds too many entries to answer. Narrow the filters.'],
	[
		'sensitive',
		'The application refuses this search because it would put personal data into an address. Use other filters.',
	],
	['invalidvers', 'The application speaks another version of SCIM. Check that the base URL is its SCIM 2.0 address.'],
]);

const BY_STATUS: ReadonlyMap<number, string> = new Map([
	[400, 'The application does not accept the request. Check the fields against its documentation.'],
	[401, 'The credential is not accepted. Enter token, secret or password again; it may have expired.'],
	[403, 'The credential may not do this. Give it the right to manage users and groups.'],
	[404, 'There is nothing at that place. Check User or Group, and that the base URL ends where /Users begins.'],
	[405, 'The application does not offer this operation over SCIM. Do it there.'],
	[409, 'Another entry is in the way. Use Create or Update, or choose another userName, externalId or name.'],
	[412, 'Somebody changed the entry in between. Run again: the current state is read first.'],
	[413, 'The request is too large for the application. Give fewer members at once.'],
	[415, 'The application does not take SCIM at this address. Check the base URL.'],
	[429, 'The application asks for slower requests and went on asking. Run again later.'],
	[500, 'The application failed. Run again later; what was written is looked up first.'],
	[501, 'The application does not offer this operation over SCIM. Do it there.'],
	[503, 'The application is not available. Run again later.'],
]);

/** The error with the remedy for whoever sees this node; others stay as they are. */
export function inWords(error: unknown): unknown {
	if (!isDomainError(error) || error.code !== 'SCIM_FAILED') return error;
	const status = statusOf(error);
	if (status === undefined) return error;
	const remedy = BY_SCIM_TYPE.get(scimTypeOf(error) ?? '') ?? BY_STATUS.get(status);
	return remedy === undefined ? error : new DomainError(error.code, error.message, remedy, error.details);
}
