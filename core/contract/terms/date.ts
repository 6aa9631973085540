/** A calendar date as it stands in a text. */
export interface DateMention {
	/** ISO date, absent where it cannot be told. */
	value?: string;
	start: number;
	end: number;
	problem?: string;
}

const ENGLISH = 'january february march april may june july august september october november december'.split(' ');
const GERMAN = 'januar februar märz april mai juni juli august september oktober november dezember'.split(' ');
const FRENCH = 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' ');
const MONTHS = new Map<string, number>();
for (const names of [ENGLISH, GERMAN, FRENCH]) names.forEach((name, index) => MONTHS.set(name, index + 1));
ENGLISH.forEach((name, index) => MONTHS.set(name.slice(0, 3), index + 1));
MONTHS.set('sept', 9);

/** Whether a word names a month, in English, German or French. */
export function isMonthName(word: string): boolean {
	return MONTHS.has(word.toLowerCase());
}

const ORDINALS = new Map(
	'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'
		.split(' ')
		.map((word, index): [string, number] => [word, index + 1]),
);
ORDINALS.set('thirtieth', 30);
const SUFFIXES = new Set(['st', 'nd', 'rd', 'th']);

interface Token {
	text: string;
	start: number;
	end: number;
}

/** Walks over the tokens of a text; every rule reads a bounded number of them. */
class DateReader {
	readonly #tokens: Token[];

	constructor(private readonly text: string) {
		this.#tokens = [...text.matchAll(/\p{L}+|[0-9]+|[^\s\p{L}0-9]/gu)].map((match) => ({
			text: match[0],
			start: match.index,
			end: match.index + match[0].length,
		}));
	}

	read(): DateMention[] {
		const mentions: DateMention[] = [];
		for (let at = 0; at < this.#tokens.length;) {
			const found = this.#numeric(at) ?? this.#dayFirst(at) ?? this.#monthFirst(at);
			if (found) mentions.push(found.mention);
			at = found?.next ?? at + 1;
		}
		return mentions;
	}

	#word(at: number): string {
		return this.#tokens[at]?.text ?? '';
	}

	#number(at: number, digits: RegExp): number | undefined {
		return digits.test(this.#word(at)) ? Number(this.#word(at)) : undefined;
	}

	/** Months are names only with a capital: `shall march on` holds no date. */
	#month(at: number): number | undefined {
		const word = this.#word(at);
		return word !== '' && word.charAt(0) !== word.charAt(0).toLowerCase()
			? MONTHS.get(word.toLowerCase())
			: MONTHS.get(word.length > 4 && /é|û/.test(word) ? word : '');
	}

	#glued(from: number, to: number): boolean {
		for (let i = from; i < to; i++) if (this.#tokens[i]?.end !== this.#tokens[i + 1]?.start) return false;
		return true;
	}

	#mention(
		from: number,
		next: number,
		year: number,
		month: number,
		day: number,
	): { mention: DateMention; next: number } {
		const place = { start: this.#tokens[from]?.start ?? 0, end: this.#tokens[next - 1]?.end ?? 0 };
		if (isCalendarDate(year, month, day)) return { mention: { ...place, value: isoDate(year, month, day) }, next };
		return {
			mention: { ...place, problem: `"${this.text.slice(place.start, place.end)}" is not in the calendar` },
			next,
		};
	}

	/** `2027-12-31`, `31/12/2027`, `31.12.2027`. */
	#numeric(at: number): { mention: DateMention; next: number } | undefined {
		const separator = this.#word(at + 1);
		if (!'-/.'.includes(separator) || separator === '' || separator !== this.#word(at + 3) || !this.#glued(at, at + 4))
			return undefined;
		const year = this.#number(at, /^(?:19|20|21)[0-9]{2}$/);
		const second = this.#number(at + 2, /^[0-9]{1,2}$/);
		if (year !== undefined) {
			const day = this.#number(at + 4, /^[0-9]{1,2}$/);
			return second === undefined || day === undefined ? undefined : this.#mention(at, at + 5, year, second, day);
		}
		const first = this.#number(at, /^[0-9]{1,2}$/);
		const last = this.#number(at + 4, /^(?:19|20|21)[0-9]{2}$/);
		if (first === undefined || second === undefined || last === undefined) return undefined;
		// Dots are day first wherever they are used; strokes are read both ways, so only the values can decide.
		if (separator === '.' || first > 12 || first === second) return this.#mention(at, at + 5, last, second, first);
		if (second > 12) return this.#mention(at, at + 5, last, first, second);
		const place = { start: this.#tokens[at]?.start ?? 0, end: this.#tokens[at + 4]?.end ?? 0 };
		const written = this.text.slice(place.start, place.end);
		const readings = `${isoDate(last, second, first)} or ${isoDate(last, first, second)}`;
		return { mention: { ...place, problem: `"${written}" can mean ${readings}` }, next: at + 5 };
	}

	/** Day of the month: `31`, `31st`, `first`, `thirty-first`. */
	#day(at: number): { day: number; next: number } | undefined {
		const day = this.#number(at, /^[0-9]{1,2}$/);
		if (day !== undefined) {
			const suffix = SUFFIXES.has(this.#word(at + 1).toLowerCase()) && this.#glued(at, at + 1);
			return { day, next: at + (suffix ? 2 : this.#word(at + 1) === '.' ? 2 : 1) };
		}
		const word = this.#word(at).toLowerCase();
		const ordinal = ORDINALS.get(word);
		if (ordinal !== undefined) return { day: ordinal, next: at + 1 };
		const tens = word === 'twenty' ? 20 : word === 'thirty' ? 30 : 0;
		const unit = this.#word(at + 1) === '-' ? ORDINALS.get(this.#word(at + 2).toLowerCase()) : undefined;
		return tens > 0 && unit !== undefined && unit < 10 ? { day: tens + unit, next: at + 3 } : undefined;
	}

	#year(at: number): { year: number; next: number } | undefined {
		const skipped = this.#word(at) === ',' || this.#word(at) === '.' ? at + 1 : at;
		const from = this.#word(skipped).toLowerCase() === 'of' ? skipped + 1 : skipped;
		const year = this.#number(from, /^(?:19|20|21)[0-9]{2}$/);
		return year === undefined ? undefined : { year, next: from + 1 };
	}

	/** `31 December 2027`, `31st day of December, 2027`. */
	#dayFirst(at: number): { mention: DateMention; next: number } | undefined {
		const day = this.#day(at);
		if (!day) return undefined;
		let next = day.next;
		if (this.#word(next).toLowerCase() === 'day') next++;
		if (this.#word(next).toLowerCase() === 'of') next++;
		if (this.#word(next) === '-') next++;
		const month = this.#month(next);
		if (month === undefined) return undefined;
		const year = this.#year(this.#word(next + 1) === '-' ? next + 2 : next + 1);
		return year ? this.#mention(at, year.next, year.year, month, day.day) : undefined;
	}

	/** `December 31, 2027`, `October 1,1996`. */
	#monthFirst(at: number): { mention: DateMention; next: number } | undefined {
		const month = this.#month(at);
		if (month === undefined) return undefined;
		const day = this.#day(this.#word(at + 1) === '.' ? at + 2 : at + 1);
		const year = day ? this.#year(day.next) : undefined;
		return day && year ? this.#mention(at, year.next, year.year, month, day.day) : undefined;
	}
}

function isoDate(year: number, month: number, day: number): string {
	return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function isCalendarDate(year: number, month: number, day: number): boolean {
	const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
	const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
	return day >= 1 && day <= (lengths[month - 1] ?? 0);
}

/** All calendar dates of a text, in order. Partial dates (`December 2027`) are none. */
export function findDates(text: string): DateMention[] {
	return new DateReader(text).read();
}
