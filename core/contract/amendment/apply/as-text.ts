import type { DocumentFormat } from '../../../model';
import type { Amendment, Passage } from '../types';

/** What Markdown would read as a tag, an entity or a link. */
const MARKUP = /\\(?=[<&\]])|<(?=[A-Za-z/!?])|&(?=#?[A-Za-z0-9]{1,32};)|\](?=\()/g;

/** New words that were written as plain text stay text in an agreement in Markdown: no tag, entity or link comes of them. */
export function asText(amendment: Amendment, base: DocumentFormat): Amendment {
	if (amendment.format !== 'text' || base !== 'markdown') return amendment;
	const instructions = amendment.instructions.map((one) => (one.new ? { ...one, new: escaped(one.new) } : one));
	return { ...amendment, instructions };
}

function escaped(passage: Passage): Passage {
	return { ...passage, raw: passage.raw.replace(MARKUP, '\\$&') };
}
