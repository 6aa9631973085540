import { readDocument } from '../../../../core/contract';
import { document } from '../builders';
import { amendment, apply } from './agreement';

const BASE = `# Services Agreement

Between Acme Ltd ("Supplier") and Brindle GmbH ("Client").

## 1 Grant

The Supplier may place up to ten (10) Authorised Users.

## 2 Fees

The Client pays within 30 days.

## Schedule 1 – Authorised Users

| Name | Email | Role |
| --- | --- | --- |
| Ada Berg | ada@acme.example | Developer |
| Bo Lind | bo@acme.example | Analyst |
| Cy Dahl | cy@acme.example | Auditor |
`;

const GERMAN = `# Rahmenvertrag

zwischen der Nord GmbH und der Süd AG.

## § 1 Laufzeit

(1) Der Vertrag beginnt am 1. März 2026.

(2) Er endet am 28. Februar 2029.

## § 2 Vergütung

(1) Der Tagessatz beträgt 1.250,00 EUR. Rechnungen sind binnen 30 Tagen zahlbar.

(2) Reisekosten werden erstattet.

## Anlage 1 – Berater

| Name | E-Mail | Rolle |
| --- | --- | --- |
| Jonas Weiß | jonas@sued.example | Entwickler |
| Mia Krüger | mia@sued.example | Analystin |
`;

const FRENCH = `# Contrat

Entre Lumen SAS et Vega SARL.

## Annexe 1 – Utilisateurs

| Nom | Courriel | Rôle |
| --- | --- | --- |
| Luc Morel | luc@vega.example | Analyste |
| Ana Roy | ana@vega.example | Directrice |
`;

/** Statuses, and the lines that are not those of the agreement. */
function done(base: string, ...sections: string[]): { statuses: string[]; gone: string[]; fresh: string[] } {
	const { results, text } = apply(amendment(...sections), base);
	const [before, after] = [base.split('\n'), text.text.split('\n')];
	return {
		statuses: results.map(({ status }) => status),
		gone: before.filter((line) => !after.includes(line)),
		fresh: after.filter((line) => !before.includes(line)),
	};
}

const WHERE: ReadonlyArray<(swap: string, name: string) => string> = [
	(swap, name) => `Schedule 1: ${swap} for ${name}.`,
	(swap, name) => `In Schedule 1, ${swap} for "${name}".`,
	(swap, name) => `In Schedule 1, for ${name}: ${swap}.`,
	(swap, name) => `In Schedule 1, in the row for ${name}, ${swap}.`,
	(swap, name) => `In Schedule 1, ${swap} in the row of ${name}.`,
	(swap, name) => `In Schedule 1, in ${name}'s row, ${swap}.`,
	(swap, name) => `In ${name}'s row of Schedule 1, ${swap}.`,
	(swap, name) => `In Schedule 1, opposite ${name}, ${swap}.`,
	(swap, name) => `In Schedule 1, against the entry for ${name}, ${swap}.`,
	(swap, name) => `In Schedule 1, in the line beginning "${name}", ${swap}.`,
	(swap, name) => `With respect to ${name}, in Schedule 1 ${swap}.`,
	(swap, name) => `With respect to ${name}, Schedule 1 is amended as follows: (a) ${swap}.`,
	(swap, name) => `${name}: in Schedule 1, ${swap}.`,
	(swap, name) => `In Schedule 1, ${swap} against the name of ${name}.`,
];

describe('words of a table change in the row that the sentence names', () => {
	const swap = (old: string): string => `"${old}" is replaced by "Administrator"`;

	it.each(WHERE.map((says) => [says(swap('Developer'), 'Bo Lind'), says] as const))('not in another: %s', (_, says) => {
		const { statuses, gone } = done(BASE, says(swap('Developer'), 'Bo Lind'));
		expect([statuses, gone]).toEqual([[expect.not.stringMatching('applied')], []]);
	});

	const told = WHERE.filter((says) => !says('', '').startsWith('With respect'));

	it.each(told.map((says) => [says(swap('Analyst'), 'Bo Lind'), says] as const))('there: %s', (_, says) => {
		const { statuses, fresh } = done(BASE, says(swap('Analyst'), 'Bo Lind'));
		expect([statuses, fresh]).toEqual([['applied'], ['| Bo Lind | bo@acme.example | Administrator |']]);
	});

	it.each(WHERE.map((says) => [says(swap('Developer'), 'Dee Falk'), says] as const))(
		'nowhere, where nobody has that name: %s',
		(_, says) => {
			expect(done(BASE, says(swap('Developer'), 'Dee Falk'))).toMatchObject({ gone: [], fresh: [] });
		},
	);

	it.each([
		'In Schedule 1, "Developer" next to Bo Lind is replaced by "Administrator".',
		'Bo Lind\'s role in Schedule 1 is changed from "Developer" to "Administrator".',
		'Schedule 1 is amended by deleting "Developer" (Bo Lind) and substituting "Administrator".',
		'In Schedule 1, delete "Developer" for bo@acme.example.',
		'In Schedule 1, after "Developer" insert "and Auditor" for Bo Lind.',
		'In Schedule 1 (row 2), "Developer" is replaced by "Administrator".',
		'In the second row of Schedule 1, "Developer" is replaced by "Administrator".',
		'In Schedule 1, replace "Developer" with "Administrator" for the second user.',
		'In Schedule 1, "acme.example" is replaced by "brindle.example".',
	])('or a person decides: %s', (sentence) => {
		expect(done(BASE, sentence)).toMatchObject({ gone: [], fresh: [] });
	});

	it('two rows of that name are for a person', () => {
		const twice = BASE.replace('| Cy Dahl | cy@acme.example | Auditor |', '| Bo Lind | bo2@acme.example | Auditor |');
		expect(done(twice, `In Schedule 1, ${swap('Analyst')} for Bo Lind.`)).toMatchObject({
			statuses: ['ambiguous'],
			gone: [],
		});
	});

	it.each([
		['In Schedule 1, "Developer" is replaced by "Administrator".'],
		['Schedule 1 to the Services Agreement is amended by replacing "Developer" with "Administrator".'],
		['In Schedule 1 (Authorised Users), "Developer" shall be replaced with "Administrator".'],
		['In Schedule 1, in the column "Role", "Developer" is replaced by "Administrator".'],
	])('and without a name where they stand once: %s', (sentence) => {
		expect(done(BASE, sentence).fresh).toEqual(['| Ada Berg | ada@acme.example | Administrator |']);
	});

	it.each([
		['In Anlage 1 wird bei Mia Krüger „Entwickler“ durch „Leiter“ ersetzt.'],
		['In Anlage 1 wird in der Zeile „Mia Krüger“ das Wort „Entwickler“ durch „Leiter“ ersetzt.'],
		['In Anlage 1 wird die Rolle von Frau Krüger von „Entwickler“ auf „Leiter“ geändert.'],
		['In Anlage 1 wird für Lena Voss „Entwickler“ durch „Leiter“ ersetzt.'],
	])('in German: %s', (sentence) => {
		expect(done(GERMAN, sentence)).toMatchObject({ gone: [], fresh: [] });
		const there = sentence.replace('Entwickler', 'Analystin');
		const found = sentence.includes('Voss') ? [] : ['| Mia Krüger | mia@sued.example | Leiter |'];
		expect(done(GERMAN, there).fresh).toEqual(found);
	});

	it('in French', () => {
		const at = (name: string): string =>
			`À l'annexe 1, à la ligne « ${name} », le mot « Analyste » est remplacé par « Directeur ».`;
		expect(done(FRENCH, at('Luc Morel')).fresh).toEqual(['| Luc Morel | luc@vega.example | Directeur |']);
		expect(done(FRENCH, at('Ana Roy'))).toMatchObject({ gone: [], fresh: [] });
	});
});

describe('rows that go and come in German and French', () => {
	const KRÜGER = '| Mia Krüger | mia@sued.example | Analystin |';

	it.each([
		'In Anlage 1 wird Frau Krüger gestrichen.',
		'In Anlage 1 wird die Zeile „Mia Krüger“ gestrichen.',
		'Mia Krüger wird aus Anlage 1 gestrichen.',
		'Anlage 1: Frau Krüger wird gestrichen.',
		'Frau Krüger entfällt in der Anlage 1.',
	])('the row goes, not the schedule: %s', (sentence) => {
		expect(done(GERMAN, sentence)).toEqual({ statuses: ['applied'], gone: [KRÜGER], fresh: [] });
	});

	it('one goes and one comes, in one sentence', () => {
		const sentence =
			'In Anlage 1 wird Frau Krüger gestrichen; neu aufgenommen wird: Lena Voss, lena@sued.example, Entwicklerin.';
		const { gone, fresh } = done(GERMAN, sentence);
		expect(gone).toEqual([KRÜGER]);
		expect(fresh).toEqual(['| Lena Voss | lena@sued.example | Entwicklerin |']);
	});

	it.each([
		'In Anlage 1 entfällt die letzte Zeile.',
		'In Anlage 1 wird Lena Voss gestrichen.',
		'In Anlage 1 wird folgende Beraterin aufgenommen: Lena Voss.',
		'In § 1 wird die Kündigungsregelung gestrichen.',
		'Die Kündigungsregelung gemäß § 1 wird gestrichen.',
		'In § 2 werden die Absätze 1 und 2 gestrichen.',
		'In § 2 werden die Absätze 1 und 2 gestrichen; neu aufgenommen wird: Lena Voss, lena@sued.example, Entwicklerin.',
	])('what is not clear is for a person: %s', (sentence) => {
		expect(done(GERMAN, sentence)).toMatchObject({ gone: [], fresh: [] });
	});

	it.each([
		['In § 2 wird Absatz 2 gestrichen.', ['(2) Reisekosten werden erstattet.']],
		['§ 2 Absatz 2 wird ersatzlos gestrichen.', ['(2) Reisekosten werden erstattet.']],
		['In § 1 Absatz 1 wird Satz 1 gestrichen.', ['(1) Der Vertrag beginnt am 1. März 2026.']],
	])('a part of a clause goes alone: %s', (sentence, gone) => {
		expect(done(GERMAN, sentence).gone).toEqual(gone);
	});

	it('a row of a French schedule', () => {
		expect(done(FRENCH, "Dans l'annexe 1, la ligne Luc Morel est supprimée.").gone).toEqual([
			'| Luc Morel | luc@vega.example | Analyste |',
		]);
		const added = "Dans l'annexe 1, la ligne suivante est ajoutée : « Zoé Petit | zoe@vega.example | Analyste ».";
		expect(done(FRENCH, added).fresh).toEqual(['| Zoé Petit | zoe@vega.example | Analyste |']);
	});
});

describe('words that a plain amendment quotes stay words in Markdown', () => {
	it.each(['<img src=x onerror=alert(1)> days', '[30](https://acme.example) days', '30 days &amp; nights'])(
		'%s',
		(words) => {
			const { text } = apply(amendment(`Section 2 is amended by replacing "30 days" with "${words}".`), BASE);
			const read = readDocument(document(text.text)).nodes.map((node) => node.text);
			expect(read).toContain(`The Client pays within ${words}.`);
		},
	);
});
