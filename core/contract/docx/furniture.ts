import type { ContractLimits } from '../limits';
import { BodyReader } from './body';
import type { Block } from './content';
import { boxesOf, plainText } from './paragraph-text';
import type { WordPackage } from './package';
import type { StyleSheet } from './styles';
import type { TrackedReader } from './tracked';
import type { View } from './view';
import { readXmlPart } from './xml';

const SIDES = [
	{ part: 'headers', container: 'w:hdr', name: 'page-header' },
	{ part: 'footers', container: 'w:ftr', name: 'page-footer' },
] as const;
const LONGEST = 2_000;
/** `3`, `Page 3 of 9`, `- 3 -`: the page, and not a word about the contract. */
const PAGE_NUMBER =
	/^(?:page|seite|p\.)?[\s\-\u2013]*(?:[0-9]+|[ivxlc]+)?(?:\s*(?:of|von|sur|\/)\s*[0-9]*)?[\s\-\u2013]*$/i;

/**
 * What stands at the head and the foot of the pages, as front matter: it belongs to no clause, and what changes in it
 * is told once. Lines that several pages have stand once, page numbers not at all; empty where nothing is left.
 */
export function readFurniture(
	file: WordPackage,
	styles: StyleSheet,
	view: View,
	limits: ContractLimits,
	tracked: TrackedReader,
): string {
	const entries = SIDES.flatMap(({ part, container, name }) => {
		const lines = new Set<string>();
		for (const side of file[part]) {
			const body = new BodyReader(styles, view, limits.maxColumns);
			readXmlPart(file.archive, side, container, limits, (element) => {
				body.add(element);
				tracked.add(element, part);
			});
			for (const line of body.end().flatMap(linesOf)) if (!PAGE_NUMBER.test(line)) lines.add(line);
		}
		const text = [...lines].join(' | ').slice(0, LONGEST);
		return text === '' ? [] : [`${name}: ${JSON.stringify(text)}`];
	});
	return entries.length === 0 ? '' : `---\n${entries.join('\n')}\n---\n\n`;
}

function linesOf(block: Block): string[] {
	if (block.kind === 'table')
		return block.rows.flatMap(({ cells }) => cells.flatMap((cell) => cell.blocks.flatMap(linesOf)));
	const own = plainText(block).replace(/\s+/g, ' ').trim();
	return [own, ...boxesOf(block).flatMap((box) => box.flatMap(linesOf))];
}
