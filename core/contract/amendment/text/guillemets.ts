/**
 * French quotation marks stand apart from their words: `« vingt »`. Marks and blanks change places, so that they read as
 * others do. Same length: only the marks and the blanks beside them move.
 * @param written the character of the source at an offset of the plain text
 */
export function withTightGuillemets(text: string, written: (offset: number) => string): string {
	const parts: string[] = [];
	let from = 0;
	for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
		const mark = written(at);
		if (mark === '\u00ab' && /[ \n]/.test(text.charAt(at + 1))) {
			parts.push(text.slice(from, at), text.charAt(at + 1), '"');
			from = at + 2;
		} else if (mark === '\u00bb' && at > from && /[ \n]/.test(text.charAt(at - 1))) {
			// `… vingt ».` at the end of a paragraph: the full stop follows the mark.
			const stop = /^[.,;:](?:\n|$)/.test(text.slice(at + 1, at + 3)) ? text.charAt(at + 1) : '';
			parts.push(text.slice(from, at - 1), '"', stop, text.charAt(at - 1));
			from = at + 1 + stop.length;
		}
	}
	return parts.length === 0 ? text : parts.join('') + text.slice(from);
}
