import type { Finding, ReconcileOutcome, ReconcileRequest } from '../../../core/governance';
import type { HttpRequest, HttpResponse } from '../../../core/ports';
import type { CapabilityProfile, ScimLimits } from '../../../core/scim';
import type { CarriedError } from '../../runtime/worker';

/** What the thread begins with. */
export interface ReconcileStart {
	request: ReconcileRequest;
	baseUrl: string;
	userAgent: string;
	limits: Partial<ScimLimits>;
	profile: CapabilityProfile;
	/** In the form of RFC 7643 §7. */
	schemas: readonly unknown[];
}

/** What the thread can't do itself: n8n's egress filter, the token and the ledger stay where they are. */
export interface Questions {
	http: { ask: HttpRequest; answer: HttpResponse };
	auth: { ask: Record<string, string> | undefined; answer: Record<string, string> };
	ledger: { ask: { method: string; args: unknown[] }; answer: unknown };
	findings: { ask: readonly Finding[]; answer: undefined };
	progress: { ask: { phase: string; done: number }; answer: undefined };
}

export type QuestionName = keyof Questions;

/** From the thread: a question, or its last word. */
export type FromThread =
	{ id: number; question: QuestionName; ask: unknown } | { outcome: ReconcileOutcome } | { failure: CarriedError };

/** To the thread: the answer of a question. */
export type ToThread = { id: number; answer: unknown } | { id: number; error: CarriedError };
