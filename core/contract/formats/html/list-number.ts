import { romanNumeral } from '../../tree/roman';
import type { Marker } from '../rendition';

const STYLES = new Map<string, string>([
	['a', 'lower-alpha'],
	['A', 'upper-alpha'],
	['i', 'lower-roman'],
	['I', 'upper-roman'],
	['1', 'decimal'],
]);
/** Integer attribute as HTML reads it; undefined where it is none. */
export function integer(value: string | undefined): number | undefined {
	const match = /^\s*([-+]?[0-9]{1,9})/.exec(value ?? '');
	return match ? Number(match[1]) : undefined;
}

/** The list style of an `ol`, `ul` or `li`: its CSS wins over its `type`. */
export function listStyle(attributes: ReadonlyMap<string, string>): string | undefined {
	const css = /list-style(?:-type)?\s*:\s*(?:inside |outside )?\s*([a-z-]{1,30})/i.exec(
		attributes.get('style') ?? '',
	)?.[1];
	if (css !== undefined) return css.toLowerCase().replace('latin', 'alpha');
	const type = attributes.get('type');
	return type === undefined ? undefined : (STYLES.get(type) ?? type.toLowerCase());
}

function alphabetic(value: number): string {
	let text = '';
	for (let rest = value; rest > 0; rest = Math.floor((rest - 1) / 26))
		text = String.fromCharCode(0x61 + ((rest - 1) % 26)) + text;
	return text;
}

/** What a browser shows before the item. Letters start at 1, Roman numerals end at 3,999; beyond, the number is decimal. */
export function itemMarker(value: number, style: string | undefined): Marker | undefined {
	const upper = style?.startsWith('upper-') === true;
	const dress = (text: string): Marker => ({ label: `${upper ? text.toUpperCase() : text}.` });
	if (style === 'none') return undefined;
	if (style === 'disc' || style === 'circle' || style === 'square') return { bullet: true };
	if (style?.endsWith('-alpha') === true && value > 0) return dress(alphabetic(value));
	if (style?.endsWith('-roman') === true && value > 0 && value < 4_000) return dress(romanNumeral(value));
	return value < 0 ? { label: `${value}.` } : { ordinal: value };
}

/** The counter of one open list. */
export class ListCounter {
	#next: number;
	readonly #step: number;

	constructor(
		readonly ordered: boolean,
		readonly style: string | undefined,
		attributes: ReadonlyMap<string, string>,
		items: number,
	) {
		const reversed = ordered && attributes.has('reversed');
		this.#step = reversed ? -1 : 1;
		this.#next = integer(attributes.get('start')) ?? (reversed ? items : 1);
	}

	/** Marker of the next item; its own `value` and `type` count. */
	take(attributes: ReadonlyMap<string, string>): Marker | undefined {
		const style = listStyle(attributes) ?? this.style;
		const value = integer(attributes.get('value')) ?? this.#next;
		this.#next = value + this.#step;
		if (this.ordered) return itemMarker(value, style);
		return style === 'none'
			? undefined
			: style?.match(/alpha|roman|decimal/)
				? itemMarker(value, style)
				: { bullet: true };
	}
}
