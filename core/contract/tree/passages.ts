import type { DocumentFormat } from '../../model';
import { readInline } from './inline';

/** Clean text of a passage, wherever it stands. */
export interface Passage {
	text: string;
	links: string[];
	leadEnd: number;
}

/** Passages as they were read, by their source: versions of one contract share most of them. */
export class Passages {
	readonly #known: Record<DocumentFormat, Map<string, Passage>> = { markdown: new Map(), text: new Map() };

	read(source: string, start: number, end: number, format: DocumentFormat): Passage {
		const raw = source.slice(start, end);
		const known = this.#known[format].get(raw);
		if (known) return known;
		const { text, links, leadEnd } = readInline(source, start, end, format);
		const passage = { text, links, leadEnd };
		this.#known[format].set(raw, passage);
		return passage;
	}
}
