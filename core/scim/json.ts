/** Deeper nesting than any SCIM resource has; what is deeper would overflow whatever walks it afterwards. */
const MAX_DEPTH = 64;

/**
 * Parses an answer. Returns `undefined` for what is no JSON (an HTML error page, an empty body) and for nesting beyond
 * {@link MAX_DEPTH}. Linear in the text's length.
 */
export function parseJson(text: string): unknown {
	const start = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
	if (start.trim() === '' || nestsTooDeep(start)) return undefined;
	try {
		return JSON.parse(start) as unknown;
	} catch {
		return undefined;
	}
}

function nestsTooDeep(text: string): boolean {
	let depth = 0;
	let inString = false;
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (inString) {
			if (code === 0x5c) index++;
			else if (code === 0x22) inString = false;
		} else if (code === 0x22) inString = true;
		else if (code === 0x7b || code === 0x5b) {
			if (++depth > MAX_DEPTH) return true;
		} else if (code === 0x7d || code === 0x5d) depth--;
	}
	return false;
}
