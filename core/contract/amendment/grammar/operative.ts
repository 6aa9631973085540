/**
 * Whether a sentence of an amendment that no rule took up settles something all the same: a person is told of it. What
 * amendments say of themselves (counterparts, all else stays, what words mean) settles nothing in the agreement.
 */
export function isOperative(sentence: string): boolean {
	const bare = sentence.slice(0, LONGEST).replace(/"[^"]*"/g, '""');
	if (RECITAL.test(bare) || isHeading(bare)) return false;
	if (!ENGLISH.test(bare) && !GERMAN.test(bare) && !FRENCH.test(bare)) return false;
	return !ITSELF.some((pattern) => pattern.test(bare));
}

/** `Add Affiliates to Permitted Use`, above what it is about. */
function isHeading(bare: string): boolean {
	return (
		bare.length < 80 &&
		!/[.;:!,]\s*$/.test(bare) &&
		!/\b(?:shall|will|must|is|are)\b|(?<!\d )\bmay\b(?! \d)|(?<!\p{L})(?:ist|sind|wird|gilt|est|sont|darf)(?!\p{L})/iu.test(
			bare,
		)
	);
}

const LONGEST = 1_200;
const ACTS =
	'grants?|assigns?|waives?|renounces?|relinquish(?:es)?|releases?|transfers?|rescinds?|revokes?|withdraws?|suspends?|terminates?|ceases?|adds?|adopts?|appoints?|' +
	'assumes?|undertakes?|cancels?|removes?|deletes?|replaces?|novates?|licen[sc]es|ends?|expires?|includes?|increases?|reduces?|extends?|becomes?|permits?|authori[sz]es?|' +
	'surrenders?|discharges?|forgives?|joins?|leaves?|applies|apply';
const DONE =
	'granted|assigned|waived|rescinded|revoked|suspended|terminated|cancell?ed|withdrawn|extended|replaced|removed|added|appointed|' +
	'released|transferred|novated|discharged|reinstated|lifted|set|fixed|limited|increased|reduced|licensed';
const ENGLISH = new RegExp(
	String.raw`\b(?:shall|will|must|cannot|no longer|now ha(?:s|ve))\b|(?<!\d )\bmay\b(?! \d)|\b(?:is|are|be) (?:to\b|hereby\b|now\b|from now\b|henceforth\b|not\b|no\b|also\b|further\b|entitled\b|permitted\b|authori[sz]ed\b|required\b|free\b|responsible\b|deemed\b|obliged\b|void\b|(?:\w+ly )?(?:${DONE})\b)|\b(?:is|are|equals?|amounts? to)(?: [\w-]+){0,3} \(?[$€£]?\d|(?:^|[\p{Ll}\d)"],? )(?:hereby |also |further |now |and )?(?:${ACTS})\b`,
	'iu',
);

const GERMAN =
	/(?<!\p{L})(?:soll|sollen|muss|müssen|darf|dürfen|kann|können|gilt|gelten|gelte|entfällt|entfallen|endet|enden|beginnt|beträgt|betragen|verzichtet|verzichten|gewährt|gewähren|räumt|räumen|erhält|erhalten|übernimmt|übernehmen|überträgt|übertragen|verpflichtet|verpflichten|berechtigt|wird|werden|ist|sind|tritt|scheidet|ruht|ruhen|erlischt|erlöschen|findet|finden|umfasst|kündigt)(?!\p{L})/iu;
const FRENCH =
	/(?<!\p{L})(?:doit|doivent|devra|devront|peut|peuvent|pourra|pourront|s'engage|s'engagent|accorde|accordent|concède|octroie|renonce|renoncent|cesse|cessent|cessera|prend|prendra|prendront|est|sont|sera|seront|cède|transfère|autorise|bénéficie|s'applique|s'appliquent|s'élève)(?!\p{L})/iu;

const RECITAL =
	/^\W*(?:\(?[A-Z\d]{1,2}[.)]\s+)?(?:whereas\b|now,? therefore|recitals?\b|background\b|präambel|vorbemerkung|considérant|attendu|in witness\b)|\b(?:desires?|wish(?:es)?) to\b|\b(?:möchten|wünschen|souhaitent|désirent)(?!\p{L})|\b(?:agree|agrees|agreed|vereinbaren|conviennent|vereinbart|convenu)\b[^.]{0,80}:\s*$|^\W*(?:the parties|die parteien|les parties)\b[^.]{0,60}(?:as follows|folgendes|ce qui suit)\W*$/iu;

/** The amendment, by its names. */
const SELF = String.raw`\b(?:this|the|said) (?:\w+ ){0,3}(?:amendment|addendum|variation|supplement(?:al agreement)?|side letter|letter|deed|endorsement|instrument|document)\b`;
const ITSELF: readonly RegExp[] = [
	/\bfull force\b|\bcounterparts?\b|\bin all other respects\b|\bratif(?:y|ied|ies)\b|\b(?:remains?|continues?)\b[^;]{0,60}\b(?:unchanged|unaffected|unmodified|in effect|in force|binding|apply|as is)\b|\bcontinue (?:to|without)\b/i,
	/\bcapitali[sz]ed terms?\b|\bdefined terms?\b|\b(?:have|has|bear) the (?:same |respective )?meanings?\b|\bas defined in\b[^;]{0,40}\.?$|^[^;]{0,12}""[^;]{0,40}\bmeans?\b/i,
	/\bentire (?:agreement|understanding)\b|\bsupersedes? (?:all|any) (?:prior|previous|other)\b|\bsuccessors and (?:permitted )?assigns\b|\bseverab|\b(?:invalid|unenforceable)\b|\bheadings\b|\bfurther (?:acts|assurances|documents|instruments)\b|\btime is of the essence\b/i,
	/\b(?:conflict|inconsisten\w+|discrepanc\w+|contradiction)\b[^;]{0,200}\b(?:prevail|control|govern|precedence)s?\b|\b(?:shall|will) (?:prevail|control|govern|take precedence)\b/i,
	/\b(?:electronic(?:ally)?|facsimile|pdf|docusign|e-?mail)\b[^;]{0,80}\b(?:sign|original|execut|deliver)|\bsignatures?\b|\bone and the same\b|\bdeemed (?:an? )?(?:original|duplicate)|\b(?:duly|power and) (?:authori[sz]|authority)|\bauthority to (?:execute|enter|sign|bind)\b|\brepresents? (?:and warrants? )?that\b[^;]{0,120}\b(?:author|power|execut)/i,
	/^[^;]{0,20}\b(?:except|save) (?:as|to the extent|for|insofar)\b[^;]{0,160}\b(?:amend|modif|var(?:y|ied)|chang|set (?:forth|out)|provided|stated|herein|hereby)/i,
	/\bno other (?:changes?|amendments?|modifications?|terms?|provisions?|waivers?)\b|\bnothing (?:in (?:this|these)|herein)\b|\ball other (?:terms|provisions|conditions|sections|clauses)\b|\bnot (?:otherwise )?(?:affect|modif|amend|waiv|prejudice)/i,
	/\b(?:references?|each mention)\b[^;]{0,160}\bas (?:so |further )?(?:amended|modified|varied|supplemented)\b/i,
	new RegExp(
		SELF +
			String.raw`(?:,? [^.;:]{0,80}?)? (?:(?:is|shall be|will be|are|may be)(?: hereby)?(?: \w+){0,2} (?:effective|dated|made|entered|executed|signed|delivered|governed|construed|interpreted|binding|incorporated|attached|subject|deemed|part|integrated|supplemental|an?\b)|(?:shall |will |hereby )?(?:become|takes?|come|comes|enter|enters|have|has|be in|constitutes?|forms?|sets? (?:forth|out)|contains?|supersedes?|embod|may (?:only )?be|amends?|modif(?:y|ies)|supplements?|replaces? (?:all|any)|commences?|relates?|inures?|binds?|(?:shall |will )?(?:expires?|ends?|terminates?|lapses?|ceases?)))\b`,
		'iu',
	),
	/\bthis (?:\w+ )?amendment\b[^;]{0,400}\bgoverned by\b|\boperate as a waiver\b|^\W*(?:\d+\.\s*)?(?:this|the|section|clause)\b[^.,;]{0,60}\b(?:may|can|shall|must)(?: only| not)? be (?:amended|modified|varied|deleted)\b/i,
	/\b(?:governed by|construed in accordance)\b[^;]{0,120}\bsame (?:law|laws)\b|\b(?:governing law|jurisdiction)\b[^;]{0,120}\bthis (?:\w+ )?amendment\b|\b(?:law|jurisdiction|dispute)[^;]{0,160}\b(?:appl(?:y|ies)|extend) to this (?:\w+ )?amendment\b/i,
	/\b(?:changes?|amendments?|modifications?|variations?|provisions? of this|foregoing)\b[^;]{0,120}\b(?:takes? effect|becomes? effective|(?:is|are|be) effective|(?:comes?|enters?) into (?:force|effect)|have effect|(?:apply|applies|hold|holds) (?:as )?(?:of|from|in lieu))\b/i,
	/\b(?:effective date|date of this)\b[^;]{0,40}(?:means?|is|shall be|will be)\b[^;]{0,80}$/i,
	/\b(?:own|respective) (?:legal )?(?:costs|expenses|fees)\b|\bthis (?:\w+ )?amendment\b[^;]{0,60}\bconfidential\b/i,
	/(?<!\p{L})(?:unverändert|im Übrigen|übrigen Bestimmungen|bedürfen|bedarf|Schriftform|unwirksam|salvatorisch|Ausfertigung(?:en)?|Bestandteil|Bedeutung|Gerichtsstand dieses|unberührt|inchangée?s?|demeurent|demeure|restent|reste|pour le surplus|exemplaires?|signification|fait partie|font partie)(?!\p{L})/iu,
	/(?<!\p{L})(?:dieser|diese|dieses|der|vorliegende[rs]?|le présent|la présente) (?:Nachtrag|(?:\p{L}+)?[Vv]ereinbarung|Änderung(?:en)?|avenant|modification)(?!\p{L})[^;]{0,120}(?<!\p{L})(?:in Kraft|wirksam|gilt ab|gelten ab|unterliegt|ersetzt alle|endet|läuft|prend fin|entre en vigueur|prend effet|prendra effet|est régi)(?!\p{L})/iu,
	/(?<!\p{L})(?:Die|Der|Les|Le) [^;]{0,80}(?:Änderungen|modifications)(?!\p{L})[^;]{0,60}(?<!\p{L})(?:in Kraft|wirksam|gelten ab|entrent en vigueur|prennent effet)(?!\p{L})/iu,
];
