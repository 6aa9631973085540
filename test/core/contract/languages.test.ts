import { readDocument, type ClauseNode } from '../../../core/contract';
import type { DocumentFormat } from '../../../core/model';
import { compare, document } from './builders';

function nodes(text: string, format: DocumentFormat = 'text'): ClauseNode[] {
	return readDocument(document(text, format)).nodes;
}

describe('German contracts', () => {
	it.each([
		['Artikel 5 Vergütung', 'Artikel 5', 'Vergütung', 'article'],
		['ARTIKEL IV – Haftung', 'Artikel IV', 'Haftung', 'article'],
		['§ 3 Leistungen des Anbieters', '§ 3', 'Leistungen des Anbieters', 'section'],
		['§ 3a Leistungen', '§ 3a', 'Leistungen', 'section'],
		['Ziffer 4.2 Nutzungsrechte', 'Ziffer 4.2', 'Nutzungsrechte', 'section'],
		['Abschnitt II: Laufzeit', 'Abschnitt II', 'Laufzeit', 'article'],
		['Kapitel 3 Schlussbestimmungen', 'Kapitel 3', 'Schlussbestimmungen', 'article'],
		['Teil B Besondere Bedingungen', 'Teil B', 'Besondere Bedingungen', 'article'],
		['Anlage 1: Preise', 'Anlage 1', 'Preise', 'schedule'],
		['Anhang A – Technische Maßnahmen', 'Anhang A', 'Technische Maßnahmen', 'schedule'],
		['Absatz 2 Sonderfälle', 'Absatz 2', 'Sonderfälle', 'section'],
	])('%s', (line, number, heading, kind) => {
		expect(nodes(`${line}\n\nDer Anbieter erbringt die Leistung.`)).toMatchObject([
			{ number, heading, kind },
			{ text: 'Der Anbieter erbringt die Leistung.' },
		]);
	});

	it.each([
		'§ 3 dieses Vertrags gilt auch für Dritte.',
		'Artikel 5 gilt entsprechend.',
		'Anlage 1 ist Bestandteil dieses Vertrags.',
		'Ziffer 4.2 bleibt unberührt.',
	])('%s is a sentence and no heading', (sentence) => {
		expect(nodes(sentence)).toMatchObject([{ kind: 'paragraph', text: sentence }]);
	});

	it('nests paragraphs in brackets and letters under their section', () => {
		const read = nodes(
			'§ 3 Vergütung\n\n(1) Die Vergütung beträgt 5 Euro.\n\n(2) Sie ist fällig:\n\na) am Ersten;\n\nb) am Letzten.\n\n§ 4 Laufzeit\n\n(1) Der Vertrag läuft ein Jahr.',
		);
		expect(read.map(({ number, path }) => [number, path.at(-1)])).toEqual([
			['§ 3', undefined],
			['(1)', 'Vergütung'],
			['(2)', 'Vergütung'],
			['a)', '(2)'],
			['b)', '(2)'],
			['§ 4', undefined],
			['(1)', 'Laufzeit'],
		]);
	});

	it.each([
		['„Kunde“ bezeichnet die Vertragspartei.', 'Kunde'],
		['„Vertrauliche Informationen“ bedeutet alle Angaben.', 'Vertrauliche Informationen'],
		['»Nutzer« meint jede Person.', 'Nutzer'],
		['„Werktage“ sind alle Tage von Montag bis Freitag.', 'Werktage'],
		['Der Begriff „Dienste“ umfasst alle Leistungen.', 'Dienste'],
		['„Software“ ist das in Anlage 1 beschriebene Programm.', 'Software'],
	])('%s', (text, term) => {
		expect(nodes(text)).toMatchObject([{ kind: 'definition', term }]);
	});

	it('opens with its parties and closes with its signatures', () => {
		const read = nodes(
			'Dieser Vertrag wird geschlossen zwischen der Alpha GmbH, Berlin (nachfolgend „Kunde“) und der Beta AG, Bonn.\n\n§ 1 Gegenstand\n\nDie Beta AG liefert.',
		);
		expect(read[0]?.kind).toBe('preamble');
		expect(
			readDocument(
				document(
					'Dieser Vertrag wird geschlossen zwischen der Alpha GmbH, Berlin (nachfolgend „Kunde“) und der Beta AG, Bonn.',
					'text',
				),
			).parties,
		).toEqual(['Alpha GmbH', 'Beta AG']);
	});
});

describe('French contracts', () => {
	it.each([
		['Article 1er – Objet', 'Article 1er', 'Objet', 'article'],
		['ARTICLE 12 : DURÉE', 'Article 12', 'DURÉE', 'article'],
		['Article premier : Définitions', 'Article premier', 'Définitions', 'article'],
		['Annexe 2 – Tarifs', 'Annexe 2', 'Tarifs', 'schedule'],
		['ANNEXE A : Services', 'Annexe A', 'Services', 'schedule'],
		['Chapitre III. Responsabilité', 'Chapitre III', 'Responsabilité', 'article'],
		['Titre II Durée', 'Titre II', 'Durée', 'article'],
		['Alinéa 2 Exceptions', 'Alinéa 2', 'Exceptions', 'section'],
		['Section 3 Prix', 'Section 3', 'Prix', 'section'],
	])('%s', (line, number, heading, kind) => {
		expect(nodes(`${line}\n\nLe Prestataire fournit les Services.`)).toMatchObject([
			{ number, heading, kind },
			{ text: 'Le Prestataire fournit les Services.' },
		]);
	});

	it.each([
		"L'article 5 s'applique.",
		'Article 5 du présent contrat demeure applicable.',
		'Annexe 2 fait partie du contrat.',
	])('%s is a sentence and no heading', (sentence) => {
		expect(nodes(sentence)).toMatchObject([{ kind: 'paragraph', text: sentence }]);
	});

	it.each([
		['« Client » désigne la personne morale.', 'Client'],
		['« Données » désignent toutes les informations.', 'Données'],
		["Le terme « Services » s'entend des prestations.", 'Services'],
		['« Utilisateur » : toute personne autorisée.', 'Utilisateur'],
		['« Jour Ouvré » signifie tout jour du lundi au vendredi.', 'Jour Ouvré'],
	])('%s', (text, term) => {
		expect(nodes(text)).toMatchObject([{ kind: 'definition', term }]);
	});

	it('opens with its parties', () => {
		const text =
			'Le présent contrat est conclu entre Alpha SAS, société par actions simplifiée (le « Client »), et Bêta SARL (le « Prestataire »).';
		expect(nodes(text)[0]?.kind).toBe('preamble');
		expect(readDocument(document(text, 'text')).parties).toEqual(['Alpha SAS', 'Bêta SARL']);
	});
});

describe('right-to-left contracts', () => {
	it('reads Hebrew clauses by their numbers', () => {
		expect(nodes('1. תשלום\n\nהלקוח ישלם את התמורה.\n\n2. תקופה\n\n2.1 ההסכם יהיה בתוקף לשנה.')).toMatchObject([
			{ number: '1' },
			{ text: 'הלקוח ישלם את התמורה.' },
			{ number: '2' },
			{ number: '2.1', text: 'ההסכם יהיה בתוקף לשנה.' },
		]);
	});

	it.each([
		['סעיף 5 תשלום', 'סעיף 5', 'תשלום', 'section'],
		['נספח א׳ – מחירים', 'נספח א׳', 'מחירים', 'schedule'],
		['المادة 5: المدفوعات', 'المادة 5', 'المدفوعات', 'article'],
		['المادة (٥) المدفوعات', 'المادة (٥)', 'المدفوعات', 'article'],
		['ملحق 1 الأسعار', 'ملحق 1', 'الأسعار', 'schedule'],
	])('%s', (line, number, heading, kind) => {
		expect(nodes(`${line}\n\nنص`)).toMatchObject([{ number, heading, kind }, {}]);
	});

	it('ignores invisible direction marks', () => {
		expect(compare('1. \u200fתשלום\u200e ישולם.', '1. תשלום ישולם.').changes).toEqual([]);
	});

	it('tells a changed clause with its number', () => {
		expect(
			compare('المادة 5: المدفوعات\n\nيدفع العميل خلال 30 يوما.', 'المادة 5: المدفوعات\n\nيدفع العميل خلال 45 يوما.', {
				format: 'text',
			}).changes,
		).toMatchObject([{ op: ['modified'], clause: { numberAfter: 'المادة 5', heading: 'المدفوعات' } }]);
	});
});

describe('changes across languages', () => {
	it('an inserted German section renumbers those behind it', () => {
		const section = (n: number, name: string, text: string): string => `§ ${n} ${name}\n\n(1) ${text}\n`;
		const before = [
			section(1, 'Gegenstand', 'Der Anbieter erbringt Dienste für den Kunden.'),
			section(2, 'Laufzeit', 'Der Vertrag läuft auf unbestimmte Zeit.'),
		].join('\n');
		const after = [
			section(1, 'Gegenstand', 'Der Anbieter erbringt Dienste für den Kunden.'),
			section(2, 'Vergütung', 'Der Kunde zahlt monatlich eine feste Gebühr.'),
			section(3, 'Laufzeit', 'Der Vertrag läuft auf unbestimmte Zeit.'),
		].join('\n');
		expect(compare(before, after, { format: 'text' }).stats).toMatchObject({ modified: 0, removed: 0, renumbered: 1 });
	});

	it('French articles keep their identity when they move', () => {
		const article = (n: number, name: string, text: string): string => `Article ${n} – ${name}\n\n${text}\n`;
		const [a, b, c] = [
			['Objet', 'Le Prestataire fournit des services au Client selon les conditions convenues.'],
			['Durée', 'Le contrat est conclu pour une durée de douze mois à compter de sa signature.'],
			['Prix', 'Le Client verse une redevance mensuelle dans les trente jours de la facture.'],
		] as const;
		const text = (...parts: Array<readonly [string, string]>): string =>
			parts.map(([name, words], at) => article(at + 1, name, words)).join('\n');
		expect(compare(text(a, b, c), text(a, c, b), { format: 'text' }).stats).toMatchObject({
			added: 0,
			removed: 0,
			modified: 0,
		});
	});
});
