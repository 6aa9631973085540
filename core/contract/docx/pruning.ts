import type { XmlElement } from './xml-element';

/** Subtrees and marks without text of the document: settings of content controls, borders, bookmarks, spelling. */
export const SKIPPED: ReadonlySet<string> = new Set([
	'w:sdtPr',
	'w:sdtEndPr',
	'w:smartTagPr',
	'w:customXmlPr',
	'w:tblGrid',
	'w:proofErr',
	'w:bookmarkStart',
	'w:bookmarkEnd',
	'w:lastRenderedPageBreak',
	// The reading of a word in ruby text; the word itself stands beside it.
	'w:rt',
]);

const PROPERTIES = new Set(['w:rPr', 'w:pPr', 'w:tcPr', 'w:trPr', 'w:tblPr', 'w:tblPrEx']);
/** What of properties is read. Most say how text looks. */
const READ = new Set(
	(
		'pStyle rStyle numPr outlineLvl framePr rPr sectPr b bCs u vanish specVanish gridSpan vMerge gridBefore tblHeader ' +
		'ins del moveFrom moveTo cellIns cellDel cellMerge'
	)
		.split(' ')
		.map((name) => `w:${name}`),
);

/** Attributes that number editing sessions; they are on every element and say nothing. */
export function isSessionMark(name: string): boolean {
	return name.startsWith('w:rsid') || name === 'w14:paraId' || name === 'w14:textId';
}

/** Takes out of properties what nobody asks for, unless a tracked change says that they were otherwise, or keeps them. */
export function prune(element: XmlElement, parent: XmlElement | undefined): void {
	if (!PROPERTIES.has(element.name) || element.children.length === 0) return;
	if (parent?.name.endsWith('Change') === true) return;
	if (element.children.some(({ name }) => name.endsWith('Change'))) return;
	element.keep(({ name }) => READ.has(name));
}
