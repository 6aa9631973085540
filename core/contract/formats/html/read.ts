import { withLimits, type ContractLimits } from '../../limits';
import { HtmlWalker } from './events';
import { HtmlReader } from './reader';

export type TextView = 'original' | 'accepted' | 'rejected';

export interface HtmlReading {
	/** Markdown rendition. */
	text: string;
	warnings: string[];
}

/** How many items each list with `reversed` has: its numbers count down from there. */
function countReversed(source: string, maxDepth: number): number[] {
	if (!/\sreversed[\s=>/]/i.test(source)) return [];
	const counts: number[] = [];
	const open: number[] = [];
	new HtmlWalker(
		source,
		{
			open: (name) => {
				if (name === 'ol') open.push(counts.push(0) - 1);
				else if (name === 'ul' || name === 'menu' || name === 'dir') open.push(-1);
				else if (name === 'li') {
					const at = open.at(-1) ?? -1;
					if (at >= 0) counts[at] = (counts[at] ?? 0) + 1;
				}
			},
			close: (name) => {
				if (name === 'ol' || name === 'ul' || name === 'menu' || name === 'dir') open.pop();
			},
			text: () => undefined,
		},
		maxDepth,
	).walk();
	return counts;
}

/**
 * Reads a page as a person sees it: list numbers as a browser shows them, no scripts, styles, comments or hidden parts.
 * Deleted and inserted passages (`del`, `ins`) are shown by the view: `accepted` without the deleted ones, `original`
 * (the same as `rejected`) without the inserted ones. Linear in the length of the page.
 * @throws DomainError INPUT_TOO_LARGE (`maxClauses`)
 */
export function readHtml(source: string, view: TextView = 'accepted', limits?: Partial<ContractLimits>): HtmlReading {
	const bounds = withLimits(limits);
	const reader = new HtmlReader(view, bounds, countReversed(source, bounds.maxHtmlDepth));
	new HtmlWalker(source, reader, bounds.maxHtmlDepth).walk();
	return reader.finish();
}
