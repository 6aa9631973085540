import type { TextView } from './read';

/** Elements that begin and end a line of their own. */
export const BLOCKS: ReadonlySet<string> = new Set(
	'address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul caption'.split(
		' ',
	),
);
const HIDDEN = new Set(
	'script style template noscript title svg math iframe object audio video canvas map select datalist textarea button'.split(
		' ',
	),
);

/** What an element means for the text inside of it. */
export interface Element {
	hidden: boolean;
	/** It shows a deletion or insertion. */
	revised: boolean;
	bold: boolean;
	link: boolean;
	pre: boolean;
	sup: boolean;
}

/** @param inSup another raised element is open around it */
export function elementOf(
	name: string,
	attributes: ReadonlyMap<string, string>,
	view: TextView,
	inSup: boolean,
): Element {
	const style = attributes.get('style') ?? '';
	const deleted =
		name === 'del' || name === 's' || name === 'strike' || /text-decoration[^;]{0,40}line-through/i.test(style);
	const inserted = name === 'ins';
	return {
		hidden: isHidden(name, attributes, style) || (view === 'accepted' ? deleted : inserted),
		revised: (deleted || inserted) && !isHidden(name, attributes, style),
		bold: name === 'b' || name === 'strong' || /font-weight\s*:\s*(?:bold|[6-9]00)/i.test(style),
		link: name === 'a',
		pre: name === 'pre' || /white-space\s*:\s*(?:pre|break-spaces)/i.test(style),
		sup: name === 'sup' && !inSup,
	};
}

function isHidden(name: string, attributes: ReadonlyMap<string, string>, style: string): boolean {
	if (HIDDEN.has(name) || attributes.has('hidden')) return true;
	return /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style);
}
