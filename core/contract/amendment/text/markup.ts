import type { DocumentFormat } from '../../../model';

const TAG =
	/<(\/?)(span|a|b|i|u|s|em|strong|sub|sup|ins|del|mark|small|code|p|div|li|ul|ol|td|tr|th|table)\b[^<>]{0,400}>/gi;

/** Whether removing a stretch of Markdown would leave half a tag pair or half a link behind. */
export function cutsMarkup(stretch: string, format: DocumentFormat): boolean {
	if (format !== 'markdown') return false;
	let open = 0;
	for (const match of stretch.matchAll(TAG)) {
		open += match[1] === '/' ? -1 : 1;
		if (open < 0) return true;
	}
	return open !== 0 || cutsLink(stretch);
}

function cutsLink(stretch: string): boolean {
	let brackets = 0;
	for (let at = 0; at < stretch.length; at++) {
		const mark = stretch.charAt(at);
		if (mark === '\\') at++;
		else if (mark === '[') brackets++;
		else if (mark === ']') {
			if (brackets === 0 && stretch.charAt(at + 1) === '(') return true;
			brackets = Math.max(0, brackets - 1);
		}
	}
	return brackets > 0 && /\[[^\]]*$/.test(stretch) && stretch.lastIndexOf('[') > stretch.lastIndexOf(']');
}
