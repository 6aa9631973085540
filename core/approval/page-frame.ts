import { createHash } from 'node:crypto';
import { Html, markup } from '../html';
import { PAGE_STYLE } from './page-style';

/** A whole answer: send status, headers and body as they are (for HEAD without the body). */
export interface Page {
	status: number;
	headers: Readonly<Record<string, string>>;
	body: string;
}

// In one piece: the hash covers every byte between the tags.
const STYLE_ELEMENT = new Html(`<style>${PAGE_STYLE}</style>`);
const STYLE_HASH = createHash('sha256').update(PAGE_STYLE).digest('base64');

/** No script, no image, no frame, nothing fetched; the one style sheet by its hash; the form only back to us. */
export const DECISION_PAGE_CSP = [
	"default-src 'none'",
	`style-src 'sha256-${STYLE_HASH}'`,
	"form-action 'self'",
	"frame-ancestors 'none'",
	"base-uri 'none'",
].join('; ');

/** The link is a secret: it must not travel on as a referrer, rest in a cache or be found by a search engine. */
export const DECISION_PAGE_HEADERS: Readonly<Record<string, string>> = Object.freeze({
	'Content-Type': 'text/html; charset=utf-8',
	'Content-Security-Policy': DECISION_PAGE_CSP,
	'Referrer-Policy': 'no-referrer',
	'Cache-Control': 'no-store',
	'X-Robots-Tag': 'noindex, nofollow, noarchive',
	'X-Content-Type-Options': 'nosniff',
	// For what does not know frame-ancestors yet.
	'X-Frame-Options': 'DENY',
});

/** Puts content into the page's frame. */
export function framePage(status: number, title: string, content: Html): Page {
	const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title}</title>
${STYLE_ELEMENT}
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`;
	return { status, headers: DECISION_PAGE_HEADERS, body: page.toString() };
}
