import type { IncomingHttpHeaders } from 'node:http';

export type Json = Record<string, unknown>;
export type Entry = Json & { id: string };
export type Collection = 'Users' | 'Groups';

export interface OddRequest {
	method: string;
	/** Below the base URL. */
	segments: string[];
	/** As it came, with query. */
	target: string;
	query: URLSearchParams;
	headers: IncomingHttpHeaders;
	body: unknown;
}

export interface OddAnswer {
	status: number;
	headers?: Record<string, string>;
	/** Objects go out as JSON, texts as they are. */
	body?: unknown;
}

/** What a server does its own way. `next` is the conforming server behind it; `reset` breaks the connection. */
export type Habit = (request: OddRequest, next: (request: OddRequest) => OddAnswer) => OddAnswer | 'reset';

/** An error of RFC 7644 §3.12. */
export class ScimFault extends Error {
	constructor(
		readonly status: number,
		readonly scimType: string | undefined,
		message: string,
	) {
		super(message);
	}

	get answer(): OddAnswer {
		return {
			status: this.status,
			body: {
				schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
				status: String(this.status),
				...(this.scimType === undefined ? {} : { scimType: this.scimType }),
				detail: this.message,
			},
		};
	}
}

/** A value as text; empty where it is none. */
export function textOf(value: unknown): string {
	return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
