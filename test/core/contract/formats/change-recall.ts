import type { ContractChange, ContractChangeSet } from '../../../../core/model';

/** Two changes are alike if their texts share this part of their words, on both sides. */
const ALIKE = 0.8;

export interface Recall {
	found: number;
	missed: ContractChange[];
	/** Changes that only the other comparison told. */
	extra: ContractChange[];
}

const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const operations = (change: ContractChange): string =>
	change.op
		.filter((op) => op !== 'formatting')
		.sort()
		.join('+');

function dice(a: string, b: string): number {
	const [left, right] = [words(a), words(b)];
	if (left.length + right.length === 0) return 1;
	const counts = new Map<string, number>();
	for (const word of left) counts.set(word, (counts.get(word) ?? 0) + 1);
	let shared = 0;
	for (const word of right) {
		const count = counts.get(word) ?? 0;
		if (count > 0) shared++;
		counts.set(word, count - 1);
	}
	return (2 * shared) / (left.length + right.length);
}

function sides({ row, text, field }: ContractChange): [string, string] {
	if (row) return [Object.values(row.before ?? {}).join(' '), Object.values(row.after ?? {}).join(' ')];
	return [text?.before ?? field?.from ?? '', text?.after ?? field?.to ?? ''];
}

/** `4.2` and `2` under a heading 4, `(a)` and `a.`: the last part of a number, bare. */
const bare = (number: string | undefined): string =>
	/[0-9A-Za-z]+(?=[).]*$)/.exec(number ?? '')?.[0].toLowerCase() ?? '';
const numbers = ({ clause }: ContractChange): string => `${bare(clause?.numberBefore)} ${bare(clause?.numberAfter)}`;

function likeness(a: ContractChange, b: ContractChange): number {
	const [[before, after], [before2, after2]] = [sides(a), sides(b)];
	if (before + after + before2 + after2 !== '') return Math.min(dice(before, before2), dice(after, after2));
	// A clause that only moved or was renumbered: by its heading, else by its numbers.
	if (a.clause?.heading !== undefined && b.clause?.heading !== undefined)
		return dice(a.clause.heading, b.clause.heading);
	return numbers(a) === numbers(b) ? 0.9 : 0;
}

/**
 * How many of the changes of one comparison another one tells, too: same operations (formatting aside), row or clause,
 * and texts alike before and after. Each change answers for one.
 */
export function recall(wanted: ContractChangeSet, told: ContractChangeSet): Recall {
	const open = new Set(told.changes.filter((change) => operations(change) !== ''));
	const missed: ContractChange[] = [];
	let found = 0;
	for (const change of wanted.changes) {
		if (operations(change) === '') continue;
		let best: ContractChange | undefined;
		let most = ALIKE;
		for (const candidate of open) {
			if (operations(candidate) !== operations(change) || (candidate.kind === 'row') !== (change.kind === 'row'))
				continue;
			const score = likeness(change, candidate) + (numbers(change) === numbers(candidate) ? 0.01 : 0);
			if (score > most) [best, most] = [candidate, score];
		}
		if (best) {
			open.delete(best);
			found++;
		} else missed.push(change);
	}
	return { found, missed, extra: [...open] };
}

/** The part of the words of a text that another text has, in order or not. */
export function sharedWords(text: string, other: string): number {
	return dice(text, other);
}
