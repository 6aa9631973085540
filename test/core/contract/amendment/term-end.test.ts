import { consolidate, type Consolidated } from '../../../../core/contract';
import { writtenLike } from '../../../../core/contract/dating';
import type { TermExtractor } from '../../../../core/model';
import { document } from '../builders';
import { BASES } from './styles/agreements';

const FRENCH = BASES.FRENCH.replace(
	'Le contrat est conclu pour une durée de trois ans.',
	'Le contrat prend effet le 1er juin 2023 et expire le 31 mai 2026.',
);
const AGREEMENTS = { ...BASES, FRENCH, OPEN: BASES.MODULES, ENDLESS: BASES.FRENCH };

const END: Record<string, string> = {
	SAAS: 'January 14, 2027',
	LICENCE: 'May 31, 2025',
	GERMAN: '31. März 2026',
	FRENCH: '31 mai 2026',
};

function carryOut(
	base: keyof typeof AGREEMENTS,
	sentence: string,
	extractors?: Record<string, TermExtractor>,
): Consolidated {
	const amendment = `AMENDMENT NO. 1\n\nThis Amendment No. 1 is dated 2 March 2026.\n\nThe parties agree as follows:\n\n1. ${sentence}`;
	return consolidate({
		contract: { id: 'c-1' },
		base: document(AGREEMENTS[base], 'text'),
		amendments: [document(amendment, 'text')],
		knownAt: '2026-11-20T09:00:00Z',
		...(extractors ? { extractors } : {}),
	});
}

const lifecycle = ({ changeSet }: Consolidated): unknown =>
	changeSet.changes.filter(({ kind }) => kind === 'lifecycle').map(({ field }) => field);

describe('a term that is extended or ended', () => {
	it.each([
		['SAAS', 'The Term of the Agreement is hereby extended to January 14, 2030.', 'January 14, 2030', '2030-01-14'],
		['SAAS', 'The Agreement is hereby extended for twelve (12) months.', 'January 14, 2028', '2028-01-14'],
		[
			'SAAS',
			'The Agreement is renewed for a further term of two years commencing January 15, 2027.',
			'January 14, 2029',
			'2029-01-14',
		],
		['SAAS', 'Section 4.1: The term is extended by twelve (12) months.', 'January 14, 2028', '2028-01-14'],
		['SAAS', 'The parties hereby extend the term of the Agreement by one year.', 'January 14, 2028', '2028-01-14'],
		['SAAS', 'The Agreement shall terminate on June 30, 2026.', 'June 30, 2026', '2026-06-30'],
		[
			'SAAS',
			'The Agreement shall continue in effect until June 30, 2028, unless sooner terminated.',
			'June 30, 2028',
			'2028-06-30',
		],
		['LICENCE', 'The term set forth in Section 6 shall expire on May 31, 2027.', 'May 31, 2027', '2027-05-31'],
		[
			'GERMAN',
			'Die Laufzeit des Vertrages wird bis zum 31. Dezember 2028 verlängert.',
			'31. Dezember 2028',
			'2028-12-31',
		],
		['GERMAN', 'Der Vertrag verlängert sich um zwölf Monate.', '31. März 2027', '2027-03-31'],
		['GERMAN', 'Die Parteien verlängern den Vertrag um ein weiteres Jahr.', '31. März 2027', '2027-03-31'],
		[
			'GERMAN',
			'Die Vertragslaufzeit (§ 3) wird um 24 Monate bis einschließlich 31. März 2028 verlängert.',
			'31. März 2028',
			'2028-03-31',
		],
		[
			'GERMAN',
			'Die in § 3 vereinbarte Laufzeit wird vom 31. März 2026 auf den 31.12.2028 verlängert.',
			'31.12.2028',
			'2028-12-31',
		],
		['GERMAN', 'Der Vertrag wird vom 1. April 2026 bis zum 31. März 2028 verlängert.', '31. März 2028', '2028-03-31'],
		['GERMAN', 'Der Vertrag vom 12. März 2023 endet am 31. Dezember 2025.', '31. Dezember 2025', '2025-12-31'],
		[
			'GERMAN',
			'Abweichend von § 3 endet der Vertrag am 30. Juni 2027, ohne dass es einer Kündigung bedarf.',
			'30. Juni 2027',
			'2027-06-30',
		],
		['FRENCH', "La durée du contrat est prorogée jusqu'au 31 mai 2028.", '31 mai 2028', '2028-05-31'],
		['FRENCH', 'Le contrat est prolongé d’un an.', '31 mai 2027', '2027-05-31'],
		[
			'FRENCH',
			'Les parties conviennent de proroger le contrat pour une période supplémentaire de douze (12) mois.',
			'31 mai 2027',
			'2027-05-31',
		],
		['FRENCH', "La durée prévue à l'article 4 est prolongée de deux ans.", '31 mai 2028', '2028-05-31'],
		[
			'FRENCH',
			'Le contrat prendra fin le 31 décembre 2026, sauf résiliation anticipée.',
			'31 décembre 2026',
			'2026-12-31',
		],
	] as const)('%s: %s', (base, sentence, words, day) => {
		const done = carryOut(base, sentence);
		const old = END[base] ?? '';
		expect(done.document.text).toBe(AGREEMENTS[base].replace(old, words));
		expect(done.complete).toBe(true);
		expect(lifecycle(done)).toEqual([
			{ path: ['term'], from: expect.stringMatching(/^20\d\d-\d\d-\d\d$/) as string, to: day, type: 'date' },
		]);
	});

	it.each([
		['GERMAN', 'Die Laufzeit des Vertrages wird bis zum 31. Dezember 2028 verlängert.', 'widening'],
		['GERMAN', 'Der Vertrag endet am 31. Dezember 2025.', 'narrowing'],
		['FRENCH', "Le contrat est prorogé jusqu'au 31 mai 2028.", 'widening'],
		['SAAS', 'The Agreement is hereby extended for twelve (12) months.', 'widening'],
	] as const)('is a change of the term that the policy reads: %s: %s', (base, sentence, effect) => {
		const clause = { GERMAN: 'Laufzeit', FRENCH: 'Durée', SAAS: 'Initial Term' }[base];
		const { changeSet } = carryOut(base, sentence, { end: { type: 'date', clause } });
		expect(changeSet.terms).toMatchObject([{ name: 'end', effect }]);
	});

	it.each([
		['GERMAN', 'Der Vertrag verlängert sich bis zum 31. Dezember 2028, falls der Auftraggeber zustimmt.', /falls/],
		['GERMAN', 'Die Laufzeit der Supportleistungen wird bis zum 31. Dezember 2028 verlängert.', /Supportleistungen/],
		['GERMAN', 'Die Kündigungsfrist wird auf sechs Monate verlängert.', /not understood/],
		['GERMAN', 'Der Vertrag verlängert sich jeweils um ein weiteres Jahr.', /jeweils/],
		['GERMAN', 'Der Vertrag wird bis zum 31. Dezember 2025 verlängert.', /ends on 2026-03-31 already/],
		['GERMAN', 'Der Vertrag wird um sechs Monate bis zum 31. Dezember 2028 verlängert.', /end on 2026-09-30/],
		[
			'GERMAN',
			'Die Laufzeit in § 3 wird vom 30. Juni 2026 auf den 31. März 2028 verlängert.',
			/the agreement says 2026-03-31/,
		],
		['FRENCH', "Le contrat est prolongé jusqu'au 31 mai 2028 si le Licencié le demande.", /demande/],
		['FRENCH', "Le préavis est prolongé jusqu'au 31 mai 2028.", /not understood/],
		['SAAS', 'The cure period in Section 4.2 is extended to forty-five (45) days.', /other than the term/],
		['SAAS', 'The payment period is extended to sixty (60) days.', /other than the term/],
		['LEASE', 'The Term is extended to fifteen years.', /not certain/],
	] as const)('is told to a person where it is not certain: %s: %s', (base, sentence, reason) => {
		const done = carryOut(base, sentence);
		expect(done.document.text).toBe(AGREEMENTS[base]);
		expect(done.complete).toBe(false);
		expect(done.instructions.map((one) => one.reason ?? '').join()).toMatch(reason);
	});

	it.each([
		'Dieser Nachtrag endet am 31. Dezember 2028.',
		'Der Auftraggeber kann den Vertrag bis zum 31. Dezember 2028 verlängern.',
		'Der Vertrag wurde bis zum 31. März 2026 verlängert.',
	])('is not read into what orders none: %s', (sentence) => {
		const done = carryOut('GERMAN', sentence);
		expect(done.instructions.filter(({ status }) => status === 'applied')).toEqual([]);
		expect(lifecycle(done)).toEqual([]);
	});

	it('is a fact where the agreement has no term, and the agreement is not said to be right where it states one otherwise', () => {
		const open = carryOut('OPEN', 'The Licence shall expire on 31 May 2028.');
		expect([open.complete, lifecycle(open)]).toEqual([true, [{ path: ['term'], to: '2028-05-31', type: 'date' }]]);
		const counted = carryOut('ENDLESS', "Le contrat est prorogé jusqu'au 31 mai 2028.");
		expect([counted.complete, counted.instructions[0]?.status]).toEqual([false, 'applied']);
		expect(counted.instructions[0]?.reason).toMatch(/states its term in "Article 4/);
	});

	it('leaves the date to the instruction that writes the clause', () => {
		const done = carryOut(
			'LICENCE',
			'The term of the Agreement is hereby extended through May 31, 2028.\n\n2. Section 6 is amended and restated as follows: "Section 6. Term. This Agreement continues until May 31, 2028."',
		);
		expect(done.instructions.map(({ status }) => status)).toEqual(['applied', 'applied']);
		expect(done.document.text).toContain('continues until May 31, 2028.');
	});

	it.each([
		['The Agreement is hereby terminated effective June 30, 2027.', 'SAAS', '2027-06-30'],
		['Der Vertrag wird mit Wirkung zum 31. Dezember 2026 einvernehmlich aufgehoben.', 'GERMAN', '2026-12-31'],
		["Le contrat est résilié d'un commun accord avec effet au 30 juin 2027.", 'FRENCH', '2027-06-30'],
	] as const)('is called off from the day named: %s', (sentence, base, from) => {
		const { changeSet } = carryOut(base, sentence);
		expect(changeSet.changes).toMatchObject([
			{
				kind: 'lifecycle',
				field: { path: ['status'], to: 'terminated' },
				effective: { from: `${from}T00:00:00.000Z`, basis: 'stated' },
			},
		]);
	});
});

describe('a day written as another is', () => {
	it.each([
		['January 14, 2027', '2028-02-29', 'February 29, 2028'],
		['14 January 2027', '2028-03-01', '1 March 2028'],
		['14th day of January, 2027', '2028-03-01', '1st day of March, 2028'],
		['31. März 2026', '2027-05-02', '2. Mai 2027'],
		['31.03.2026', '2027-05-02', '02.05.2027'],
		['2026-03-31', '2027-05-02', '2027-05-02'],
		['1er juin 2023', '2024-08-31', '31 août 2024'],
		['31 mai 2026', '2027-06-01', '1er juin 2027'],
		['13/12/2026', '2027-12-31', '31/12/2027'],
		// Read as another day, or as none, by whoever does not know the order.
		['13/12/2026', '2027-05-02', undefined],
		['the end of March 2026', '2027-05-02', undefined],
	])('%s, %s: %s', (sample, day, written) => {
		expect(writtenLike(sample, day)).toBe(written);
	});
});
