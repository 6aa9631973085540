import type { ContractChange, InlinePart } from '../../model';
import { markup, type Html } from '../../html';

/** Removed and inserted words as marks that read without colour: struck through, underlined, and named for screen readers. */
export function inlineText(parts: readonly InlinePart[]): Html {
	return markup`${parts.map(({ op, t }) => {
		if (op === '=') return markup`${t}`;
		return op === '-' ? removed(t) : inserted(t);
	})}`;
}

export function removed(text: string): Html {
	return markup`<del>${visible(text)}</del>`;
}

export function inserted(text: string): Html {
	return markup`<ins>${visible(text)}</ins>`;
}

/** A difference that is only a line break would be invisible. */
function visible(text: string): string {
	return text.trim() === '' ? text.replaceAll('\n', '¶\n') : text;
}

/** The wording of a clause with its changes; undefined where the change has no words of its own. */
export function wordingOf(change: ContractChange): Html | undefined {
	const { text, field } = change;
	if (text?.inline) return inlineText(text.inline);
	if (text?.before !== undefined && text.after !== undefined)
		return text.before.replace(/\s+/g, ' ') === text.after.replace(/\s+/g, ' ')
			? markup`${text.after}`
			: fromTo(text.before, text.after);
	if (text?.after !== undefined) return text.after === '' ? undefined : inserted(text.after);
	if (text?.before !== undefined) return text.before === '' ? undefined : removed(text.before);
	if (field && !change.row && change.kind !== 'lifecycle') return fromTo(field.from, field.to);
	return undefined;
}

/** Two values beside each other; the words that both begin and end with are shown once. */
export function fromTo(from: string | undefined, to: string | undefined): Html {
	if (from === undefined || from === '') return to === undefined ? markup`` : inserted(to);
	if (to === undefined || to === '') return removed(from);
	if (from === to) return markup`${to}`;
	const [old, now] = [words(from), words(to)];
	const shortest = Math.min(old.length, now.length);
	let head = 0;
	while (head < shortest && old[head] === now[head]) head++;
	let tail = 0;
	while (tail < shortest - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
	const middle = (all: string[]): string => all.slice(head, all.length - tail).join('');
	const parts: InlinePart[] = [
		{ op: '=', t: old.slice(0, head).join('') },
		{ op: '-', t: middle(old) },
		{ op: '+', t: middle(now) },
		{ op: '=', t: old.slice(old.length - tail).join('') },
	];
	return inlineText(parts.filter(({ t }) => t !== ''));
}

/** Words with the blanks behind them: they join to the text again. */
function words(text: string): string[] {
	return text.match(/\S+\s*|\s+/g) ?? [];
}
