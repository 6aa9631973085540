import { romanValue } from '../tree/roman';
import type { ClauseNode } from '../tree';
import { REFERENCE_WORDS, type ReferenceWord } from './words';

/** A clause's number without its dress: what a reference has to say to mean it. */
export interface BareNumber {
	word?: ReferenceWord;
	number: string;
}

/** `Section 4.2.` → 4.2, `(a)` and `a.` → a, `Schedule A` → schedule A. */
export function bareNumber(shown: string): BareNumber {
	const space = shown.indexOf(' ');
	const word = space > 0 ? REFERENCE_WORDS.get(shown.slice(0, space).toLowerCase()) : undefined;
	const bare = (word ? shown.slice(space + 1) : shown).replace(/^\(/, '').replace(/\.+$/, '');
	// The bracket of `4.2(a)` is its own.
	const number = bare.includes('(') ? bare : bare.replace(/[.)]+$/, '');
	return word ? { word, number } : { number };
}

/** Articles are told by value, since `Article IV` is cited as `Article 4` too. */
export function articleNumber(number: string): string {
	return /^[IVXLC]{1,7}$/.test(number) ? String(romanValue(number.toLowerCase())) : number;
}

/** The full numbers of all clauses: `(b)` under `4.2` is `4.2(b)`, `3` under `D` is `D.3`. Parents come before children. */
export function fullNumbers(nodes: readonly ClauseNode[]): string[] {
	const full: string[] = [];
	for (const node of nodes) {
		const above = full[node.parent] ?? '';
		full.push(node.number === undefined ? above : composed(bareNumber(node.number), above, node.number));
	}
	return full;
}

function composed({ word, number }: BareNumber, above: string, shown: string): string {
	if (word) return word.kind === 'section' ? number : '';
	if (/^[0-9]+\./.test(number)) return number;
	if (/^[0-9]/.test(number) && !shown.startsWith('(')) {
		if (/^[A-Z]$/.test(above)) return `${above}.${number}`;
		return above.includes('(') ? `${above}(${number})` : number;
	}
	if (above === '' && /^[A-Z]/.test(number) && !shown.startsWith('(')) return number;
	return `${above}(${number.toLowerCase()})`;
}
