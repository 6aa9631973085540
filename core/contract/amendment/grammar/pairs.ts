import { quotesOf } from './clause';
import type { Words } from './draft';
import type { Item } from './items';

/** `"A" with "B" and "C" with "D"`: two replacements or more under one verb. */
export function pairedWords(items: readonly Item[]): Array<{ old: Words; new: Words }> | undefined {
	const pairs: Array<{ old: Words; new: Words }> = [];
	let old: Words | undefined;
	let linked = false;
	for (const item of items) {
		if (item.type === 'phrase' && (item.name === 'with' || item.name === 'by')) linked = old !== undefined;
		else if (item.type === 'quote') {
			const [words] = quotesOf([item]);
			if (!words) return undefined;
			if (old && linked) {
				pairs.push({ old, new: words });
				old = undefined;
			} else if (old) return undefined;
			else old = words;
			linked = false;
		}
	}
	return old === undefined && pairs.length > 1 ? pairs : undefined;
}
