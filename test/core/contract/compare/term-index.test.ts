import { TermIndex, wordEnd } from '../../../../core/contract/compare/term-index';

const terms = ['Content', 'User Content', 'User', 'User Content Policy', 'Fee', 'R&D', 'R&D Fee', 'Service(s)', 'Gas'];

/** The terms found in a text, one look at each word behind the last find. */
function found(text: string, known = terms): string[] {
	const index = new TermIndex(known.map((term) => ({ text: term, reached: undefined })));
	const uses: string[] = [];
	for (let at = 0; at < text.length;) {
		const end = wordEnd(text, at);
		const use = end > at ? index.at(text, at, end) : undefined;
		if (use) uses.push(use.term.text);
		at = Math.max(at + 1, use?.end ?? end);
	}
	return uses;
}

describe('terms in a text', () => {
	it.each<[string, string[]]>([
		['The User Content is yours', ['User Content']],
		['User Contents and the Content', ['User Content', 'Content']],
		['User Content Policies', ['User Content']],
		['User-Content of a User', ['User', 'Content', 'User']],
		['Fees are due, each Fee twice', ['Fee', 'Fee']],
		['Feed and Coffee', []],
		['Gases and Gas', ['Gas', 'Gas']],
		['the R&D Fee of R&D', ['R&D Fee', 'R&D']],
		['each Service(s) here, no Service', ['Service(s)']],
		['User  Content', ['User', 'Content']],
		['', []],
	])('%j', (text, expected) => {
		expect(found(text)).toEqual(expected);
	});

	it('are looked up by their words, not one after the other: a hundred thousand that begin alike', () => {
		const alike = Array.from({ length: 100_000 }, (_, index) => `Term A${index}`);
		const text = alike.map((term) => `use of ${term} here`).join(' ');
		expect(found(text, alike)).toEqual(alike);
	});
});
