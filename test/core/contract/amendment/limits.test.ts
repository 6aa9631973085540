import { consolidate, type Consolidated } from '../../../../core/contract';
import { document } from '../builders';
import { BASES } from './styles/agreements';

const ENGLISH = 'AMENDMENT NO. 1\n\nThe parties agree as follows:\n\n';
const HEADS: Record<string, string> = {
	SAAS: ENGLISH,
	GERMAN: 'Nachtrag Nr. 1\n\nDie Parteien vereinbaren Folgendes:\n\n',
	FRENCH: 'Avenant n° 1\n\nLes parties conviennent de ce qui suit :\n\n',
};

function carryOut(base: keyof typeof BASES, orders: string, head = HEADS[base] ?? ENGLISH): Consolidated {
	return consolidate({
		contract: { id: 'c-1' },
		base: document(BASES[base], 'text'),
		amendments: [document(head + orders, 'text')],
		knownAt: '2026-11-20T09:00:00Z',
	});
}

/** Whether everybody's text stayed as it was and somebody is told. */
function isHeld({ document: { text }, complete, instructions }: Consolidated, base: keyof typeof BASES): boolean {
	const told = instructions.some(({ status, needsHuman }) => needsHuman === true || status === 'apart');
	return text === BASES[base] && !complete && told;
}

const upper = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

const ENGLISH_LIMITS = [
	'for users in Austria',
	'for Project Atlas only',
	'as regards the Berlin site',
	'in respect of contractors',
	'in relation to Beta GmbH',
	'limited to the Berlin office',
	'insofar as it concerns contractors',
	'in the case of Order Form No. 2',
	'at the Berlin site',
	'apart from the Berlin site',
	'unless Customer objects',
	'once Customer has paid all invoices',
	'as soon as the data centre is live',
	'conditional on board approval',
	'at the request of Customer',
	'as of the date on which the new data centre goes live',
	'until the data centre goes live',
	'during calendar year 2027',
	'for a period of six months',
	'within ten days of signature',
	'not before 1 July 2027',
	'no later than 1 July 2027',
	'between 1 July 2027 and 31 December 2027',
];

describe('what limits an order is never passed over', () => {
	it.each(ENGLISH_LIMITS)('%s', (words) => {
		const orders = [
			`1. ${upper(words)}, Section 2.1 is amended by replacing "250" with "300".`,
			`1. The parties agree that, ${words}, Section 2.1 is amended by replacing "250" with "300".`,
			`1. Section 2.1 is amended by replacing "250" with "300" ${words}.`,
			`1. Section 3.2 is deleted ${words}.`,
			`1. Section 3.2 is deleted, ${words}, and replaced with the following: "3.2 None."`,
			`1. A new Section 5.9 is added ${words}: "5.9 Data. Both comply."`,
			`1. Section 3.2 is deleted. This applies ${words}.`,
			`1. Section 3.2 is deleted. This change takes effect ${words}.`,
		];
		expect(orders.filter((order) => !isHeld(carryOut('SAAS', order), 'SAAS'))).toEqual([]);
	});

	it.each([
		'für den Standort Hamburg',
		'nur für externe Berater',
		'soweit externe Berater betroffen sind',
		'hinsichtlich des Projekts Atlas',
		'vorbehaltlich der Zustimmung des Beirats',
		'nach Zahlung aller Rechnungen',
		'sobald das Rechenzentrum in Betrieb ist',
		'am Standort Hamburg',
		'probeweise',
		'frühestens zum 1. Juli 2027',
	])('%s', (words) => {
		const orders = [
			`1. In § 5 wird ${words} „drei Monaten“ durch „vier Monaten“ ersetzt.`,
			`1. ${upper(words)} wird § 5 gestrichen.`,
			`1. § 5 wird gestrichen. Dies gilt ${words}.`,
		];
		expect(orders.filter((order) => !isHeld(carryOut('GERMAN', order), 'GERMAN'))).toEqual([]);
	});

	it.each([
		'pour le site de Lyon',
		'en ce qui concerne les sous-traitants',
		"s'agissant du projet Atlas",
		"sous réserve de l'accord du Client",
		'dès paiement des factures',
		"au cours de l'année 2027",
		'provisoirement',
	])('%s', (words) => {
		const orders = [
			`1. ${upper(words)}, l'article 3 est supprimé.`,
			`1. L'article 3 est supprimé ${words}.`,
			`1. L'article 3 est supprimé. Cette modification s'applique ${words}.`,
		];
		expect(orders.filter((order) => !isHeld(carryOut('FRENCH', order), 'FRENCH'))).toEqual([]);
	});

	it('also where it stands above the orders', () => {
		const order = '(a) "250" is replaced with "300".';
		for (const words of ['For the Berlin site', 'In respect of contractors', 'Once Customer has paid'])
			expect(isHeld(carryOut('SAAS', `1. ${words}, Section 2.1 is amended as follows:\n\n${order}`), 'SAAS')).toBe(
				true,
			);
		const lead = 'AMENDMENT NO. 1\n\nIn respect of the Berlin site, the parties agree as follows:\n\n';
		expect(isHeld(carryOut('SAAS', '1. Section 3.2 is deleted.', lead), 'SAAS')).toBe(true);
	});

	it('also where the next sentence takes a part of it back', () => {
		for (const words of [
			'Notwithstanding the foregoing, invoices dated before 1 July 2026 remain payable within 30 days.',
			'The previous wording continues to apply to orders placed before 1 July 2026.',
		])
			expect(isHeld(carryOut('SAAS', `1. Section 3.2 is deleted. ${words}`), 'SAAS')).toBe(true);
	});

	it.each([
		'1. The parties agree that Section 3.2 of the Agreement is hereby deleted in its entirety.',
		'1. Subject to the terms of this Amendment, Section 3.2 is deleted.',
		'1. For the avoidance of doubt, Section 3.2 is deleted.',
		'1. In consideration of the mutual covenants of the parties, Section 3.2 is deleted.',
		'1. Section 3.2, regarding expenses of Provider, is deleted.',
	])('and what limits nothing holds up nothing: %s', (order) => {
		const done = carryOut('SAAS', order);
		expect([done.complete, done.document.text.includes('3.2 Expenses')]).toEqual([true, false]);
	});
});

describe('words and figures', () => {
	it.each([
		'Section 2.1 is amended by replacing "250" with "three hundred (350)".',
		'Section 3.2 is replaced with the following: "3.2 Provider answers within thirty (13) days."',
	])('that contradict each other are for a person: %s', (order) => {
		expect(isHeld(carryOut('SAAS', `1. ${order}`), 'SAAS')).toBe(true);
	});

	it('that agree are carried out', () => {
		const order = '1. Section 3.2 is replaced with the following: "3.2 Provider answers within thirty (30) days."';
		expect(carryOut('SAAS', order).complete).toBe(true);
	});
});
