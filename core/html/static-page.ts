import { createHash } from 'node:crypto';
import { Html, markup } from './markup';

/**
 * A self-contained page with one style sheet: no script, nothing fetched, nowhere to send anything. Opened from disk or
 * a mail it can only show.
 * @returns what makes pages of a title (text) and a body (markup)
 */
export function staticPage(style: string): (title: string, body: Html) => string {
	const policy = [
		"default-src 'none'",
		`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
		"base-uri 'none'",
		"form-action 'none'",
	].join('; ');
	// In one piece: the hash covers every byte between the tags.
	const styleElement = new Html(`<style>${style}</style>`);
	return (title, body) =>
		markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex, nofollow">
<title>${title}</title>
${styleElement}
</head>
<body>
${body}
</body>
</html>
`.toString();
}
