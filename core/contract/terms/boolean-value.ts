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
	/\b(?:may|shall|must|will|can|is|are) (?:not|never)\b|\bcannot\b|\bcan't\b|\bnot (?:be )?(?:permitted|allowed|authori[sz]ed|entitled|granted|included|enabled)\b|\b(?:prohibited|forbidden|disallowed)\b|\bno \p{L}{1,24}(?: \p{L}{1,24}){0,4} (?:may|shall|is|are)\b|\bdarf nicht\b|\bnicht (?:gestattet|erlaubt)\b|\bne peut pas\b/iu;
const ALLOWS =
	/\b(?:may|is|are|shall be|will be) (?:be )?(?:permitted|allowed|authori[sz]ed|entitled|granted|included|enabled)\b|\bmay\b|\bhas the right to\b|\bgrants?\b|\bincludes?\b|\bdarf\b|\b(?:gestattet|erlaubt)\b|\bpeut\b/iu;
const HEDGES =
	/\b(?:unless|except|only (?:if|with|upon|to the extent|after|when|where)|subject to|provided that|without (?:the )?(?:prior|written|express)|if and only if|at its (?:sole )?discretion|other than)\b/i;

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
	const denies = DENIES.test(text);
	const allows = ALLOWS.test(text.replace(DENIES, ' '));
	if (!denies && !allows) return undefined;
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
