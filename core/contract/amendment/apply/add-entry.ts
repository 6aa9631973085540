import type { ClauseNode } from '../../tree';
import type { Base } from '../target/base';
import { isFailure } from '../target/located';
import { resolvePlace } from '../target/resolve';
import type { Instruction } from '../types';
import { separatorAt } from './dress';
import { fail, type Outcome } from './edit';

const UNKNOWN = 'It says what is to be included, not the words or the place.';
const OPEN = /^\W*(?:tbd|to be (?:determined|agreed|confirmed)|n\/a)\W*$/i;
const LONGEST_ENTRY = 12;

/** `Exhibit A is amended to include "X" as a Reader`: an entry more in the list that stands below `Readers:`. */
export function addEntry(base: Base, instruction: Instruction): Outcome {
	const { new: fresh, target } = instruction;
	const [place, ...others] = target.places;
	const label = target.adds?.[0]?.steps.at(-1);
	if (!fresh || !place || others.length > 0 || label?.by !== 'heading') return fail('ambiguous', UNKNOWN);
	const located = resolvePlace(base, place);
	if (isFailure(located)) return located;
	const nodes = base.within(located.span).filter((node) => !base.isFurniture(node));
	const labels = nodes.filter((node) => isLabel(wordsOf(base, node), label.text));
	const [head] = labels;
	if (!head || labels.length > 1) return fail('ambiguous', UNKNOWN);
	const entries = entriesBelow(base, nodes.slice(nodes.indexOf(head) + 1));
	if (entries.some((node) => bare(wordsOf(base, node)) === bare(fresh.text)))
		return fail('conflict', `"${fresh.text}" stands there already.`);
	const last = entries.findLast((node) => !OPEN.test(wordsOf(base, node)));
	if (!last || last.table) return fail('ambiguous', UNKNOWN);
	const quoted = entries.some((node) => /^["\u201c]/.test(wordsOf(base, node)));
	const words = fresh.raw.trim();
	const { end } = last.span;
	return {
		status: 'applied',
		edits: [{ start: end, end, text: separatorAt(base, last) + (quoted ? `"${words.replace(/[,.]$/, '')}"` : words) }],
	};
}

function wordsOf(base: Base, node: ClauseNode): string {
	return base.words(node.span).trim();
}

function bare(text: string): string {
	return text
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}

/** `Targeted Releases:` for a Targeted Release. */
function isLabel(words: string, name: string): boolean {
	const [own, wanted] = [bare(words), bare(name)];
	return own === wanted || own === `${wanted}s` || own === wanted.replace(/y$/, 'ies');
}

/** An item with a bullet remarks on the entry above it. */
function isRemark(base: Base, node: ClauseNode): boolean {
	const { text } = base.document;
	const line = text.slice(text.lastIndexOf('\n', node.span.start - 1) + 1, node.span.start + 1);
	return /^\s*[\u2022\u25cf\u25aa*-]\s*\S?$/.test(line) || /^[\u2022\u25cf\u25aa]/.test(base.words(node.span));
}

/** Short paragraphs behind the label, with what is remarked on each, up to a sentence or another label. */
function entriesBelow(base: Base, nodes: readonly ClauseNode[]): ClauseNode[] {
	const found: ClauseNode[] = [];
	for (const node of nodes) {
		const words = wordsOf(base, node);
		const remark = found.length > 0 && isRemark(base, node);
		const entry = words.split(' ').length <= LONGEST_ENTRY && !/[:.]$/.test(words) && node.number === undefined;
		if (!remark && !entry) break;
		found.push(node);
	}
	return found;
}
