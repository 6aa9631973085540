import { readDocument } from '../../../../core/contract';
import { document } from '../builders';
import { amendment, apply } from './agreement';

const LISTS = `# Terms of Use

1. **Access.** Anyone may look. Nobody may copy.

2. **Fees**

    1. Monthly. Fees are due monthly.

    2. Yearly. Fees are due yearly. They are lower.

3. **Law.** The law of Malta holds.
`;

const HEADINGS = `# Terms of Use

## 1. Access

Anyone may look. Nobody may copy.

## 2. Fees

### 2.1 Monthly

Fees are due monthly.

## 3. Law

The law of [Malta](https://malta.example/law) holds. <span class="note">Courts</span> sit in Valletta.
`;

const numbers = (text: string): Array<string | undefined> =>
	readDocument(document(text)).nodes.map((node) => node.number);

describe('in Markdown lists, which number themselves', () => {
	it('a deleted item stays empty, so that the others keep their numbers', () => {
		const done = apply(amendment('Section 1 is hereby deleted.'), LISTS);
		expect(done.text.text).toContain('1.\n\n2. **Fees**');
		expect(done.results[0]?.needsHuman?.reason).toMatch(/numbers itself/);
		expect(numbers(done.text.text).filter(Boolean)).toEqual(expect.arrayContaining(['2', '3']));
	});

	it('a replaced item has its number once', () => {
		const done = apply(
			amendment('Section 3 is replaced with the following: "3. Law. The law of Gozo holds.\n\nCourts in Gozo decide."'),
			LISTS,
		);
		expect(done.text.text).toContain('3. Law. The law of Gozo holds.\n\n   Courts in Gozo decide.\n');
		expect(numbers(done.text.text).filter(Boolean)).toEqual(numbers(LISTS).filter(Boolean));
	});

	it('a new item takes the marks of the one before it', () => {
		const done = apply(amendment('A new Section 4 is added as follows: "4. Peace. All are kind."'), LISTS);
		expect(done.text.text.trimEnd()).toMatch(/holds\.\n\n4\. Peace\. All are kind\.$/);
		expect(numbers(done.text.text)).toContain('4');
	});

	it('a number that is taken is a conflict: all behind it would change theirs', () => {
		const done = apply(amendment('A new Section 2 is added as follows: "Peace. All are kind."'), LISTS);
		expect(done.results).toMatchObject([{ status: 'conflict' }]);
		expect(done.text.text).toBe(LISTS);
	});

	it('sentences of a nested item are found', () => {
		const done = apply(amendment('The last sentence of Section 2.2 is deleted.'), LISTS);
		expect(done.text.text).toContain('Fees are due yearly.\n\n3.');
	});
});

describe('under Markdown headings', () => {
	it('a deleted section takes the marks of its heading along', () => {
		const done = apply(amendment('Section 1 is hereby deleted.'), HEADINGS);
		expect(done.text.text).toMatch(/^# Terms of Use\n\n## 2\. Fees\n/);
	});

	it('a replaced section keeps the heading that the new text lacks', () => {
		const done = apply(amendment('Section 1 is replaced with the following: "Nobody may look."'), HEADINGS);
		expect(done.text.text).toContain('## 1. Access\n\nNobody may look.\n\n## 2. Fees');
	});

	it('a new section gets a heading as its elder sibling has', () => {
		const done = apply(amendment('A new Section 2.2 (Yearly) is added: "Fees are due yearly."'), HEADINGS);
		expect(done.text.text).toContain('monthly.\n\n### 2.2 Yearly\n\nFees are due yearly.\n\n## 3. Law');
	});

	it('words around a link or tag are found, and the markup stays', () => {
		const done = apply(
			amendment(
				'Section 3 is amended by replacing "The law of Malta holds." with "The law of Gozo holds."',
				'Section 3 is amended by replacing "sit" with "stand".',
			),
			HEADINGS,
		);
		expect(done.text.text).toContain('The law of Gozo holds. <span class="note">Courts</span> stand in Valletta.');
	});

	it('words that begin inside a link are left to a person', () => {
		const done = apply(amendment('Section 3 is amended by replacing "Malta holds" with "Gozo holds".'), HEADINGS);
		expect(done.results).toMatchObject([{ status: 'ambiguous' }]);
		expect(done.text.text).toBe(HEADINGS);
	});

	it('sentences are counted over markup', () => {
		const done = apply(amendment('The second sentence of Section 3 is deleted.'), HEADINGS);
		expect(done.results).toMatchObject([{ status: 'applied' }]);
		expect(done.text.text.trimEnd()).toMatch(/holds\.$/);
	});
});
