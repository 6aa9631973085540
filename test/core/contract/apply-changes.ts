import { readDocument } from '../../../core/contract';
import type { ContractChange, ContractChangeSet } from '../../../core/model';
import { document } from './builders';

/** A contract as its clauses say it: number, words, in no order. */
export type Clauses = Map<string, string[]>;

interface Entry {
	key: string;
	/** Key of the clause that it stands under. */
	above?: string | undefined;
	number: string;
	text: string;
}

function entries(text: string): Entry[] {
	const { nodes } = readDocument(document(text));
	return nodes.map(({ key, number, heading, text: own, parent }) => ({
		key,
		above: nodes[parent]?.key,
		number: number ?? '',
		text: [heading, own].filter((part) => part !== undefined && part !== '').join('. '),
	}));
}

/** Paragraphs and items are told with the number of their clause or none; only words tell them apart here. */
const line = ({ number, text }: Entry): string =>
	/^[0-9]/.test(number) && /^[A-Z]\w+(?: [A-Z]\w+){1,2}$/.test(text) ? `${number}|${text}` : text;

/** What the clauses of a text say, sorted: two contracts with equal lists say the same. */
export function clausesOf(text: string): string[] {
	return entries(text).map(line).sort();
}

/** The lines of an added or removed clause: its own without the number, those of what stands below with it. */
function parts({ clause }: ContractChange, text: string): Entry[] {
	const number = clause?.numberAfter ?? clause?.numberBefore ?? '';
	return text
		.split('\n')
		.map((part, index) => ({ key: '', number: index === 0 ? number : '', text: part.replace(/^\([a-z]\) /, '') }));
}

function take(list: Entry[], wanted: (entry: Entry) => boolean, change: ContractChange): Entry {
	const at = list.findIndex(wanted);
	const [entry] = at < 0 ? [] : list.splice(at, 1);
	if (!entry) throw new Error(`${change.op.join('+')} of what is not there: ${JSON.stringify(change)}`);
	return entry;
}

/**
 * Carries the changes of clauses out on the earlier text, and throws where one does not fit it. Splits, tables and
 * renamed names are not carried out.
 * @returns what the clauses say afterwards, as `clausesOf` does
 */
export function applyChanges(before: string, { changes }: ContractChangeSet): string[] {
	const list = entries(before);
	for (const change of changes) {
		const { op, clause, text } = change;
		if (op.includes('removed')) {
			for (const part of parts(change, text?.before ?? '')) take(list, (entry) => line(entry) === line(part), change);
		} else if (!op.includes('added') && clause) {
			const entry = take(list, ({ key }) => key === clause.keyBefore, change);
			if (text && entry.text !== text.before) throw new Error(`${entry.text} is not ${text.before ?? ''}`);
			const number = op.includes('renumbered') ? (clause.numberAfter ?? '') : entry.number;
			// A body without a number speaks for its heading: what happened to both is one change.
			const heading = entry.number === '' && number !== '' ? list.find(({ key }) => key === entry.above) : undefined;
			if (heading) heading.number = number;
			list.push({ key: '', number, text: text?.after ?? entry.text });
		}
	}
	const added = changes.filter(({ op }) => op.includes('added'));
	return [...list, ...added.flatMap((change) => parts(change, change.text?.after ?? ''))].map(line).sort();
}
