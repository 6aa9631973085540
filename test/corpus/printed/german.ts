import type { Contract, Part } from './document';

const heading = (number: string, text: string): Part => ({ kind: 'heading', number, text });
const clause = (number: string, text: string): Part => ({ kind: 'clause', number, text });

function lease(later: boolean): Contract {
	return {
		language: 'de',
		parts: [
			{ kind: 'title', text: 'Wartungs- und Nutzungsvertrag' },
			{
				kind: 'paragraph',
				text: 'Zwischen der Stadtwerke Birkenau Netz GmbH, nachfolgend „Auftraggeberin“, und der Leitstelle Süd Software GmbH, nachfolgend „Auftragnehmerin“, wird das Folgende vereinbart.',
			},
			heading('§ 1', 'Vertragsgegenstand'),
			clause(
				'(1)',
				'Die Auftragnehmerin überlässt der Auftraggeberin das Leitstellensystem zur Nutzung in den Niederspannungsnetzen der Gemeinden Birkenau, Mörlenbach und Rimbach.',
			),
			clause(
				'(2)',
				`Die Nutzung ist auf ${later ? 'fünfunddreißig' : 'zwanzig'} gleichzeitig angemeldete Bedienplätze beschränkt; Schulungsplätze werden nicht mitgerechnet.`,
			),
			clause(
				'(3)',
				'Erweiterungen des Netzgebiets zeigt die Auftraggeberin spätestens sechs Wochen vor der Inbetriebnahme in Textform an.',
			),
			heading('§ 2', 'Wartung und Störungsbeseitigung'),
			clause(
				'(1)',
				later
					? 'Störungen der Klasse A werden innerhalb von zwei Stunden bearbeitet, auch an Sonn- und Feiertagen, und innerhalb von zwölf Stunden behoben.'
					: 'Störungen der Klasse A werden innerhalb von vier Stunden bearbeitet und innerhalb von vierundzwanzig Stunden behoben.',
			),
			clause(
				'(2)',
				'Wartungsfenster liegen zwischen 22:00 Uhr und 4:00 Uhr und werden zehn Werktage im Voraus angekündigt.',
			),
			...(later
				? [
						clause(
							'(3)',
							'Sicherheitsrelevante Aktualisierungen spielt die Auftragnehmerin ohne Ankündigung ein, wenn das Bundesamt für Sicherheit in der Informationstechnik eine Warnung der höchsten Stufe herausgegeben hat.',
						),
					]
				: []),
			heading('§ 3', 'Vergütung'),
			clause(
				'(1)',
				`Die jährliche Vergütung beträgt ${later ? '61.300,00' : '48.500,00'} EUR zuzüglich der gesetzlichen Umsatzsteuer und ist zum 15. Januar fällig.`,
			),
			clause(
				'(2)',
				'Reisekosten werden nur erstattet, soweit die Auftraggeberin den Einsatz vor Ort ausdrücklich verlangt hat und die Anreise mit öffentlichen Verkehrsmitteln nicht zumutbar war.',
			),
			heading('§ 4', 'Laufzeit und Kündigung'),
			clause(
				'(1)',
				`Der Vertrag beginnt am 1. April 2026 und wird auf vier Jahre geschlossen. Er verlängert sich um jeweils ein Jahr, wenn er nicht mit einer Frist von ${later ? 'sechs' : 'drei'} Monaten zum Ende der Laufzeit gekündigt wird.`,
			),
			...(later
				? []
				: [
						clause(
							'(2)',
							'Die Auftraggeberin kann einzelne Gemeindenetze mit einer Frist von zwölf Monaten zum Jahresende aus dem Vertrag herausnehmen, wenn die Konzession an einen anderen Netzbetreiber übergeht.',
						),
					]),
			clause(later ? '(2)' : '(3)', 'Das Recht zur Kündigung aus wichtigem Grund bleibt unberührt.'),
			{ kind: 'heading', text: 'Anlage 1' },
			{
				kind: 'table',
				head: ['Netzgebiet', 'Bedienplätze', 'Ansprechpartner'],
				rows: [
					['Birkenau', later ? '15' : '10', 'Leiter Netzbetrieb'],
					['Mörlenbach', later ? '12' : '6', 'Stellvertretende Leiterin Netzbetrieb'],
					['Rimbach', '8', 'Technischer Dienst'],
				],
			},
		],
	};
}

export const before = lease(false);
export const after = lease(true);
