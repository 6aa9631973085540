import type { INodeExecutionData } from 'n8n-workflow';
import type { ContractChange, ContractChangeSet, Term, TermChange } from '../../core/model';
import { toJson } from '../runtime/items';

interface ItemOptions {
	ledgerId: string;
	eventId: string;
	itemIndex: number;
	/** One item with the whole change set. */
	whole: boolean;
	includeFormatting: boolean;
}

/** A change set as items. There is always at least one: later nodes need the event, also when nothing changed. */
export function changeItems(changeSet: ContractChangeSet, options: ItemOptions): INodeExecutionData[] {
	const head = { ledger: options.ledgerId, eventId: options.eventId, contract: changeSet.contract };
	const item = (json: object): INodeExecutionData => ({
		json: { ...head, ...toJson(json) },
		pairedItem: { item: options.itemIndex },
	});
	if (options.whole) return [item({ type: 'changeSet', summary: overview(changeSet), changeSet })];
	const changes = changeSet.changes.filter((change) => options.includeFormatting || !isFormatting(change));
	const items = [
		...changes.map((change) => item({ type: 'change', summary: changeInWords(change), change })),
		...changeSet.terms
			.filter((term) => term.changed)
			.map((term) => item({ type: 'term', summary: termInWords(term), term })),
	];
	return items.length > 0 ? items : [item({ type: 'none', summary: 'Nothing changed that has a meaning' })];
}

function isFormatting(change: ContractChange): boolean {
	return change.op.every((op) => op === 'formatting');
}

function overview(changeSet: ContractChangeSet): string {
	const terms = changeSet.terms.filter((term) => term.changed).length;
	return `${changeSet.changes.length} change(s), ${terms} changed term(s)`;
}

/** One line for a person, e.g. `Clause 4.2 Fees: modified, renumbered`. */
export function changeInWords(change: ContractChange): string {
	const what = change.op.join(', ').replace(/^./, (first) => first.toUpperCase());
	if (change.row) {
		const cell = change.field;
		const detail = cell ? ` (${cell.path.at(-1) ?? ''}: ${cell.from ?? '–'} → ${cell.to ?? '–'})` : '';
		return `${what}: row "${change.row.key}" of ${change.row.table}${detail}`;
	}
	const { clause } = change;
	const numbers = [clause?.numberBefore, clause?.numberAfter].filter((number) => number !== undefined);
	const number = [...new Set(numbers)].join(' → ');
	const name = [number, clause?.heading].filter((part) => part !== undefined && part !== '').join(' ');
	return `${what}: ${change.kind} ${name === '' ? '(without heading)' : name}`;
}

function termInWords(term: TermChange): string {
	return `Term ${term.name}: ${valueInWords(term.before)} → ${valueInWords(term.after)} (${term.effect})`;
}

function valueInWords(term: Term | undefined): string {
	if (term?.value === undefined) return term?.problem ?? 'none';
	return term.value.type === 'table' ? `${term.value.rows.length} rows` : String(term.value.value);
}
