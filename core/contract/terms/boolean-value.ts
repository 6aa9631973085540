import type { Passage, Sentence } from './passage';
import {
	agreed,
	behindWords,
	sentencesNear,
	type Found,
	type Mention,
	type Reading,
	type ReadingContext,
} from './reading';

interface YesNo extends Mention {
	value: boolean;
}

const YES = new Set('yes y true ja oui included enabled permitted allowed granted x ✓ ✔ ☑ ☒ [x]'.split(' '));
const NO = new Set('no n false nein non excluded disabled prohibited forbidden none ☐ [ ]'.split(' '));
NO.add('not permitted').add('not allowed').add('not included').add('[ ]');
YES.delete('☒');

const DENIES =
	/\b(?:may|shall|must|will|can|is|are) (?:not|never)\b|\bcannot\b|\bcan't\b|\bnot (?:be )?(?:permitted|allowed|authori[sz]ed|entitled|granted|included|enabled)\b|\b(?:prohibited|forbidden|disallowed)\b|\bno \p{L}{1,24}(?: \p{L}{1,24}){0,4} (?:may|shall|is|are)\b|\b(?:may|shall|must|will|can|is|are) (?:neither|in no (?:case|event|way))\b|\bneither \p{L}{1,24}(?: \p{L}{1,24}){0,4} (?:may|shall|is|are)\b|\bhas no right\b|\bdarf nicht\b|\bnicht (?:gestattet|erlaubt)\b|\bne peut pas\b/iu;
/** What says no by its own meaning, so that a no in front of it says the contrary. */
const DENYING =
	'(?:prohibit|forbid|forbad|disallow|bar(?:s|red)?\\b|preclud|prevent|restrict|exclud|den(?:y|ies|ied)\\b|refus|withh[eo]ld|reject|objects?\\b|untersag|verbot|verwehr|ausgeschlossen|interdi|unable|unlawful|illegal|ineligible|unauthori)';
/** `is not prohibited from`: the plain way to say that it is allowed. */
const NOT_DENIED =
	/\b(is|are|be) (?:(?:in no way|not|never|no longer)(?: (?:hereby|otherwise|expressly))?) (?:prohibited|forbidden|barred|precluded|prevented|restricted)(?= from\b|[.;]?$)/giu;
const TWICE = new RegExp(
	`(?:\\b(?:not|never|cannot|nicht|nie|pas|in no way|no longer)|n't) (?:(?!and\\b|or\\b|but\\b|und\\b|oder\\b|aber\\b|is\\b|are\\b|shall\\b|may\\b|must\\b|ist\\b|sind\\b)[\\p{L}-]{1,24} ){0,3}${DENYING}|\\b(?:no|nothing|nobody|none|neither|kein\\p{L}{0,2}|nichts|niemand|rien|aucun\\p{L}?) (?:[\\p{L}-]{1,24} ){0,7}${DENYING}|\\bnot only\\b|\\buntrue\\b`,
	'iu',
);
const ALLOWS =
	/\b(?:may|is|are|shall be|will be) (?:be )?(?:permitted|allowed|authori[sz]ed|entitled|granted|included|enabled)\b|\bmay\b|\bhas the right to\b|\bgrants?\b|\bincludes?\b|\bdarf\b|\b(?:gestattet|erlaubt)\b|\bpeut\b/iu;
const HEDGES =
	/\b(?:unless|except|only|subject to|provided that|without (?:the )?(?:prior|written|express)|if and only if|at its (?:sole )?discretion|other than)\b/i;

/** A cell or short answer: `Yes`, `Not permitted`, `☑`. */
function answer(text: string): boolean | undefined {
	const word = text.trim().toLowerCase().replace(/[.;]$/, '');
	return YES.has(word) ? true : NO.has(word) ? false : undefined;
}

function readSentence(text: string, near: string | undefined): YesNo | undefined {
	const from = near === undefined ? 0 : Math.max(behindWords(text, near), 0);
	const place = { start: 0, end: text.length };
	const colon = text.slice(from).replace(/^\s*[:=-]\s*/, '');
	const short = answer(colon) ?? answer(text.slice(text.lastIndexOf(':') + 1));
	if (short !== undefined) return { ...place, value: short };
	const plain = text.replace(NOT_DENIED, '$1 permitted');
	const denies = DENIES.test(plain);
	const allows = ALLOWS.test(plain.replace(DENIES, ' '));
	if (!denies && !allows) return undefined;
	if (TWICE.test(plain)) return { ...place, value: allows, problem: `"${text.slice(0, 160)}" says no to a no` };
	if (HEDGES.test(text)) return { ...place, value: allows, problem: `"${text.slice(0, 160)}" depends on a condition` };
	if (denies && allows) return { ...place, value: allows, problem: `"${text.slice(0, 160)}" says both yes and no` };
	return { ...place, value: allows };
}

/** Whether a clause allows or says yes to something. Conditions are no answer. */
export function readBoolean(context: ReadingContext, passage: Passage): Reading {
	const { near } = context.extractor;
	const found: Array<Found<YesNo>> = sentencesNear(context, passage).flatMap((sentence: Sentence) => {
		const mention = readSentence(sentence.text, near);
		return mention ? [{ mention, sentence }] : [];
	});
	// `near` has chosen the sentences already.
	const { near: _near, ...extractor } = context.extractor;
	return agreed(
		{ ...context, extractor },
		passage,
		found,
		{ one: 'yes or no', many: 'answers' },
		({ value }) => ({ type: 'boolean', value }),
		({ value }) => (value ? 'yes' : 'no'),
	);
}
