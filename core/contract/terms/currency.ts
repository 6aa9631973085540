import type { TokenList } from '../dating';

const SIGNS = new Map([
	['€', 'EUR'],
	['£', 'GBP'],
	['¥', '¥'],
	['$', '$'],
	['₹', 'INR'],
]);
const CODES = new Set(
	'usd eur gbp chf cad aud nzd jpy cny sek nok dkk pln czk huf sgd hkd inr brl zar mxn ils aed krw'.split(' '),
);
const NAMES = new Map([
	['euro', 'EUR'],
	['euros', 'EUR'],
	['dollar', '$'],
	['dollars', '$'],
	['pounds', 'GBP'],
	['franken', 'CHF'],
]);
/** Letters before a dollar sign say whose it is. */
const DOLLARS = new Map([
	['us', 'USD'],
	['u.s.', 'USD'],
	['c', 'CAD'],
	['ca', 'CAD'],
	['cdn', 'CAD'],
	['a', 'AUD'],
	['au', 'AUD'],
	['hk', 'HKD'],
	['nz', 'NZD'],
	['s', 'SGD'],
]);
const NATIONS = new Map([
	['us', 'USD'],
	['states', 'USD'],
	['s', 'USD'],
	['canadian', 'CAD'],
	['australian', 'AUD'],
	['singapore', 'SGD'],
]);

/** The currency that ends before `at`: `USD`, `US$`, `€`. */
export function currencyBefore(list: TokenList, at: number): { unit: string; from: number } | undefined {
	const word = list.word(at - 1);
	if (CODES.has(word) && list.text(at - 1) === word.toUpperCase()) return { unit: word.toUpperCase(), from: at - 1 };
	const sign = SIGNS.get(word);
	if (sign === undefined) return undefined;
	const nation = sign === '$' && list.glued(at - 2) ? DOLLARS.get(list.word(at - 2)) : undefined;
	if (nation !== undefined) return { unit: nation, from: at - 2 };
	const code = CODES.has(list.word(at - 2)) && list.text(at - 2) === list.word(at - 2).toUpperCase();
	return code ? { unit: list.word(at - 2).toUpperCase(), from: at - 2 } : { unit: sign, from: at - 1 };
}

/** The currency that begins at `at`: `EUR`, `€`, `euros`, `U.S. dollars`, `Canadian dollars`. */
export function currencyAfter(list: TokenList, at: number): { unit: string; next: number } | undefined {
	const word = list.word(at);
	if (CODES.has(word) && list.text(at) === word.toUpperCase()) return { unit: word.toUpperCase(), next: at + 1 };
	const sign = SIGNS.get(word);
	// `100 $200` are two.
	if (sign !== undefined && list.digits(at + 1, 1, 15) === undefined) return { unit: sign, next: at + 1 };
	for (let next = at; next < at + 6; next++) {
		const name = NAMES.get(list.word(next));
		if (name !== undefined) {
			const nation = name === '$' ? nationBetween(list, at, next) : undefined;
			return { unit: nation ?? name, next: next + 1 };
		}
		if (!/^(?:u|s|us|\.|united|states|canadian|australian|singapore|pounds?|sterling|of|the)$/.test(list.word(next)))
			return undefined;
	}
	return undefined;
}

function nationBetween(list: TokenList, from: number, next: number): string | undefined {
	for (let at = from; at < next; at++) {
		const nation = NATIONS.get(list.word(at));
		if (nation !== undefined) return nation;
	}
	return undefined;
}
