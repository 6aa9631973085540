import type { Amendment, Instruction } from '../types';
import type { Base } from '../target/base';

const GENERIC = new Set(
	'the this said existing original agreement contract lease license licence msa deed policy document as amended restated and'.split(
		' ',
	),
);

/** Words that tell one agreement from another: `Commercial License` → commercial. */
function telling(name: string): string[] {
	return name
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word.length > 2 && !GENERIC.has(word));
}

/**
 * Whether an instruction amends another document than the base: an amendment (`Amendment #2`), or an agreement whose
 * name the base does not bear. An amendment may change several agreements at once.
 */
export function otherDocument(base: Base, amendment: Amendment, instruction: Instruction): boolean {
	const name = instruction.target.document;
	if (name === undefined) return false;
	if (/^amendment\b/i.test(name)) return true;
	const words = telling(name);
	const own = opening(base);
	if (/^[A-Z]{2,5}$/.test(name)) return !abbreviates(name, amendment.base.title ?? '') && !abbreviates(name, own);
	if (words.length === 0) return false;
	if (words.every((word) => own.includes(word))) return ownsBetter(amendment, own, words);
	return true;
}

/** `MSA` for `Master Services Agreement`; a short name that the text gives itself. */
function abbreviates(name: string, text: string): boolean {
	const wordsOf = (part: string): string[] => part.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
	const initials = wordsOf(text.slice(0, 120)).map((word) => word.charAt(0));
	const short = name.toLowerCase();
	return initials.join('').includes(short) || wordsOf(text).includes(short);
}

/** With several agreements named, the one whose name stands in the title is the base. */
function ownsBetter(amendment: Amendment, own: string, words: readonly string[]): boolean {
	const title = own.slice(0, 300);
	if (words.every((word) => title.includes(word))) return false;
	return amendment.instructions.some(({ target }) => {
		const others = telling(target.document ?? '');
		return others.length > 0 && others.join() !== words.join() && others.every((word) => title.includes(word));
	});
}

const OPENINGS = new WeakMap<Base, string>();

function opening(base: Base): string {
	const known = OPENINGS.get(base) ?? readOpening(base);
	OPENINGS.set(base, known);
	return known;
}

function readOpening(base: Base): string {
	const preamble = base.nodes.find((node) => node.kind === 'preamble');
	const head = base.words({ start: 0, end: Math.min(base.document.text.length, 1_500) });
	return `${base.tree.title} ${preamble?.text.slice(0, 300) ?? ''} ${head}`.toLowerCase();
}
