/** What sentences on how long an agreement lasts are recognised by, in one language. Data only. */
export interface Life {
	/** The first thing spoken of, and those that are the amendment itself. */
	things: RegExp;
	ownThings: RegExp;
	/** Small words of the language. */
	small: RegExp;
	/** Any of the verbs below. */
	verbs: RegExp;
	extends: RegExp;
	ends: RegExp;
	/** It is called off, on a day that may be named. */
	cancels: RegExp;
	/** It tells what was done before. */
	past: RegExp;
	/** It orders a change of words. */
	textual: RegExp;
	/** Before a day: the date of a document. */
	dated: RegExp;
	/** Before a day: the one that gives way. */
	old: RegExp;
	/** Before a length: the whole of it, not what is added. */
	whole: RegExp;
	/** Before a place: it is spoken of, not changed. */
	despite: RegExp;
	/** Ways out that every agreement has. */
	unless: RegExp;
	harmless: RegExp;
	/** Words that change nothing about it. Lower case. */
	words: ReadonlySet<string>;
}

const words = (text: string): Set<string> => new Set(text.split(/\s+/));

const GERMAN: Life = {
	things:
		/(?<!\p{L})(?:\p{L}*laufzeit|\p{L}*dauer|\p{L}*frist|\p{L}*zeitraum|\p{L}*vertrag(?:e?s)?|\p{L}*vereinbarung|\p{L}*verhältnis(?:ses)?|nachtrag(?:s|es)?|\p{L}*zeit|vertragsende|enddatum)(?!\p{L})/iu,
	ownThings:
		/^(?!(?:vertrags|miet|pacht|lizenz|nutzungs|grund|fest|erst|mindest|mindestvertrags)?laufzeit|(?:vertrags|miet|pacht)?dauer|festmietzeit|mietzeit|vertragsende|enddatum|(?:vertrags|miet|pacht|lizenz|dienst)verhältnis)(?:nachtrag|änderungs|zusatz|ergänzungs|verlängerungs|aufhebungs|\p{L}+(?:frist|zeitraum|zeit|dauer|laufzeit|verhältnis))/iu,
	small: /(?<!\p{L})(?:der|die|das|den|dem|des|wird|sich|zum|am|vom)(?!\p{L})/iu,
	verbs: /verläng|fortgesetzt|erstreckt|ende|läuft|aufgehoben|aufheben|aufzuheben/iu,
	extends: /(?<!\p{L})(?:verlängert|verlängern|fortgesetzt|erstreckt)(?!\p{L})/iu,
	ends: /(?<!\p{L})(?:endet|ende)(?!\p{L})|(?<!\p{L})läuft[^]*(?:bis|aus)(?!\p{L})/iu,
	cancels: /(?<!\p{L})(?:aufgehoben|beendet|beenden|aufheben|aufzuheben)(?!\p{L})/iu,
	past: /(?<!\p{L})(?:wurden?|worden|hatten?|haben|möchten?|wollen|beabsichtigen|kann|können|darf|dürfen|soll|sollen|berechtigt)(?!\p{L})/iu,
	textual:
		/(?<!\p{L})(?:gefasst|neugefasst|ersetzt|eingefügt|angefügt|ergänzt|gestrichen|gelöscht|lautet|Fassung|Wortlaut|wie folgt)(?!\p{L})/iu,
	dated: /(?:vertrag(?:e?s)?|vereinbarung|lizenz)(?: der parteien| zwischen den parteien)? vom\s*$/iu,
	old: /(?<!\p{L})(?:vom|von|statt(?: am| zum| bis zum)?|anstatt(?: am| zum)?|bisher(?: am| zum| bis zum)?)\s*$/iu,
	whole: /(?<!\p{L})(?:auf|insgesamt)(?: insgesamt)?\s*$/iu,
	despite:
		/(?<!\p{L})(?:abweichend von|entgegen|unbeschadet(?: von)?|ungeachtet(?: von)?|gemäß|nach)(?: dem| der| des)?\s*$/iu,
	unless:
		/,?\s*(?:sofern|soweit|wenn|falls|es sei denn,?(?: dass)?)(?: (?:er|sie|es|diese[rs]?|der vertrag|die vereinbarung|das vertragsverhältnis))?(?: nicht)? (?:vorher|zuvor|früher|vorzeitig)[^.;:]{0,60}?(?:gekündigt|beendet)(?: wird)?/iu,
	harmless:
		/ohne dass es (?:hierfür |dazu )?einer (?:gesonderten )?kündigung bedarf|einer (?:gesonderten )?kündigung bedarf es nicht|(?:durch|mit|gemäß) (?:diese[rmn]?|dem vorliegenden|der vorliegenden) (?:nachtrag|\p{L}*vereinbarung)|mit wirkung(?: zum| ab)?(?: dem)?/giu,
	words: words(
		`der die das des dem den dieser dieses diesen diesem vorliegende vorliegenden vorliegender bestehende bestehenden bestehender
		bisherige bisherigen vereinbarte vereinbarten geregelte geregelten genannte genannten festgelegte festgelegten bestimmte bestimmten
		abweichend entgegen von gemäß nach in im zwischen parteien vertragsparteien vereinbaren einvernehmlich einigen einig sind darüber sich
		dass wird werden ist hiermit hierdurch damit somit nunmehr nun daher also um weitere weiteren weiteres weiterer zusätzliche zusätzlichen
		bis zum einschließlich ablauf mit auf vom am zu zur auch sowie hinaus über vorzeitig insgesamt fest und statt anstatt bisher tages
		verlängert verlängern fortgesetzt erstreckt endet ende läuft aus aufgehoben beendet beenden aufheben aufzuheben unbeschadet ungeachtet
		laufzeit vertragslaufzeit mietlaufzeit lizenzlaufzeit nutzungslaufzeit grundlaufzeit festlaufzeit erstlaufzeit mindestlaufzeit
		mindestvertragslaufzeit dauer vertragsdauer mietdauer pachtdauer festmietzeit mietzeit vertragsende enddatum
		vertrag vertrags vertrages vereinbarung vertragsverhältnis vertragsverhältnisses mietverhältnis mietverhältnisses pachtverhältnis
		dienstleistungsvertrag dienstleistungsvertrages dienstleistungsvertrags rahmenvertrag rahmenvertrages rahmenvertrags
		lizenzvertrag lizenzvertrages lizenzvertrags mietvertrag mietvertrages mietvertrags dienstvertrag dienstvertrages dienstvertrags
		hauptvertrag hauptvertrages hauptvertrags nutzungsvertrag nutzungsvertrages wartungsvertrag wartungsvertrages wartungsvertrags
		kooperationsvertrag liefervertrag liefervertrages werkvertrag werkvertrages rahmenvereinbarung`,
	),
};

const FRENCH: Life = {
	things:
		/(?<!\p{L})(?:durées?|délais?|préavis|périodes?|contrat|accord|convention|bail|licence|échéance|terme|avenant|prestations?|services?|garantie|commandes?)(?!\p{L})/iu,
	ownThings: /^(?:délais?|préavis|périodes?|avenant|prestations?|services?|garantie|commandes?)/iu,
	small: /(?<!\p{L})(?:le|la|les|du|est|sera|au|aux|pour|jusqu)(?!\p{L})/iu,
	verbs: /prorog|prolong|recondui|renouvel|report|portée|prend|expire|termine|achève|arrive|résili/iu,
	extends:
		/(?<!\p{L})(?:prorogée?|prolongée?|reconduite?|renouvelée?|reportée?|portée?|proroger|prolonger|reconduire|renouveler|reporter)(?!\p{L})/iu,
	ends: /(?<!\p{L})(?:prend(?:ra)? fin|expire(?:ra)?|se termine(?:ra)?|s'achève(?:ra)?|arrive(?:ra)? à (?:échéance|son terme))(?!\p{L})/iu,
	cancels: /(?<!\p{L})(?:résiliée?|résilier)(?!\p{L})/iu,
	past: /(?<!\p{L})(?:a|ont|avait|avaient) (?:été|\p{L}+é)|(?<!\p{L})(?:peut|pourra|peuvent|souhaitent|désirent|entendent)(?!\p{L})/iu,
	textual: /(?:remplac|supprim|rédigé|libellé|ajout|insér|complét|comme suit|ainsi qu'il suit)/iu,
	dated: /(?:contrat|accord|convention|bail|licence)(?: \p{L}+)?(?: en date)? (?:du|signé le|conclu le|daté du)\s*$/iu,
	old: /(?<!\p{L})(?:au lieu du|initialement fixée? au|fixée? au|actuellement fixée? au)\s*$/iu,
	whole: /(?<!\p{L})(?:à|au total de|portée? à)\s*$/iu,
	despite:
		/(?<!\p{L})(?:par dérogation à|nonobstant|conformément à|en application de|en vertu de)(?: l'| la | le |l')?\s*$/iu,
	unless: /,?\s*sauf résiliation (?:anticipée|antérieure)(?: par [^.;:]{0,60})?/iu,
	harmless:
		/par le présent avenant|d'un commun accord|de plein droit|sans (?:autre )?(?:formalité|préavis)|avec effet (?:à compter )?(?:du|au)|à compter du/giu,
	words: words(
		`le la les l' du de des d' un une au aux à en dans par et que qu' il elle est sera sont seront ainsi donc désormais ce cette cet
		présent présente même son sa initiale initial actuelle actuel prévue prévu fixée fixé stipulée stipulé mentionnée mentionné visée visé
		parties conviennent décident acceptent durée contrat accord convention bail licence échéance terme date fin expiration
		prorogée prorogé prolongée prolongé reconduite reconduit renouvelée renouvelé reportée reporté proroger prolonger reconduire renouveler
		reporter prend prendra expire expirera se termine terminera s'achève s'achèvera arrive arrivera résilié résiliée résilier
		jusqu'au jusqu'à inclus compris pour période supplémentaire supplémentaires additionnelle additionnels nouvelle nouveau l'échéance
		d'expiration d'échéance l'accord au-delà lieu dérogation nonobstant conformément application vertu l'article article d'une d'un
		soit total totale portée sur`,
	),
};

export const LIVES = { german: GERMAN, french: FRENCH };
