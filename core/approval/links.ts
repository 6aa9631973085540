import { createHash } from 'node:crypto';
import { DomainError } from '../model';
import type { Random } from '../ports';

/** Query parameter that carries the token. n8n's own `signature` stands beside it. */
export const TOKEN_PARAMETER = 'approval';

const TOKEN_BYTES = 32;
/** 32 bytes in base64url are exactly 43 characters. */
const TOKEN_FORM = /^[A-Za-z0-9_-]{43}$/;

export interface OneTimeToken {
	/** Goes into the link and nowhere else. */
	token: string;
	/** What the ledger keeps. */
	hash: string;
}

/** A one-time token: 256 random bits in base64url, and its hash. */
export function newToken(random: Random): OneTimeToken {
	const token = random(TOKEN_BYTES).toString('base64url');
	return { token, hash: hashToken(token) };
}

/**
 * Lower-case hex SHA-256. A plain hash will do, since 256 random bits cannot be guessed; the prefix keeps it from
 * being the hash of anything else. Looking it up by equality in the ledger leaks nothing usable about the token.
 */
export function hashToken(token: string): string {
	return createHash('sha256').update(`approval-token:${token}`).digest('hex');
}

/**
 * The link for one approver: the resume URL with the token added. The existing query stays byte for byte, as n8n
 * compares its `signature`.
 *
 * @throws DomainError `INPUT_INVALID` where the URL is no http(s) URL or carries a token already.
 */
export function approvalLink(resumeUrl: string, token: string): string {
	const url = URL.canParse(resumeUrl) ? new URL(resumeUrl) : undefined;
	if (url === undefined || !['http:', 'https:'].includes(url.protocol) || url.searchParams.has(TOKEN_PARAMETER)) {
		throw new DomainError(
			'INPUT_INVALID',
			'The resume URL is not a plain http(s) address that an approval token can be added to.',
			'Set "Resume URL" to {{ $execution.resumeUrl }} and check that WEBHOOK_URL of n8n is an absolute address.',
		);
	}
	const [beforeFragment = ''] = resumeUrl.split('#', 1);
	return `${beforeFragment}${beforeFragment.includes('?') ? '&' : '?'}${TOKEN_PARAMETER}=${token}`;
}

/** The token of a parsed query, if there is exactly one in the right form. */
export function readToken(query: unknown): string | undefined {
	if (typeof query !== 'object' || query === null || !Object.hasOwn(query, TOKEN_PARAMETER)) return undefined;
	const value = (query as Record<string, unknown>)[TOKEN_PARAMETER];
	return typeof value === 'string' && TOKEN_FORM.test(value) ? value : undefined;
}
