/** What a numbered part of a contract is called, by the word before its number. */
export type StructureStyle = 'schedule' | 'part' | 'article' | 'section';

/** English, German, French, Hebrew, Arabic. Lower case; those that are written with a full stop carry it. */
const WORDS: Record<StructureStyle, string> = {
	article: 'article artikel art. المادة مادة',
	part: 'part chapter teil kapitel abschnitt titel titre chapitre partie פרק חלק الفصل فصل الباب باب القسم قسم',
	section:
		'section sec. clause § §§ ziffer ziff. klausel absatz abs. paragraph paragraf alinéa clausule סעיף الفقرة فقرة البند بند',
	schedule:
		'schedule exhibit annex annexure appendix attachment addendum anlage anhang beilage annexe appendice נספח תוספת الملحق ملحق المرفق مرفق',
};

export const STRUCTURE_WORDS: ReadonlyMap<string, StructureStyle> = new Map(
	(Object.entries(WORDS) as Array<[StructureStyle, string]>).flatMap(([style, words]) =>
		words.split(' ').map((word): [string, StructureStyle] => [word, style]),
	),
);

const ENGLISH_NUMBERS =
	'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty';
const ENGLISH_ORDINALS =
	'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth';

function counted(words: string): Array<[string, number]> {
	return words.split(' ').map((word, index) => [word, index + 1]);
}

/** Numbers that are written as words: `Article One`, `Article premier`, `المادة الأولى`. */
export const ORDINAL_WORDS: ReadonlyMap<string, number> = new Map([
	...counted(ENGLISH_NUMBERS),
	...counted(ENGLISH_ORDINALS),
	['premier', 1],
	['première', 1],
	['الأولى', 1],
	['الثانية', 2],
	['الثالثة', 3],
	['الرابعة', 4],
	['الخامسة', 5],
	['السادسة', 6],
	['السابعة', 7],
	['الثامنة', 8],
	['التاسعة', 9],
	['العاشرة', 10],
]);

const HEBREW = 'אבגדהוזחטיכלמנסעפצקרשת';

/** Value of a Hebrew letter numeral: `א` 1, `י` 10, `יב` 12. */
export function hebrewValue(text: string): number {
	let total = 0;
	for (const letter of text) {
		const place = HEBREW.indexOf(letter);
		if (place >= 0) total += ((place % 9) + 1) * 10 ** Math.floor(place / 9);
	}
	return total;
}

/** Digits of any script as a number. */
export function arabicDigits(text: string): number {
	return Number(
		text.replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660)).replace(/[^0-9]/g, ''),
	);
}
