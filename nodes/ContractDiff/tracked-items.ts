import type { INodeExecutionData } from 'n8n-workflow';
import { toJson } from '../runtime/items';
import type { TrackedFile } from '../runtime/worker';

export type Tracked = TrackedFile['tracked'][number];

interface TrackedItems {
	tracked: readonly Tracked[];
	warnings: readonly string[];
	/** Name of the file, for people. */
	file: string;
	itemIndex: number;
	/** One item with all of them. */
	whole: boolean;
}

/** Tracked changes as items. There is always at least one, so that later nodes run. */
export function trackedItems({ tracked, warnings, file, itemIndex, whole }: TrackedItems): INodeExecutionData[] {
	const item = (json: object): INodeExecutionData => ({
		json: toJson({ file, ...json }),
		pairedItem: { item: itemIndex },
	});
	if (whole) {
		const authors = [...new Set(tracked.map(({ author }) => author))];
		const summary = `${tracked.length} tracked change(s) by ${authors.length} author(s)`;
		return [item({ type: 'trackedChanges', summary, authors, tracked, warnings })];
	}
	if (tracked.length === 0) return [item({ type: 'none', summary: 'No tracked changes', warnings })];
	return tracked.map((change) => item({ type: 'trackedChange', summary: trackedInWords(change), tracked: change }));
}

const KINDS: Readonly<Record<Tracked['kind'], string>> = {
	insert: 'Inserted',
	delete: 'Deleted',
	move: 'Moved',
	'paragraph-mark': 'Paragraph mark',
	row: 'Row',
	cell: 'Cell',
	formatting: 'Formatting',
	numbering: 'Numbering',
};

const OPS: Readonly<Record<Tracked['op'], string>> = {
	insert: 'inserted',
	delete: 'deleted',
	move: 'moved',
	change: 'changed',
};

const SHOWN = 80;

/** e.g. `2 Fees › 2.1 Charges, paragraph 12`, `footnotes, paragraph 1`: the headings around it, the nearest two. */
function whereInWords({ part, path, paragraph }: Tracked['place']): string {
	const around = path && path.length > 0 ? path.slice(-2).map(cut).join(' › ') : part === 'document' ? '' : part;
	return `${around === '' ? '' : `${around}, `}paragraph ${paragraph}`;
}

function cut(text: string): string {
	return text.length > SHOWN ? `${text.slice(0, SHOWN)} …` : text;
}

/** e.g. `Deleted “net 30 days” (Ada, paragraph 12)`. */
function trackedInWords({ kind, op, before, after, author, place }: Tracked): string {
	const what = kind === 'insert' || kind === 'delete' || kind === 'move' ? KINDS[kind] : `${KINDS[kind]} ${OPS[op]}`;
	const text = after === '' ? before : after;
	const short = cut(text);
	const by = author === '' ? '' : `${author}, `;
	return `${what} “${short}” (${by}${whereInWords(place)})`;
}
