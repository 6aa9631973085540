/** Words of the calendar and of counting, in English, German and French. Data only. */

const list = (text: string): string[] => text.split(' ');

function numbered(words: string[], from = 1): Map<string, number> {
	return new Map(words.map((word, index) => [word, index + from]));
}

/** Names of the months, a list a language; abbreviations behind them. */
export const MONTH_LISTS = [
	'january february march april may june july august september october november december',
	'jan feb mar apr may jun jul aug sep oct nov dec',
	'januar februar märz april mai juni juli august september oktober november dezember',
	'jänner feber mrz apr mai jun jul aug sep okt nov dez',
	'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
	'janv févr mars avr mai juin juil aout sept oct nov déc',
];

/** Names and abbreviations of months in lower case. */
export const MONTHS = new Map<string, number>(MONTH_LISTS.flatMap((names) => [...numbered(list(names))]));
MONTHS.set('sept', 9).set('maerz', 3).set('fevrier', 2).set('decembre', 12).set('fev', 2);

/** Names of months that mean something else in lower case: only a capital or a day before them makes them months. */
export const WORDS_TOO = new Set([
	'march',
	'may',
	'mars',
	'mar',
	'sept',
	'mai',
	'dec',
	'jan',
	'nov',
	'oct',
	'sep',
	'feb',
]);

/** Names of weekdays; 0 is Sunday. */
export const WEEKDAYS = new Map<string, number>([
	...numbered(list('sunday monday tuesday wednesday thursday friday saturday'), 0),
	...numbered(list('sonntag montag dienstag mittwoch donnerstag freitag samstag'), 0),
	...numbered(list('dimanche lundi mardi mercredi jeudi vendredi samedi'), 0),
]);

/** `first` to `thirtieth`, without the composed ones. */
export const ORDINALS = numbered(
	list(
		'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth',
	),
);
ORDINALS.set('thirtieth', 30).set('twelveth', 12).set('erste', 1).set('ersten', 1).set('premier', 1).set('première', 1);
ORDINALS.set('zweite', 2).set('zweiten', 2).set('dritte', 3).set('dritten', 3).set('vierte', 4).set('vierten', 4);
ORDINALS.set('deuxième', 2).set('troisième', 3).set('quatrième', 4).set('fortieth', 40).set('fiftieth', 50);

export const ORDINAL_SUFFIXES = new Set(['st', 'nd', 'rd', 'th', 'er', 'ère', 'ème', 'e']);

/** Numbers in words, units and tens. */
export const SMALL_NUMBERS = new Map<string, number>([
	...numbered(
		list(
			'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
		),
		0,
	),
	...list('twenty thirty forty fifty sixty seventy eighty ninety').map((word, index): [string, number] => [
		word,
		(index + 2) * 10,
	]),
	['fourty', 40],
	...numbered(
		list('ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn'),
	),
	['eine', 1],
	['einen', 1],
	['einem', 1],
	['einer', 1],
	['eines', 1],
	['achtzehn', 18],
	...list('zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig').map((word, index): [string, number] => [
		word,
		(index + 2) * 10,
	]),
	['vierundzwanzig', 24],
	['sechsunddreißig', 36],
	...numbered(list('un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize')),
	['une', 1],
	...list('vingt trente quarante cinquante soixante').map((word, index): [string, number] => [word, (index + 2) * 10]),
]);

export const SCALES = new Map<string, number>([
	['thousand', 1_000],
	['million', 1_000_000],
	['billion', 1_000_000_000],
	['tausend', 1_000],
	['mille', 1_000],
]);
