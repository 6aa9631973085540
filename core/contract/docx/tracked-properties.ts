import { child, type XmlElement } from './xml-element';

/** Elements that keep properties as they were before a tracked change, by the name of what they keep. */
const KEPT = new Map([
	['w:rPrChange', 'w:rPr'],
	['w:pPrChange', 'w:pPr'],
	['w:sectPrChange', 'w:sectPr'],
	['w:tblPrChange', 'w:tblPr'],
	['w:tblPrExChange', 'w:tblPrEx'],
	['w:trPrChange', 'w:trPr'],
	['w:tcPrChange', 'w:tcPr'],
]);

export const PROPERTY_CHANGES: ReadonlySet<string> = new Set(KEPT.keys());

/** Marks of tracked changes, and properties of what is inside, are no properties. */
const NO_PROPERTIES = new Set([
	...KEPT.keys(),
	'w:ins',
	'w:del',
	'w:moveFrom',
	'w:moveTo',
	'w:rPr',
	'w:sectPr',
	'w:cellIns',
	'w:cellDel',
	'w:cellMerge',
]);

/** Names of the properties that `change` says were otherwise; sorted. */
export function changedProperties(now: XmlElement, change: XmlElement): string[] {
	const before = listed(child(change, KEPT.get(change.name) ?? ''));
	const after = listed(now);
	const names = new Set([...before.keys(), ...after.keys()]);
	return [...names].filter((name) => before.get(name) !== after.get(name)).sort();
}

function listed(properties: XmlElement | undefined): Map<string, string> {
	const found = new Map<string, string>();
	for (const part of properties?.children ?? [])
		if (!NO_PROPERTIES.has(part.name)) found.set(part.name.slice(part.name.indexOf(':') + 1), written(part));
	return found;
}

function written({ name, attributes, children }: XmlElement): string {
	return JSON.stringify([name, attributes, children.map(written)]);
}
