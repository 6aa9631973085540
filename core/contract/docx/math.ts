import type { View } from './view';
import { child, type XmlElement } from './xml-element';

const NO_TEXT = new Set(['m:rPr', 'm:ctrlPr', 'w:rPr']);

/** A formula on one line, as one would type it: `(a+b)/c`, `x^2`, `√(x)` (ISO/IEC 29500-1, 22.1). */
export function mathText(element: XmlElement, view: View): string {
	const inner = (name: string): string => {
		const part = child(element, name);
		return part ? mathText(part, view) : '';
	};
	switch (element.name) {
		case 'm:t':
		case 'w:t':
		case 'w:delText':
			return element.text;
		case 'm:f':
			return `${grouped(inner('m:num'))}/${grouped(inner('m:den'))}`;
		case 'm:sSup':
			return `${inner('m:e')}^${grouped(inner('m:sup'))}`;
		case 'm:sSub':
			return `${inner('m:e')}_${grouped(inner('m:sub'))}`;
		case 'm:sSubSup':
			return `${inner('m:e')}_${grouped(inner('m:sub'))}^${grouped(inner('m:sup'))}`;
		case 'm:rad':
			return `${inner('m:deg')}√(${inner('m:e')})`;
		case 'm:nary':
			return `${operator(element)}${scripts(inner('m:sub'), inner('m:sup'))} ${inner('m:e')}`;
		case 'm:d':
			return delimited(element, view);
		default:
			return children(element, view).join('');
	}
}

function children(element: XmlElement, view: View): string[] {
	return element.children
		.filter(({ name }) => view.shows(name) && !NO_TEXT.has(name) && !name.endsWith('Pr'))
		.map((part) => mathText(part, view));
}

function grouped(text: string): string {
	return /^[\p{L}\p{N}.,]*$/u.test(text) ? text : `(${text})`;
}

function scripts(sub: string, sup: string): string {
	return (sub === '' ? '' : `_${grouped(sub)}`) + (sup === '' ? '' : `^${grouped(sup)}`);
}

function operator(element: XmlElement): string {
	return property(element, 'm:naryPr', 'm:chr') ?? '∫';
}

function delimited(element: XmlElement, view: View): string {
	const open = property(element, 'm:dPr', 'm:begChr') ?? '(';
	const close = property(element, 'm:dPr', 'm:endChr') ?? ')';
	return `${open}${children(element, view).join(property(element, 'm:dPr', 'm:sepChr') ?? '|')}${close}`;
}

function property(element: XmlElement, properties: string, name: string): string | undefined {
	const found = child(child(element, properties), name);
	return found ? (found.attribute('m:val') ?? '') : undefined;
}
