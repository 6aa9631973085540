import type { ContractChange } from '../../model';
import type { ContractLimits } from '../limits';
import type { ContractTree } from '../tree';
import type { Lexicon } from './tokens';
import type { Unit } from './unit';

/** One way in which the old name stands in a text, with what stands there afterwards. */
interface Variant {
	from: Int32Array;
	to: Int32Array;
}

const LEGAL_FORM =
	/,? (?:Inc|Incorporated|LLC|L\.L\.C|Ltd|Limited|Corp|Corporation|Company|Co|LP|L\.P|LLP|GmbH|AG|SE|KG|SAS|SARL|S\.A|S\.A\.S|B\.V|BV|N\.V|plc|PLC|N\.A|Pty|Pte)\.?$/;

/** A party or a defined term that bears another name in the later version. */
export class Rename {
	readonly #variants: Variant[];
	readonly places: Array<{ before: Unit; after: Unit }> = [];

	constructor(
		readonly kind: 'party' | 'definition',
		readonly from: string,
		readonly to: string,
		lexicon: Lexicon,
	) {
		const tokens = (text: string): Int32Array => lexicon.tokens(text).ids;
		this.#variants = variants(kind, from, to)
			.map(([old, now]) => ({ from: tokens(old), to: tokens(now) }))
			.sort((x, y) => y.from.length - x.from.length || y.to.length - x.to.length);
	}

	/** The variant that turns what stands at `i` of the old tokens into what stands at `j` of the new ones. */
	at(a: Int32Array, i: number, b: Int32Array, j: number): Variant | undefined {
		return this.#variants.find((variant) => startsAt(a, i, variant.from) && startsAt(b, j, variant.to));
	}

	/** The one change that all places make. */
	change(): Omit<ContractChange, 'id'> | undefined {
		const first = this.places[0];
		if (!first) return undefined;
		const { from, to } = this;
		return {
			kind: this.kind,
			op: ['modified'],
			field: {
				path: [this.kind === 'party' ? 'party' : 'term', ...this.places.map(({ after }) => after.node.key)],
				from,
				to,
				type: 'text',
			},
			text: {
				before: from,
				after: to,
				inline: [
					{ op: '-', t: from },
					{ op: '+', t: to },
				],
			},
			span: { before: first.before.node.span, after: first.after.node.span },
			origin: 'diff',
			confidence: 0.95,
		};
	}
}

function startsAt(ids: Int32Array, at: number, wanted: Int32Array): boolean {
	if (wanted.length === 0 || at + wanted.length > ids.length) return false;
	for (let i = 0; i < wanted.length; i++) if (ids[at + i] !== wanted[i]) return false;
	return true;
}

function possessive(name: string): string {
	return name.endsWith('s') ? `${name}'` : `${name}'s`;
}

function plural(name: string): string {
	if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
	return /(?:s|x|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}

/** The name as such, without its legal form, in capitals, as owner, in the plural; a pair that stays equal says nothing. */
function variants(kind: Rename['kind'], from: string, to: string): Array<[string, string]> {
	const bases: Array<[string, string]> = [[from, to]];
	const [short, shortTo] = [from.replace(LEGAL_FORM, ''), to.replace(LEGAL_FORM, '')];
	if (kind === 'party') {
		bases.push(
			[from.replace(/\.$/, ''), to.replace(/\.$/, '')],
			[from.replace(/,(?= )/g, ''), to.replace(/,(?= )/g, '')],
		);
		if (short !== from || shortTo !== to) bases.push([short, shortTo]);
		const [initials, initialsTo] = [initialsOf(short), initialsOf(shortTo)];
		if (initials.length > 1 && initialsTo.length > 1) bases.push([initials, initialsTo]);
	} else bases.push([plural(from), plural(to)]);
	const all = new Map<string, [string, string]>();
	for (const [old, now] of bases) {
		const forms: Array<[string, string]> = [
			[old, now],
			[possessive(old), possessive(now)],
			[`${old}'s`, `${now}'s`],
			[old.toUpperCase(), now.toUpperCase()],
		];
		for (const form of forms) if (form[0] !== form[1]) all.set(form.join('\u0000'), form);
	}
	return [...all.values()];
}

function initialsOf(name: string): string {
	return (name.match(/(?<![\p{L}\p{N}])\p{Lu}/gu) ?? []).join('');
}

const ALIAS = /\((?:[^()"]{0,60})"([^"()]{2,60})"[^()"]{0,40}\)/g;

/** Short names that a paragraph gives in brackets: `("Provider")`, `(the "Services")`. */
function aliases(text: string): string[] {
	return [...text.matchAll(ALIAS)].flatMap((match) => (match[1] === undefined ? [] : [match[1].replace(/[,.]$/, '')]));
}

interface Candidate {
	kind: Rename['kind'];
	from: string;
	to: string;
}

/** Parties in the same place of the preamble under another name; two that merely changed places were not renamed. */
export function renamedParties(before: ContractTree, after: ContractTree): Candidate[] {
	if (before.parties.length !== after.parties.length) return [];
	return before.parties.flatMap((from, index) => {
		const to = after.parties[index] ?? from;
		const told = from === to || after.parties.includes(from) || before.parties.includes(to);
		return told ? [] : [{ kind: 'party' as const, from, to }];
	});
}

/** Definitions that were paired under another term, and aliases that stand in the place of others. */
function renamedTerms(old: Unit[], now: Unit[]): Candidate[] {
	const found: Candidate[] = [];
	for (const unit of old) {
		const partner = now[unit.partner];
		if (!partner || partner.content === unit.content) continue;
		const [from, to] = [unit.node.term, partner.node.term];
		if (from !== undefined && to !== undefined && from !== to) found.push({ kind: 'definition', from, to });
		if (!unit.text.includes('("') && !unit.text.includes(' "')) continue;
		const [oldNames, newNames] = [aliases(unit.text), aliases(partner.text)];
		if (oldNames.length !== newNames.length) continue;
		oldNames.forEach((name, index) => {
			const other = newNames[index] ?? name;
			if (other !== name && !newNames.includes(name)) found.push({ kind: 'definition', from: name, to: other });
		});
	}
	return found;
}

/** A term that the later version still defines, or that the earlier one had already, was not renamed. */
function stillDefined(old: Unit[], now: Unit[]): (candidate: Candidate) => boolean {
	const [before, after] = [old, now].map((units) => new Set(units.flatMap(({ node }) => node.term ?? [])));
	return ({ from, to }) => after?.has(from) === true || before?.has(to) === true;
}

/** What may have been renamed throughout: parties and defined terms. */
export function findRenames(
	trees: { before: ContractTree; after: ContractTree },
	old: Unit[],
	now: Unit[],
	lexicon: Lexicon,
	limits: ContractLimits,
): Rename[] {
	const kept = stillDefined(old, now);
	const seen = new Set<string>();
	const candidates = [...renamedParties(trees.before, trees.after), ...renamedTerms(old, now)].filter((candidate) => {
		if (seen.has(candidate.from) || (candidate.kind === 'definition' && kept(candidate))) return false;
		seen.add(candidate.from);
		return true;
	});
	return candidates.slice(0, limits.maxRenames).map(({ kind, from, to }) => new Rename(kind, from, to, lexicon));
}
