import type { Contract, Part } from './document';

const clause = (number: string, text: string): Part => ({ kind: 'clause', number, text });
const paragraph = (text: string): Part => ({ kind: 'paragraph', text });

/** An amendment to the English agreement. */
export const amendment: Contract = {
	language: 'en',
	parts: [
		{ kind: 'title', text: 'Amendment No. 1 to the Platform Subscription Agreement' },
		paragraph(
			'This Amendment No. 1 is made as of 15 September 2026 between Harbour Analytics Limited and Meadow & Vale Cooperative, and amends the Platform Subscription Agreement between them (the “Agreement”).',
		),
		paragraph(
			'The parties wish to enlarge the number of users and to adapt the term. They therefore agree as follows:',
		),
		clause('1.', 'Section 1.2 of the Agreement is hereby deleted in its entirety and replaced with the following:'),
		paragraph(
			'“1.2 The Client may replace a named user once in a calendar month. A user who has not opened the platform for ninety days may be replaced at any time, provided that the total number of users stays within the number stated above.”',
		),
		clause(
			'2.',
			'A new Section 2.4 is hereby added to the Agreement immediately after Section 2.3, which reads as follows:',
		),
		paragraph(
			'“2.4 Harbour Analytics may raise the fees once in a contract year by no more than three percent, if it announces the increase in writing four months ahead.”',
		),
		clause(
			'3.',
			'In Section 5.1 of the Agreement, the words “sixty (60) days” are deleted and replaced with the words “one hundred and twenty (120) days”.',
		),
		clause('4.', 'Section 5.3 of the Agreement is hereby deleted in its entirety.'),
		clause(
			'5.',
			'The definition of “Subscription Term” in the Agreement is hereby amended and restated in its entirety to read as follows:',
		),
		paragraph(
			'““Subscription Term” means the period that begins on 1 March 2026 and ends on 28 February 2030, together with every extension of it.”',
		),
		clause('6.', 'The following sentence is added at the end of Section 4.2 of the Agreement:'),
		paragraph(
			'“This does not apply to data that was lost because a backup arranged by Harbour Analytics could not be restored.”',
		),
		clause('7.', 'Except as amended hereby, the Agreement remains unchanged and in full force and effect.'),
		paragraph('Harbour Analytics Limited: ______________________ Meadow & Vale Cooperative: ______________________'),
	],
};
