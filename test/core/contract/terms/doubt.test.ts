import { extractTerms } from '../../../../core/contract';
import type { TermExtractor } from '../../../../core/model';
import { compare, document } from '../builders';

const OPENING = `# Works Agreement

This Works Agreement is made on 12 January 2026 (the "Effective Date") between Alder Ltd and Birch GmbH.

`;

function read(type: TermExtractor['type'], text: string, more: Partial<TermExtractor> = {}): unknown {
	const whole = `${OPENING}## 4. Matter\n\n${text}\n\n## 5. Law\n\nThe law of Ireland applies.`;
	const term = extractTerms(document(whole), { it: { type, clause: 'Matter', ...more } })['it'];
	return term?.value && term.value.type !== 'table' ? term.value.value : `? ${term?.problem ?? ''}`;
}

const asks = (text: string): unknown => expect.stringMatching(new RegExp(`^\\? .*${text}`, 's'));

describe('yes and no', () => {
	it.each<[string, unknown]>([
		['The Supplier is not prohibited from subcontracting.', true],
		['Members of staff are in no way barred from working elsewhere.', true],
		['The Supplier may not be prevented from subcontracting.', asks('says no to a no')],
		['The Customer shall not refuse access to subcontractors.', asks('says no to a no')],
		['No employee is excluded from the programme.', asks('says no to a no')],
		['The Supplier may not sell data and is prohibited from copying it.', false],
		['The Supplier may neither assign nor subcontract.', false],
		['Subcontracting is permitted only in writing.', asks('depends on a condition')],
		['The Supplier is prohibited from subcontracting.', false],
	])('%s', (text, value) => expect(read('boolean', text)).toEqual(value));
});

describe('a range whose unit stands at one end', () => {
	it.each<[TermExtractor['type'], string]>([
		['duration', 'The period is no less than 3 and no more than 6 months.'],
		['duration', 'The period is at least two (2) but at most four (4) weeks.'],
		['duration', 'Die Frist beträgt mindestens drei und höchstens sechs Monate.'],
		['percent', 'The discount is at least 5 but not more than 10 %.'],
		['money', 'The fee is between EUR 100 and 200.'],
		['money', 'The fee is EUR 100-200.'],
	])('%s: %s', (type, text) => expect(read(type, text)).toEqual(asks('one end of a range')));

	it.each<[TermExtractor['type'], string, unknown]>([
		['duration', 'Under Sections 3 and 4, 30 days are enough.', 'P30D'],
		['duration', 'Two users may try it for six months.', 'P6M'],
		['percent', 'Of 40 users, 10 % are free.', 10],
	])('is none: %s: %s', (type, text, value) => expect(read(type, text)).toEqual(value));
});

describe('a day that depends on something else', () => {
	it.each([
		'This Agreement ends on 30 June 2027, provided that it shall not end before acceptance.',
		'This Agreement ends on 30 June 2027 unless the Client objects.',
		'If the Client so elects, this Agreement ends on 30 June 2027.',
		'This Agreement ends on 30 June 2027 or on acceptance, whichever is later.',
		'This Agreement ends on 30 June 2027 or such later date as the Client names.',
		'This Agreement ends on 30 June 2027. However, it shall not expire before acceptance.',
		'This Agreement continues for three years from the Effective Date, so long as the licence is in force.',
		'This Agreement ends on 30 June 2027 unless terminated earlier, provided that the Client has paid.',
		'Der Vertrag endet am 30. Juni 2027, jedoch nicht vor der Abnahme.',
	])('is left to a person: %s', (text) => expect(read('date', text)).toEqual(asks('depends on what stands beside it')));

	it.each<[string, string]>([
		['This Agreement ends on 30 June 2027, unless terminated earlier in accordance with Section 9.', '2027-06-30'],
		['This Agreement ends on 30 June 2027, provided that either party may terminate it earlier.', '2027-06-30'],
		['This Agreement ends on 30 June 2027 unless otherwise agreed.', '2027-06-30'],
		['This Agreement ends on 30 June 2027. However, either party may terminate it on notice.', '2027-06-30'],
	])('is plain although a contract may end otherwise: %s', (text, day) => expect(read('date', text)).toBe(day));
});

describe('numbers that name something', () => {
	it.each<[string, number]>([
		['Bis zu zehn (10) Berater gemäß Anlage 1.', 10],
		['Gemäß § 4 Absatz 2 sind 30 Nutzer erlaubt.', 30],
		['L’annexe 2 autorise 40 utilisateurs.', 40],
		['Sections 3 and 5 allow 20 users.', 20],
		['Appendix 4 allows 20 users.', 20],
	])('count nothing: %s', (text, value) => expect(read('number', text)).toBe(value));
});

it('an end that stays widens nothing where only the notice is another', () => {
	const term = (notice: string, every = 'one year'): string =>
		`## Term\n\nThis Agreement commences on 1 January 2027, continues for one year and renews automatically for successive terms of ${every} unless either party gives notice at least ${notice} days before the end of the term.`;
	const effect = (before: string, after: string): unknown =>
		compare(before, after, { extractors: { end: { type: 'date', clause: 'Term' } } }).terms[0]?.effect;
	expect(effect(term('sixty (60)'), term('ninety (90)'))).toBe('neutral');
	expect(effect(term('sixty (60)'), term('sixty (60)', 'two years'))).toBe('widening');
	expect(effect(term('sixty (60)', 'two years'), term('sixty (60)'))).toBe('narrowing');
});
