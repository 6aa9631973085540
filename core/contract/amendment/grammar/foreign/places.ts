import type { Place, Step } from '../../types';
import type { Tongue } from './tongue';

/** A place that a sentence names, with where it stands in the sentence. */
export interface Named {
	place: Place;
	start: number;
	end: number;
}

interface Part {
	step: Step | { by: 'sub'; part: string };
	start: number;
	end: number;
}

const NUMBER = String.raw`(\d{1,3}(?:\.\d{1,3}){0,4}(?:[a-z](?![\p{L}\d]))?(?: (?:bis|ter|quater)(?!\p{L}))?|[A-Z](?![\p{L}\d])|\(?[a-z]\)|[ivx]{1,5}\))`;

/** Places of a sentence, in their order; `blank` has its quoted words blanked, so that none of them counts. */
export function readPlaces(blank: string, tongue: Tongue): Named[] {
	const parts = [...numbered(blank, tongue), ...counted(blank, tongue)].sort((a, b) => a.start - b.start);
	const chains: Part[][] = [];
	for (const part of parts) {
		const chain = chains.at(-1);
		const last = chain?.at(-1);
		const between = last ? blank.slice(last.end, part.start) : undefined;
		if (chain && between !== undefined && /^(?:,?\s*)$/.test(between) && part.step.by !== 'schedule') chain.push(part);
		else if (chain && between !== undefined && tongue.of.test(between)) chain.unshift(part);
		else chains.push([part]);
	}
	return chains.map((chain) => joined(chain, blank));
}

/** `§ 5`, `Abs. 2`, `article 4 bis`, `Anlage 1`. */
function numbered(blank: string, { kinds }: Tongue): Part[] {
	const words = [...kinds.keys()].sort((a, b) => b.length - a.length).map((word) => word.replaceAll('.', '\\.'));
	const pattern = new RegExp(String.raw`(?<![\p{L}\d])(${words.join('|')})\s?(?:n[°o]\s?)?${NUMBER}`, 'giu');
	return [...blank.matchAll(pattern)].flatMap((match): Part[] => {
		const [whole, word = '', number = ''] = match;
		const kind = kinds.get(word.toLowerCase());
		const at = { start: match.index, end: match.index + whole.length };
		const bare = number.replace(/[()]/g, '');
		if (kind === 'head') return [{ ...at, step: { by: 'number', word, parts: [bare] } }];
		if (kind === 'schedule') return [{ ...at, step: { by: 'schedule', word: titled(word), label: bare } }];
		if (kind === 'sub') return [{ ...at, step: { by: 'sub', part: bare } }];
		if (kind === undefined || !/^\d+$/.test(bare)) return [];
		return [{ ...at, step: { by: kind, which: Number(bare) } }];
	});
}

/** `deuxième alinéa`, `letzter Satz`. */
function counted(blank: string, { kinds, ordinals }: Tongue): Part[] {
	const pattern = new RegExp(
		String.raw`(?<!\p{L})(${[...ordinals.keys()].join('|')})\s(${[...kinds.keys()].filter((word) => /^\p{L}+$/u.test(word)).join('|')})(?!\p{L})(?!\s\d)`,
		'giu',
	);
	return [...blank.matchAll(pattern)].flatMap((match): Part[] => {
		const [whole, ordinal = '', word = ''] = match;
		const kind = kinds.get(word.toLowerCase());
		const which = ordinals.get(ordinal.toLowerCase());
		const at = { start: match.index, end: match.index + whole.length };
		if (which === undefined) return [];
		if (kind === 'sentence' || kind === 'paragraph') return [{ ...at, step: { by: kind, which } }];
		return kind === 'sub' && which > 0 ? [{ ...at, step: { by: 'sub', part: String(which) } }] : [];
	});
}

function titled(word: string): string {
	return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}

/** A chain from the outside in as one place: `§ 1 Abs. 2` is number 1, and 2 within it. */
function joined(chain: readonly Part[], blank: string): Named {
	const steps: Step[] = [];
	for (const { step } of chain) {
		const last = steps.at(-1);
		if (step.by !== 'sub') steps.push(step);
		else if (last?.by === 'number') steps[steps.length - 1] = { ...last, parts: [...last.parts, step.part] };
		else steps.push({ by: 'number', word: '', parts: [step.part] });
	}
	const start = Math.min(...chain.map((part) => part.start));
	const end = Math.max(...chain.map((part) => part.end));
	return { place: { steps, quote: blank.slice(start, end) }, start, end };
}
