/**
 * Characters that a reader can't see or that change how the text beside them reads: controls (except tab and line
 * feed), broken surrogates, bidirectional controls (Unicode TR 36 §2.10.4), zero-width space, word joiner, byte order
 * mark, tag characters. The zero-width joiners stay: Persian and Indic names need them.
 */
export const UNREADABLE =
	/(?![\n\t])[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;
