import type { InlinePart } from '../../model';
import { differences } from './sequence';
import type { Tokens } from './tokens';

/** Collects parts, joining neighbours of the same kind. */
class Parts {
	readonly list: InlinePart[] = [];
	#removed = '';
	#added = '';
	#kept = '';

	keep(text: string): void {
		if (text === '') return;
		this.#flushChange();
		this.#kept += text;
	}

	remove(text: string): void {
		this.#flushKept();
		this.#removed += text;
	}

	add(text: string): void {
		this.#flushKept();
		this.#added += text;
	}

	end(): InlinePart[] {
		this.#flushKept();
		this.#flushChange();
		return this.list;
	}

	#flushKept(): void {
		if (this.#kept !== '') this.list.push({ op: '=', t: this.#kept });
		this.#kept = '';
	}

	#flushChange(): void {
		if (this.#removed !== '') this.list.push({ op: '-', t: this.#removed });
		if (this.#added !== '') this.list.push({ op: '+', t: this.#added });
		this.#removed = '';
		this.#added = '';
	}
}

/** Blanks before token `index` (or at the end). */
function blanks(text: string, tokens: Tokens, index: number): string {
	const from = index === 0 ? 0 : (tokens.ends[index - 1] ?? 0);
	return text.slice(from, index < tokens.starts.length ? tokens.starts[index] : text.length);
}

/**
 * Word-level difference. Kept and removed parts join to `before`, kept and added ones to `after`, to the character:
 * where equal words differ in the blanks before them, the blanks are a difference of their own.
 */
export function inlineDiff(before: string, after: string, a: Tokens, b: Tokens, maxGap: number): InlinePart[] {
	const parts = new Parts();
	let i = 0;
	let j = 0;
	const blank = (): void => {
		const [left, right] = [blanks(before, a, i), blanks(after, b, j)];
		if (left === right) return parts.keep(left);
		if (left !== '') parts.remove(left);
		if (right !== '') parts.add(right);
	};
	const keepUntil = (end: number): void => {
		for (; i < end; i++, j++) {
			blank();
			parts.keep(before.slice(a.starts[i], a.ends[i]));
		}
	};
	for (const [a0, a1, b0, b1] of differences(a.ids, b.ids, maxGap)) {
		keepUntil(a0);
		if (a1 > a0 && b1 > b0) blank();
		else if (a1 > a0) parts.remove(blanks(before, a, a0));
		else parts.add(blanks(after, b, b0));
		if (a1 > a0) parts.remove(before.slice(a.starts[a0], a.ends[a1 - 1]));
		if (b1 > b0) parts.add(after.slice(b.starts[b0], b.ends[b1 - 1]));
		[i, j] = [a1, b1];
	}
	keepUntil(a.ids.length);
	blank();
	return parts.end();
}
