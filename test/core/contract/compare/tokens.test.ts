import { Lexicon } from '../../../../core/contract/compare/tokens';

/** FNV-1a as the table of words places them; see the lexicon. */
function place(word: string): number {
	let hash = 0x811c9dc5;
	for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
	return (hash ^ (hash >>> 15)) & 0xfff;
}

describe('the lexicon', () => {
	it('gives a word one id, however many words crowd its place and however far the table grows', () => {
		const crowd = Array.from({ length: 400_000 }, (_, index) => `w${index}`).filter((word) => place(word) === 7);
		expect(crowd.length).toBeGreaterThan(64);
		const lexicon = new Lexicon();
		const ids = crowd.map((word) => lexicon.id(word));
		const others = Array.from({ length: 20_000 }, (_, index) => lexicon.id(`other${index}`));
		expect(crowd.map((word) => lexicon.id(word))).toEqual(ids);
		expect(new Set([...ids, ...others]).size).toBe(crowd.length + 20_000);
		expect(lexicon.size).toBe(crowd.length + 20_000);
	});

	it('keeps the tokens of one text apart from those of the next', () => {
		const lexicon = new Lexicon();
		const texts = Array.from({ length: 3_000 }, (_, index) => `a${index} b${index % 7}, ${'c '.repeat(index % 400)}d`);
		const read = texts.map((text) => lexicon.tokens(text));
		read.forEach(({ ids, starts, ends }, index) => {
			const text = texts[index] ?? '';
			const again = [...starts].map((start, at) => lexicon.id(text.slice(start, ends[at])));
			expect(again).toEqual([...ids]);
		});
	});
});
