/** Words that tell rows of a table apart without a name that stands in one. */
const ROWS =
	/(?<!\p{L})(?:rows?|lines?|entry|entries|opposite|beside|next to|against|alongside|beginning|starting|Zeilen?|Eintr(?:ag|ags|ages|äge|ägen)|gegenüber|neben|lignes?|rang(?:ée)?|en regard|en face)(?!\p{L})/iu;
/** What stands before whom or what a row is for. */
const LEADS =
	/(?<!\p{L})(?:for|of|to|opposite|against|regarding|concerning|regards|respect to|relation to|case of|für|bei|von|betreffend|bezüglich|hinsichtlich|pour|chez|concernant) (?:(?:Mr|Mrs|Ms|Dr|Prof|M|Mme)\.? |Herrn? |Frau |Monsieur |Madame )?(\p{Lu}[\p{L}\p{N}'\u2019-]*)/gu;
const OWNER = /(?<!\p{L})(\p{Lu}[\p{L}\p{N}-]*)['\u2019]s?(?!\p{L})/gu;
const CAPITAL = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}-]*/gu;
/** Capitalised words of amendments that are no name of a row. */
const HOUSE = new Set(
	(
		'agreement contract amendment addendum schedule exhibit annex appendix attachment section clause article paragraph part table column parties party ' +
		'the this that these in by for of to and or with each all any every such where wherever whenever throughout words word effective from as on at upon under within further ' +
		'replace replacing delete deleting substitute insert change amend strike add following accordingly hereby item existing current references reference ' +
		'anlage anhang vertrag vertrages vertrags nachtrag wort worte wörter begriff begriffe angabe angaben bezeichnung zahl betrag tabelle spalte stelle wortlaut text satz absatz ' +
		'ziffer parteien der die das dem den des wird werden im ist jeweils ab mit an ' +
		'annexe article avenant contrat convention tableau colonne mot mots terme termes montant dans la le les au aux du il est parties alinéa'
	).split(' '),
);

/**
 * What in a sentence may point at a row that was not found: a word for rows, someone it is for who stands in none, a name
 * that the agreement does not know. Undefined where there is nothing of the kind.
 */
export function ofNoRow(sentence: string, known: ReadonlySet<string>, agreement: string): string | undefined {
	const row = ROWS.exec(sentence)?.[0];
	if (row !== undefined) return row;
	const house = (word: string): boolean =>
		known.has(word) || HOUSE.has(word.toLowerCase()) || /^[A-Z\d]{1,2}$/.test(word);
	for (const pattern of [LEADS, OWNER])
		for (const [, name = ''] of sentence.matchAll(pattern)) if (!house(name)) return name;
	for (const match of sentence.matchAll(CAPITAL)) {
		const [name] = match;
		const opens = /(?:^|[.:;]\s+|\)\s+)$/.test(sentence.slice(Math.max(0, match.index - 4), match.index));
		if (!opens && !house(name) && !agreement.includes(name)) return name;
	}
	return undefined;
}
