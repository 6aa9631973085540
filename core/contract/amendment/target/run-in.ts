import type { ContractDocument } from '../../../model';
import { isHardWrapped } from '../text/hard-wrap';

/** ` 2. PRODUCTION OF PRODUCT` at the end of a line: the heading of what follows, run into the paragraph before it. */
const RUN_IN = /(?<=[.;:,)\]"]) (?=(\d{1,2})\. [A-Z][A-Z ,&/'()-]{3,80}$)/gm;
/** Three blanks and a number: where a converter lost the line break. */
const LOST_BREAK =
	/ {3,}(?=(?:\d{1,2}(?:\.\d{1,2}){1,4} [A-Z"]|\d{1,2}\. [A-Z]|\((?:[a-z]|[ivx]{1,5})\) |(?:EXHIBIT|SCHEDULE|ANNEX|APPENDIX|ATTACHMENT) [A-Z0-9]{1,3}(?:[ -]|$)))/gm;

/**
 * Plain text whose headings and numbers, run into other lines on the way here, open lines of their own. Blanks become
 * line feeds one for one: every word stays where it is. Undefined where nothing was run in.
 */
export function openRunIns({ text, format }: ContractDocument): string | undefined {
	if (format !== 'text' || isHardWrapped(text)) return undefined;
	const breaks = [
		...headings(text),
		...[...text.matchAll(LOST_BREAK)].map(({ index, 0: gap }) => index + gap.length - 2),
	];
	if (breaks.length === 0) return undefined;
	const parts: string[] = [];
	let from = 0;
	for (const at of breaks.sort((a, b) => a - b)) {
		if (at < from) continue;
		const gap = text.charAt(at + 1) === ' ' ? 2 : 1;
		parts.push(text.slice(from, at), '\n'.repeat(gap));
		from = at + gap;
	}
	return parts.join('') + text.slice(from);
}

/** Headings count only as a series: one such line may be a reference or a name. */
function headings(text: string): number[] {
	const found = [...text.matchAll(RUN_IN)];
	const numbers = found.map((match) => Number(match[1]));
	const rising = numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0));
	return rising && found.length >= 3 ? found.map(({ index }) => index) : [];
}
