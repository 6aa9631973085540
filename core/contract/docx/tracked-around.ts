import { author, revision, type Revision, type Wrapper } from './revision';
import type { XmlElement } from './xml-element';

/** What stands around an element. */
export interface Around {
	/** The innermost revision. */
	last?: Revision;
	/** The innermost deletion and insertion. */
	went?: Revision;
	came?: Revision;
	/** Insertions or deletions that a row or cell was reported with; its texts are not reported again. */
	reported: readonly Wrapper[];
}

export const NOTHING_AROUND: Around = { reported: [] };
export const NO_REVISIONS: readonly Revision[] = [];

const CELL_WRAPPERS = new Map<string, Wrapper>([
	['w:cellIns', 'w:ins'],
	['w:cellDel', 'w:del'],
]);

/** The revisions of a whole cell. */
export function cellRevisions(properties: XmlElement): Revision[] {
	return properties.children.flatMap((part) => {
		const wrapper = CELL_WRAPPERS.get(part.name);
		return wrapper ? [{ wrapper, ...author(part) }] : [];
	});
}

/** What stands around the children of an element. */
export function within(around: Around, element: XmlElement): Around {
	const found = revision(element);
	if (!found) return around;
	const inner: Around = { ...around, last: found };
	if (found.wrapper === 'w:del') inner.went = found;
	if (found.wrapper === 'w:ins') inner.came = found;
	return inner;
}
