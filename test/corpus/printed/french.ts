import type { Contract, Part } from './document';

const heading = (number: string, text: string): Part => ({ kind: 'heading', number, text });
const clause = (number: string, text: string): Part => ({ kind: 'clause', number, text });

function licence(later: boolean): Contract {
	return {
		language: 'fr',
		parts: [
			{ kind: 'title', text: 'Contrat de licence et d’hébergement' },
			{
				kind: 'paragraph',
				text: 'Entre la société Rivages Numériques SAS, ci-après « le Prestataire », et l’association Les Ateliers du Port, ci-après « le Client », il a été convenu ce qui suit.',
			},
			heading('Article 1 –', 'Objet'),
			clause(
				'1.1',
				`Le Prestataire concède au Client le droit d’utiliser le logiciel de réservation pour ${later ? 'vingt-cinq' : 'douze'} postes répartis dans les ateliers énumérés à l’annexe.`,
			),
			clause(
				'1.2',
				'Le droit est personnel ; il ne peut être cédé à un tiers sans l’accord préalable et écrit du Prestataire, qui répond dans un délai de quinze jours ouvrés.',
			),
			heading('Article 2 –', 'Hébergement'),
			clause(
				'2.1',
				`Les données sont hébergées ${later ? 'exclusivement sur des serveurs situés en France' : 'sur des serveurs situés dans l’Union européenne'} et sauvegardées chaque nuit pendant trente jours.`,
			),
			clause(
				'2.2',
				'En cas d’interruption dépassant quatre heures consécutives, le Prestataire crédite au Client une journée de redevance par heure supplémentaire commencée.',
			),
			...(later
				? [
						clause(
							'2.3',
							'Le Client peut demander une fois par an un rapport décrivant les incidents survenus, leur cause et les mesures prises pour en éviter la répétition.',
						),
					]
				: []),
			heading('Article 3 –', 'Redevance'),
			clause(
				'3.1',
				`La redevance annuelle s’élève à ${later ? '7 920' : '5 400'} euros hors taxes, payable d’avance au début de chaque trimestre.`,
			),
			clause('3.2', 'Elle est révisée au 1er janvier selon l’indice Syntec publié au mois d’octobre précédent.'),
			heading('Article 4 –', 'Durée'),
			clause(
				'4.1',
				`Le contrat est conclu pour ${later ? 'cinq' : 'trois'} ans à compter du 15 mai 2026. À l’échéance il est reconduit tacitement pour des périodes d’un an, sauf dénonciation par lettre recommandée trois mois avant le terme.`,
			),
			...(later
				? []
				: [
						clause(
							'4.2',
							'Le Client peut résilier le contrat sans indemnité lorsque la subvention régionale dont il bénéficie n’est pas renouvelée.',
						),
					]),
			heading('Article 5 –', 'Droit applicable'),
			clause(
				'5.1',
				'Le contrat est soumis au droit français ; le tribunal judiciaire de Saint-Malo est seul compétent.',
			),
		],
	};
}

export const before = licence(false);
export const after = licence(true);
