import { cased, type Introducers, NUMBER, set } from './qualifier-words';

const places = (words: string): RegExp =>
	new RegExp(
		String.raw`(?<![\p{L}-])(?:${cased(words)}) ${NUMBER}(?:(?:,? (?:und|bis|oder|et|à|ou)|,) (?:\d[\w.()-]*|\([a-z]{1,4}\)))*|§+ ?\d[\w.()-]*`,
		'gu',
	);

export const GERMAN: Introducers = {
	spoken:
		/(?<!\p{L})(?:wird|werden|erhält|erhalten|entfällt|lautet|lauten|gilt|gelten|der|die|das|dem|den|des|diese[rsnm]?|durch|und|ist|für|nur|nicht)(?!\p{L})/giu,
	places: places(
		'artikel art. ziffer ziffern ziff. nummer nr. punkt klausel abschnitt absatz abs. absätze buchstabe buchst. lit. satz sätze anlage anlagen anhang beilage zeile spalte seite nachtrag',
	),
	plain:
		/(?<!\p{L})(?:in Kraft|ohne dass es[^.;:]{0,60}bedarf|(?:sofern|soweit|wenn|falls|es sei denn,?(?: dass)?)(?: \p{L}+){0,3} (?:vorher|zuvor|früher|vorzeitig)[^.;:]{0,60}?(?:gekündigt|beendet)(?: wird)?|im Einvernehmen|in gegenseitigem Einvernehmen|in (?:seiner|ihrer) Gesamtheit|in vollem Umfang|im Übrigen|ohne Ersatz|ersatzlos|zur Klarstellung|in der Fassung (?:des|vom)[^,;:]{0,60}|zuletzt geändert[^,;:]{0,60}|an dessen Stelle|an deren Stelle|an seiner Stelle|an ihrer Stelle|an seine Stelle|in Höhe von|wie folgt|auf insgesamt|jeweils an allen Stellen|an allen Stellen|an jeder Stelle|im gesamten (?:Vertrag|Dokument)|mit folgendem (?:Inhalt|Wortlaut)|in Satz|sowie)(?!\p{L})/giu,
	always:
		/^(?:sofern|soweit|falls|wenn|sobald|solange|es sei denn|vorbehaltlich|hinsichtlich|bezüglich|in bezug(?: auf)?|im hinblick(?: auf)?|mit bezug(?: auf)?|in ansehung|beschränkt|begrenzt|ausgenommen|außer|mit ausnahme|während|bis auf weiteres|im falle?|in fällen|auf verlangen|auf wunsch|auf antrag|bei bedarf|gegenüber|im verhältnis|innerhalb|außerhalb|ausschließlich|lediglich|allein|nur|unter der (?:bedingung|voraussetzung|maßgabe)|unter vorbehalt|im rahmen|im zusammenhang|frühestens|spätestens|zwecks|probeweise|testweise|übergangsweise|vorübergehend|befristet|vorläufig|einstweilen|unbeschadet|ungeachtet|für die dauer|für die zeit|aufgrund|wegen|insoweit|insofern|erforderlichenfalls|gegebenenfalls|betreffend|seitens|zugunsten|zulasten|trotz|mit zustimmung|mit einwilligung|nach maßgabe)$/iu,
	open: /^(?:für|in|im|ins|am|an|auf|bei|beim|ab|ab dem|nach|vor|zu|zum|zur|mit|mit wirkung|unter|über|bis|seit|ohne|gemäß|wirksam|beginnend|rückwirkend|gegen)$/iu,
	parts:
		/^(?:(?:der|die|das|dem|den|des|dessen|deren|folgende[rsnm]?|neue[rsnm]?|letzte[rsnm]?|erste[rsnm]?|zweite[rsnm]?|dritte[rsnm]?) )*(?:definition\p{L}*|zeilen?|spalten?|tabelle|überschrift|wort|worte[sn]?|wörtern?|angaben?|passus|begriff\p{L}*|bezeichnung|formulierung|wortlaut|text|liste|aufzählung|sätze?n?|satzes|absätze?n?|absatz(?:es)?|zelle|eintrag|feld|titel|zahl|betrag|""|§)(?!\p{L})/iu,
	stops:
		/^(?:""|§|☐|[,;:.()]|wird|werden|ist|sind|gilt|erhält|entfällt|lautet|durch|ersetzt|gestrichen|aufgehoben|eingefügt|angefügt|ergänzt|geändert|gefasst|verlängert|hinzugefügt|aufgenommen|gelöscht|erhöht|reduziert)$/iu,
	known: set(
		`der die das dem den des ein eine einer eines einem einen dieser dieses diesem diesen diese folgende folgender folgendes folgenden folgendem neue
		neuer neues neuen neuem weitere weiterer weiteres weiteren und oder sowie auch jeweils dort dessen deren ihr ihre ihrer sein seine seiner
		vertrag vertrags vertrages vereinbarung dokument nachtrag nachtrags ende anfang schluss beginn stelle stellen fassung wortlaut inhalt
		wirkung ab zum vom von sofort wort worte worten wörter wörtern angabe angaben satz absatz ziffer zeile spalte tabelle liste überschrift
		definition klausel paragraph buchstabe nummer anlage anhang ersatz weitere laufzeit vertragslaufzeit einschließlich ablauf hinaus um auf
		tag tages datum unterzeichnung inkrafttreten wirksamwerden zugleich`,
	),
	amounts: set(
		`zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig tag tage tagen woche wochen monat monate monaten monats jahr jahre jahren jahres euro eur prozent`,
	),
	lasting: /^(?:für|in|im|nach|vor|bei|an|am|ab)$/iu,
	deeds: /^(?:durch|unter)$/iu,
	deed: /^(?:die )?(?:streichung|ersetzung|einfügung|ergänzung|aufnahme)(?!\p{L})/iu,
	extended: /verläng/iu,
};

export const FRENCH: Introducers = {
	spoken:
		/(?<!\p{L})(?:le|la|les|l|du|des|est|sont|sera|seront|cette|ce|aux?|par|pour|et|dans|remplacée?s?|supprimée?s?|à)(?!\p{L})/giu,
	places: places(
		'article articles art. clause section point paragraphe paragraphes alinéa alinéas al. annexe annexes appendice phrase ligne colonne page avenant',
	),
	plain:
		/(?<!\p{L})(?:en vigueur|sauf résiliation (?:anticipée|antérieure)|dans (?:son|leur) intégralité|en (?:totalité|intégralité|entier|lieu et place)|comme suit|ainsi qu'il suit|d'un commun accord|en conséquence de quoi|par le présent avenant|au présent (?:contrat|avenant)|dans (?:tout le|l'ensemble du|l'intégralité du) contrat|à la (?:fin|place|suite)|tel que modifié[^,;:]{0,60}|par les dispositions suivantes|par ce qui suit)(?!\p{L})/giu,
	always:
		/^(?:si|s'il|sauf|hormis|excepté|sous réserve|à condition|à la condition|en ce qui concerne|pour ce qui (?:est|concerne)|s'agissant|à l'égard|au regard|vis-à-vis|concernant|relativement|uniquement|seulement|exclusivement|limitée?s?|restreinte?s?|dès|lorsque|lorsqu'\p{L}+|tant que|aussi longtemps|dans la mesure|pendant|durant|au cours|jusqu'à nouvel|à l'exception|à l'exclusion|en cas|à la demande|avec l'accord|avec le consentement|dans le cadre|au titre|à titre|dans l'hypothèse|pour les besoins|aux fins|par dérogation|au plus tard|au plus tôt|provisoirement|temporairement|nonobstant|à défaut|moyennant|selon|quant|afin|chez|hors)$/iu,
	open: /^(?:pour|en|dans|sur|sous|après|avant|avec|sans|à compter|à partir|à|au|aux|chez|entre|depuis|vers|par)$/iu,
	parts:
		/^(?:(?:le|la|les|l|du|de|des|un|une|premi\p{L}+|deuxième|second\p{L}*|troisième|derni\p{L}+|nouve\p{L}+|suivant\p{L}*) )*(?:l')?(?:définitions?|lignes?|colonnes?|tableau|titre|intitulé|mots?|termes?|expressions?|phrases?|alinéas?|paragraphes?|liste|cellule|texte|mention|chiffres?|montants?|dispositions?|celui|celle|ceux|celles|""|§)(?!\p{L})/iu,
	stops:
		/^(?:""|§|☐|[,;:.()]|est|sont|sera|seront|remplacée?s?|supprimée?s?|ajoutée?s?|insérée?s?|modifiée?s?|complétée?s?|prorogée?|prolongée?|il)$/iu,
	known: set(
		`le la les l' de du des un une d' et ou en ce cette ces son sa ses leur leurs même mêmes présent présente suivant suivante suivants suivantes nouveau
		nouvelle nouvel contrat avenant accord convention fin début suite place lieu mots mot termes terme phrase alinéa paragraphe article annexe
		date jour rétroactif rétroactive signature effet entrée vigueur compter l'article l'annexe l'alinéa l'expression l'avenant l'accord tableau ligne colonne liste
		totalité intégralité entier inclus compris échéance l'échéance période durée supplémentaire nouvelle au delà`,
	),
	amounts: set(
		`deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente quarante soixante jour jours semaine semaines mois an ans année années euro euros`,
	),
	lasting: /^(?:pour|dans|après|avant|sous|en|au|aux|à|sur)$/iu,
	deeds: /^(?:par)$/iu,
	deed: /^(?:la |l'|le )?(?:suppression|ajout|insertion|remplacement|adjonction)(?!\p{L})/iu,
	extended: /prorog|prolong|recondui|renouvel/iu,
};
