import type { Vote } from '../model';
import { UNREADABLE } from '../html';

export const MAX_COMMENT_CHARACTERS = 1000;

/** Room for a long comment in percent-encoding, and for a line a request. */
const MAX_FORM_BYTES = 16 * 1024;
const MAX_BYTES_PER_REQUEST = 128;

export type DecisionFormProblem =
	'too_large' | 'missing_decision' | 'invalid_decision' | 'ambiguous_field' | 'comment_too_long';

export type DecisionForm =
	| { ok: true; decisions: Map<string, Vote>; comment?: string }
	| { ok: false; problem: DecisionFormProblem; requestId?: string };

/** Name of the pair of radio buttons of one request. */
export function decisionFieldName(requestId: string): string {
	return `decision.${requestId}`;
}

/**
 * Reads a posted decision page: the raw body (`application/x-www-form-urlencoded`) or the object that n8n parsed from
 * it. Every request that was shown must have exactly one decision, so that a form cut short on its way decides
 * nothing. Other members are ignored: they can add no request. Never throws.
 */
export function parseDecisionForm(body: unknown, requestIds: readonly string[]): DecisionForm {
	const fields = readFields(body, requestIds.length);
	if (fields === undefined) return { ok: false, problem: 'too_large' };

	const decisions = new Map<string, Vote>();
	for (const requestId of requestIds) {
		const values = fields(decisionFieldName(requestId));
		const [value] = values;
		if (value === undefined || value === '') return { ok: false, problem: 'missing_decision', requestId };
		if (values.length > 1) return { ok: false, problem: 'ambiguous_field', requestId };
		if (value !== 'approve' && value !== 'deny') return { ok: false, problem: 'invalid_decision', requestId };
		decisions.set(requestId, value);
	}

	const comments = fields('comment');
	if (comments.length > 1) return { ok: false, problem: 'ambiguous_field' };
	const comment = typeof comments[0] === 'string' ? cleanComment(comments[0]) : '';
	if (comment.length > MAX_COMMENT_CHARACTERS) return { ok: false, problem: 'comment_too_long' };
	return comment === '' ? { ok: true, decisions } : { ok: true, decisions, comment };
}

/** All values of a field by its name; `undefined` where the body is too large to look at. */
function readFields(body: unknown, requests: number): ((name: string) => unknown[]) | undefined {
	if (typeof body === 'string' || Buffer.isBuffer(body)) {
		if (Buffer.byteLength(body) > MAX_FORM_BYTES + requests * MAX_BYTES_PER_REQUEST) return undefined;
		const parameters = new URLSearchParams(body.toString());
		return (name) => parameters.getAll(name);
	}
	if (typeof body !== 'object' || body === null) return () => [];
	return (name) => {
		if (!Object.hasOwn(body, name)) return [];
		const value: unknown = (body as Record<string, unknown>)[name];
		return Array.isArray(value) ? (value as unknown[]) : [value];
	};
}

/** Line breaks as one character (forms send CRLF), nothing that a reader can't see. */
function cleanComment(comment: string): string {
	return comment.replace(/\r\n?/g, '\n').replace(UNREADABLE, '').trim();
}
