import type { Cursor } from './cursor';
import type { Found, PlaceItem } from './place-item';
import { SCHEDULE_WORDS, SECTION_WORDS } from './vocabulary';

const KINDS =
	/^(?:form|orders?|sow|statement|work|addendum|policy|letter|guarantee|guaranty|note|terms|conditions|protocol|memorandum|understanding|charter|bylaws|certificate|constitution|supplement|waiver|quote|quotation|proposal|mandate|undertaking|warrant|mortgage|plan|rules|deed|instrument)$/i;

/** `Section 5 of the Original Order Form dated April 2, 2024`: a document by its name, other than an agreement. */
export function readOtherDocument(cursor: Cursor, { places }: PlaceItem): Found | undefined {
	if (places.length === 0 || cursor.tokens[cursor.at - 1]?.lower === 'to') return undefined;
	const own = cursor.copy();
	own.take('the', 'that', 'its', 'their', 'said', 'such');
	own.take('certain');
	const words: string[] = [];
	let last = 0;
	while (own.peek().kind === 'word' && words.length < 8) {
		const { lower, text } = own.peek();
		const linked = /^(?:of|and|for)$/.test(lower) && words.length > 0 && /^\p{Lu}/u.test(own.peek(1).text);
		if (
			!linked &&
			(!/^\p{Lu}/u.test(text) || SECTION_WORDS.has(lower) || (words.length === 0 && SCHEDULE_WORDS.has(lower)))
		)
			break;
		words.push(own.next().text);
		if (KINDS.test(lower)) last = words.length;
	}
	if (last === 0) return undefined;
	own.at -= words.length - last;
	cursor.at = own.at;
	return { places: [], document: words.slice(0, last).join(' ') };
}
