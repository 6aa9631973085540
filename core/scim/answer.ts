import { DomainError } from '../model';
import type { HttpResponse } from '../ports';
import { parseJson } from './json';
import { asObject, attribute, foldCase, type ScimObject } from './resource';

export interface ScimAnswer {
	status: number;
	headers: HttpResponse['headers'];
	/** Parsed JSON; `undefined` where there was no JSON body. */
	body: unknown;
}

/** An answer as it came, with its body parsed once. */
export interface ReadAnswer extends HttpResponse {
	/** Parsed JSON; `undefined` where there was no JSON body. */
	content: unknown;
}

/** Error bodies are short; whatever is longer is a resource or a listing. */
const MAX_ERROR_BODY = 8192;
const ERROR_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:error';
/** What a resource, a listing or a bulk answer has, and an error hasn't. */
const CONTENT = ['id', 'resources', 'totalresults', 'operations'];

/**
 * The answer with the status that it means: some servers answer errors with 200 and write the status into the body, as
 * RFC 7644 §3.12 has it there too, or as SCIM 1.1 did (`Errors`).
 */
export function withStatedStatus(answer: HttpResponse): ReadAnswer {
	const content = parseJson(answer.body);
	const body = answer.status >= 300 || answer.body.length > MAX_ERROR_BODY ? undefined : asObject(content);
	const status = body === undefined ? undefined : statedStatus(body);
	return { ...answer, ...(status !== undefined && { status }), content };
}

function statedStatus(body: ScimObject): number | undefined {
	if (Object.keys(body).some((name) => CONTENT.includes(foldCase(name)))) return undefined;
	const errors = attribute(body, 'Errors');
	const first = Array.isArray(errors) ? asObject(errors[0]) : undefined;
	const stated = Number(attribute(body, 'status') ?? (first && attribute(first, 'code')));
	if (Number.isInteger(stated) && stated >= 400 && stated < 600) return stated;
	const schemas = attribute(body, 'schemas');
	const isError = (Array.isArray(schemas) ? schemas : [schemas]).some(
		(schema) => typeof schema === 'string' && foldCase(schema) === ERROR_SCHEMA,
	);
	return isError ? 400 : undefined;
}

/**
 * The content of a success.
 *
 * @throws DomainError SCIM_FAILED where a read was answered without JSON
 */
export function readAnswer(what: string, mustHaveContent: boolean, answer: ReadAnswer): ScimAnswer {
	const body = answer.content;
	if (body === undefined && mustHaveContent) {
		throw new DomainError(
			'SCIM_FAILED',
			`${what} was answered ${answer.status} without SCIM content.`,
			'Check that the base URL ends where the SCIM resources begin, e.g. https://host/scim/v2.',
			{ status: answer.status, ambiguous: false },
		);
	}
	return { status: answer.status, headers: answer.headers, body };
}
