/** Header names that differ in case or blanks only are one column. */
export function columnId(name: string): string {
	return name
		.toLowerCase()
		.replace(/[\s:*]+/g, ' ')
		.trim();
}

/** Whether a key in lower case is its own id: ASCII, one blank between words, no word that ends with a mark. */
function isPlain(key: string): boolean {
	let previous = 0x20;
	for (let at = 0; at < key.length; at++) {
		const code = key.charCodeAt(at);
		if (code < 0x20 || code > 0x7e || (code === 0x20 && !endsWord(previous))) return false;
		previous = code;
	}
	return endsWord(previous);
}

function endsWord(code: number): boolean {
	return code !== 0x20 && code !== 0x2e && code !== 0x2c && code !== 0x3b;
}

/** Keys that differ in case, blanks or a closing full stop are one; `1.1` and `11` stay two. */
export function rowId(key: string): string {
	const lower = key.toLowerCase();
	if (isPlain(lower)) return lower;
	return lower
		.split(/\s+/)
		.map((word) => word.replace(/[.,;]+$/, ''))
		.filter((word) => word !== '')
		.join(' ');
}
