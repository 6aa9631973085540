/** A piece of a line: plain words, or a name as it is written in the policy. */
export type Inline = string | { code: string } | { strong: string };

export type Text = readonly Inline[];

/** What a rendered policy consists of, whatever it is written as. */
export type Block =
	| { kind: 'heading'; level: 2 | 3; text: Text; anchor?: string }
	| { kind: 'paragraph'; text: Text }
	| { kind: 'list'; items: readonly Text[] }
	| { kind: 'table'; head: readonly string[]; rows: readonly (readonly Text[])[] }
	/** Lines for ink: a label, and room to write. */
	| { kind: 'signatures'; lines: readonly string[] };

export interface Document {
	title: string;
	blocks: readonly Block[];
}

export const code = (name: string): Inline => ({ code: name });
export const strong = (words: string): Inline => ({ strong: words });

/** Names in a row: `a`, `b` and `c`. */
export function names(list: readonly string[], last = 'and'): Inline[] {
	return list.flatMap((name, index): Inline[] => {
		if (index === 0) return [code(name)];
		return [index === list.length - 1 ? ` ${last} ` : ', ', code(name)];
	});
}
