import { runText } from './run-text';
import type { TrackedAuthor } from './tracked-change';
import type { View } from './view';
import type { XmlElement } from './xml-element';

export type Wrapper = 'w:ins' | 'w:del' | 'w:moveFrom' | 'w:moveTo';

/** A tracked change around text, or on a mark. */
export interface Revision extends TrackedAuthor {
	wrapper: Wrapper;
}

const WRAPPERS = new Set<string>(['w:ins', 'w:del', 'w:moveFrom', 'w:moveTo'] satisfies Wrapper[]);

export function revision(element: XmlElement): Revision | undefined {
	return WRAPPERS.has(element.name) ? { wrapper: element.name as Wrapper, ...author(element) } : undefined;
}

export function author(element: XmlElement): TrackedAuthor {
	const written = element.attribute('w16du:dateUtc') ?? element.attribute('w:date') ?? '';
	const date =
		/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})?$/.exec(written);
	return {
		author: element.attribute('w:author') ?? '',
		...(date ? { date: date[1] === undefined ? `${written}Z` : written } : {}),
	};
}

/** Without anything else that is known of it. */
export function plain(who: TrackedAuthor): TrackedAuthor {
	return { author: who.author, ...dated(who) };
}

export function dated({ date }: TrackedAuthor): { date?: string } {
	return date === undefined ? {} : { date };
}

/** Text of an element in a view, without numbers; its paragraphs parted by a blank. */
export function rawText(element: XmlElement, view: View): string {
	const paragraphs: string[] = [];
	gather(element, view, paragraphs);
	return paragraphs.filter((text) => text !== '').join(' ');
}

function gather(element: XmlElement, view: View, paragraphs: string[]): void {
	const { name } = element;
	if (name === 'w:pPr' || name === 'w:rPr' || !view.shows(name)) return;
	if (name === 'w:p' || paragraphs.length === 0) paragraphs.push('');
	const text = runText(element);
	if (text !== undefined) paragraphs.push(`${paragraphs.pop() ?? ''}${text}`);
	for (const part of element.children) gather(part, view, paragraphs);
}
