/** Finding quoted words in plain text: whole words, to the letter. */

const WORD = /[\p{L}\p{N}]/u;

/** Offsets of `words` in `text` that neither begin nor end inside a word. */
export function findWholeWords(text: string, words: string): number[] {
	const found: number[] = [];
	if (words === '') return found;
	for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
		const before = text.charAt(at - 1);
		const after = text.charAt(at + words.length);
		const opens = WORD.test(words.charAt(0)) && at > 0 && WORD.test(before);
		const closes = WORD.test(words.charAt(words.length - 1)) && WORD.test(after);
		if (!opens && !closes) found.push(at);
	}
	return found;
}

export function countWholeWords(text: string, words: string): number {
	return findWholeWords(text, words).length;
}

/** Quoted words as a needle; a comma or full stop that American style puts before the closing mark may be none of theirs. */
export function needles(quoted: string): string[] {
	const words = quoted.replace(/\s+/g, ' ').trim();
	const bare = words.replace(/[.,]$/, '');
	return bare === words ? [words] : [words, bare];
}
