import { type Life, LIVES } from './lives';

/** What amendments of another language than English are recognised by. Patterns see a sentence whose quoted words are blanked. */
export interface Tongue {
	/** A sentence that orders something in this language. */
	orders: RegExp;
	/** The clause gets new words. */
	restates: RegExp;
	/** Words give way to words. */
	replaces: RegExp;
	deletes: RegExp;
	inserts: RegExp;
	/** `… is amended as follows:` with the instructions behind it. */
	frames: RegExp;
	/** Before a place or words: what is new goes behind them, or in front. */
	after: RegExp;
	before: RegExp;
	/** Before a place: it comes to be. */
	fresh: RegExp;
	/** Links an inner place to the outer one behind it: `Absatz 2 des § 3`, `l'alinéa 2 de l'article 3`. */
	of: RegExp;
	/** A further sentence is added, not a clause. */
	sentence: RegExp;
	/** Everywhere in the agreement. */
	everywhere: RegExp;
	/** Why a person has to look. */
	hazards: ReadonlyArray<readonly [RegExp, string]>;
	/** Words before a number, and which kind of step they make. */
	kinds: ReadonlyMap<string, 'head' | 'sub' | 'sentence' | 'paragraph' | 'schedule'>;
	/** `deuxième alinéa`: words that count, -1 for the last. */
	ordinals: ReadonlyMap<string, number>;
	/** How an agreement is extended and ended. */
	life: Life;
}

const kinds = (
	words: Partial<Record<'head' | 'sub' | 'sentence' | 'paragraph' | 'schedule', string>>,
): Tongue['kinds'] =>
	new Map(
		(['head', 'sub', 'sentence', 'paragraph', 'schedule'] as const).flatMap((kind) =>
			(words[kind] ?? '').split(' ').flatMap((word) => (word === '' ? [] : [[word, kind] as const])),
		),
	);

function ordinals(stems: string, endings: string): Map<string, number> {
	return new Map(
		stems
			.split(' ')
			.flatMap((stem, index) =>
				endings.split(' ').map((ending): [string, number] => [stem + ending.replace('-', ''), index + 1]),
			),
	);
}

const NAMELESS = 'It applies other provisions by analogy: what exactly changes has to be decided by a person.';
const CONDITION = 'It stands under a condition.';
const PART = 'It holds for a part only.';

const GERMAN: Tongue = {
	orders:
		/(?<!\p{L})(?:wird|werden|erhält|erhalten|entfällt|entfallen|lautet|lauten)(?!\p{L})[^]*|(?<!\p{L})(?:gestrichen|ersetzt|eingefügt|angefügt|ergänzt|aufgehoben|geändert|gefasst)(?!\p{L})/u,
	restates:
		/neu gefasst|neugefasst|(?:wie folgt|folgendermaßen|nachstehend) (?:neu )?(?:gefasst|ersetzt)|(?:erhält|erhalten) (?:die |den |nachstehende |künftig )?folgenden? (?:neuen? )?(?:Fassung|Wortlaut|Inhalt)|laute(?:t|n) (?:nunmehr |künftig |fortan |neu |ab sofort )?(?:wie folgt|folgendermaßen)|durch (?:den |die |das )?(?:folgende[nrs]?|nachstehende[nrs]?)(?: \p{L}+){0,3} ersetzt|wie folgt geändert:\s*$/u,
	replaces: /durch[^]*(?:ersetzt|ausgetauscht)|ersetzt durch|von "_*" (?:auf|in) "_*"/u,
	deletes: /(?<!\p{L})(?:gestrichen|aufgehoben|gelöscht|entfällt|entfallen|fällt weg)(?!\p{L})/u,
	inserts: /(?<!\p{L})(?:eingefügt|angefügt|hinzugefügt|ergänzt|aufgenommen|angehängt)(?!\p{L})/u,
	frames: /(?:wird|werden) (?:\p{L}+ ){0,6}wie folgt geändert|vereinbaren[^.]*:/u,
	after:
		/(?<!\p{L})(?:nach|hinter)(?: de[nmr]| dem| den| der)?(?: Worten?| Wörtern| Angaben?| Begriffe?n?| Passus)?\s*$/iu,
	before: /(?<!\p{L})vor(?: de[nmr])?(?: Worten?| Wörtern| Angaben?| Begriffe?n?)?\s*$/iu,
	fresh: /(?<!\p{L})(?:folgende[rsnm]?|neue[rsnm]?|weitere[rsnm]?|als)(?: neue[rsnm]?| weitere[rsnm]?)?\s*$/iu,
	of: /^\s*(?:der|des|von|zu|zum|zur|in|im)\s*(?:Vertrags?e?s?\s*)?$/iu,
	sentence: /folgende[nr]?(?: neue[nr]?| weitere[nr]?)? S(?:atz|ätze)(?!\p{L})(?! \d)/u,
	everywhere: /(?:im gesamten Vertrag|überall|jeweils an allen Stellen|im gesamten Dokument|durchgehend)/iu,
	hazards: [
		[
			/sinngemäß|(?:gilt|gelten) entsprechend|entsprechend(?:e)? (?:Anwendung|angepasst|anzupassen)|soweit erforderlich/iu,
			NAMELESS,
		],
		[/(?<!\p{L})(?:sofern|falls|wenn|unter der (?:Bedingung|Voraussetzung)|soweit)(?!\p{L})/iu, CONDITION],
		[/(?<!\p{L})(?:nur|ausschließlich|allein|lediglich) (?:für|hinsichtlich|in Bezug|gegenüber|im Verhältnis)/iu, PART],
		[
			/(?<!\p{L})(?:mit Ausnahme|ausgenommen|außer)(?!\p{L})/iu,
			'It makes an exception that has to be read by a person.',
		],
		[/(?<!\p{L})(?:befristet|bis zum|bis einschließlich|vorübergehend)(?!\p{L})/iu, 'It holds for a time only.'],
	],
	kinds: kinds({
		head: '§ §§ artikel art. ziffer ziffern ziff. nummer nr. punkt klausel abschnitt',
		sub: 'absatz abs. absätze buchstabe buchst. lit. unterabsatz',
		sentence: 'satz',
		schedule: 'anlage anhang beilage',
	}),
	ordinals: new Map([
		...ordinals('erst zweit dritt viert fünft sechst', 'e er en es em'),
		...['letzte', 'letzter', 'letzten', 'letztem'].map((word): [string, number] => [word, -1]),
	]),
	life: LIVES.german,
};

const FRENCH: Tongue = {
	orders:
		/(?<!\p{L})(?:est|sont|sera|seront)(?!\p{L})[^]*(?:remplac|supprim|modifi|port|ramen|rédui|augment|ajout|insér|complét|abrog|rédig|libell|annul)|^(?:supprimer|remplacer|ajouter|insérer)(?!\p{L})/iu,
	restates:
		/(?:remplacée?s?|modifiée?s?|rédigée?s?|libellée?s?)(?: dans (?:son|leur) intégralité| intégralement)?,? (?:comme suit|ainsi qu'il suit|par (?:ce qui suit|(?:les|le|la|l'|un|une)\s?(?:nouvelles? |nouveau |nouvel )?\p{L}+ (?:suivante?s?|ainsi rédigée?s?|ci-(?:après|dessous))))|(?:est|sont|sera|seront) (?:désormais )?ainsi (?:rédigée?s?|modifiée?s?|libellée?s?)/iu,
	replaces:
		/remplacée?s? par|"_*"\s+(?:est|sont|sera|seront) (?:portée?s?|ramenée?s?|réduite?s?|augmentée?s?) à\s+"_*"|(?:portée?s?|ramenée?s?|modifiée?s?|réduite?s?|augmentée?s?) de "_*" à "_*"/iu,
	deletes: /(?:supprimée?s?|abrogée?s?|annulée?s?)(?!\p{L})/iu,
	inserts: /(?:ajoutée?s?|insérée?s?|complétée?s?)(?!\p{L})/iu,
	frames: /(?:est|sont|sera|seront) (?:modifiée?s?|amendée?s?) (?:comme suit|ainsi qu'il suit)|conviennent[^.]*:/iu,
	after: /(?<!\p{L})(?:après|à la suite de|derrière)(?: les| le| la| l')?(?: mots?| termes?| expressions?)?\s*$/iu,
	before: /(?<!\p{L})avant(?: les| le| la| l')?(?: mots?| termes?)?\s*$/iu,
	fresh: /(?<!\p{L})(?:un|une|un nouvel|un nouveau|une nouvelle|nouvel|nouveau|nouvelle)\s*$/iu,
	of: /^\s*(?:de l'|de la|du|de|à l'|au|des)\s*$/iu,
	sentence: /(?:la|une) (?:nouvelle )?phrase (?:suivante|ainsi rédigée)|(?:par|de) la phrase/iu,
	everywhere: /dans (?:tout le|l'ensemble du|l'intégralité du) contrat|partout/iu,
	hazards: [
		[/mutatis mutandis|par analogie|en conséquence|adaptations? nécessaires?|le cas échéant/iu, NAMELESS],
		[/(?<!\p{L})(?:si|sous réserve|à condition|dans l'hypothèse|en cas)(?!\p{L})/iu, CONDITION],
		[/(?:uniquement|exclusivement|seulement) (?:pour|en ce qui concerne|à l'égard)/iu, PART],
		[/(?:à l'exception|sauf|hormis)(?!\p{L})/iu, 'It makes an exception that has to be read by a person.'],
		[/(?:temporairement|jusqu'au|pour une période)(?!\p{L})/iu, 'It holds for a time only.'],
	],
	kinds: kinds({
		head: 'article articles art. clause section point paragraphe',
		sub: 'sous-paragraphe sous-section lettre',
		paragraph: 'alinéa al.',
		sentence: 'phrase',
		schedule: 'annexe appendice',
	}),
	ordinals: new Map([
		['premier', 1],
		['première', 1],
		['second', 2],
		['seconde', 2],
		...ordinals('deux trois quatr cinqu six', 'ième ièmes'),
		['dernier', -1],
		['dernière', -1],
	]),
	life: LIVES.french,
};

export const TONGUES: readonly Tongue[] = [GERMAN, FRENCH];
