import { readAmendments } from '../../../../core/contract/amendment';
import { document } from '../builders';

const HEAD = 'AMENDMENT NO. 1\n\nThe parties agree as follows:\n\n';
const SHAPES: Array<[string, (size: number) => string]> = [
	['opening marks alone', (size) => `1. Section 3 is replaced with: ${'"word '.repeat(size / 6)}`],
	[
		'a mark before every paragraph',
		(size) => `1. Section 3 is replaced with:\n\n${'"A paragraph.\n\n'.repeat(size / 15)}`,
	],
	[
		'a passage that is never closed in every section',
		(size) =>
			Array.from({ length: size / 100 }, (_, at) => `${at + 1}. Section ${at + 1} is replaced with: "New`).join('\n\n'),
	],
	[
		'passages that are never closed in one section',
		(size) => `1. Changes.\n\n${'Section 4 is replaced with the following: "New\n\n'.repeat(size / 60)}`,
	],
	[
		'the same without numbers',
		(size) =>
			Array.from({ length: size / 60 }, (_, at) => `Section ${at + 1} is deleted and replaced with "New words`).join(
				'\n\n',
			),
	],
	['words that are never closed', (size) => 'Section 3 is amended by replacing "x '.repeat(size / 36)],
	['single marks', (size) => "In Section 3 the words 'x ".repeat(size / 25)],
	['terms behind one another', (size) => `1. Add:\n\n${'"Term means x. '.repeat(size / 15)}`],
	['German marks', (size) => '§ 3 wird durch „Wort ersetzt. '.repeat(size / 30)],
	['marks with blanks on both sides', (size) => 'In Section 3 replace " x " with " y . '.repeat(size / 36)],
	['a line of marks and blanks', (size) => '" a '.repeat(size / 4)],
	[
		'rows of changes',
		(size) => `Changes:\n\n| Section | Old | New |\n|---|---|---|\n${'| 2.1 | two | three |\n'.repeat(size / 22)}`,
	],
	['French marks', (size) => 'Article 3 est remplacé par « mot '.repeat(size / 33)],
];

/** Characters that reading looks at one by one, or passes in search of a mark. */
function looks(text: string): number {
	let count = 0;
	const charAt = Object.getOwnPropertyDescriptor(String.prototype, 'charAt') ?? {};
	const indexOf = Object.getOwnPropertyDescriptor(String.prototype, 'indexOf') ?? {};
	const [oneOf, find] = [
		charAt.value as (at: number) => string,
		indexOf.value as (words: string, from?: number) => number,
	];
	Object.defineProperty(String.prototype, 'charAt', {
		...charAt,
		value(this: string, at: number) {
			count++;
			return oneOf.call(this, at);
		},
	});
	Object.defineProperty(String.prototype, 'indexOf', {
		...indexOf,
		value(this: string, words: string, from = 0) {
			const found = find.call(this, words, from);
			count += (found < 0 ? this.length : found) - from;
			return found;
		},
	});
	try {
		readAmendments(document(HEAD + text, 'text'));
	} finally {
		Object.defineProperty(String.prototype, 'charAt', charAt);
		Object.defineProperty(String.prototype, 'indexOf', indexOf);
	}
	return count;
}

describe('quotation marks that are never closed', () => {
	it.each(SHAPES)('cost twice the work in twice the text: %s', (_, shape) => {
		const [once, twice] = [looks(shape(20_000)), looks(shape(40_000))];
		expect(once).toBeGreaterThan(20_000);
		expect(twice / once).toBeLessThan(2.4);
	});
});
