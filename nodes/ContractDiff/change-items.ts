import type { INodeExecutionData } from 'n8n-workflow';
import { changeInWords, termChangeInWords } from '../../core/contract';
import type { ContractChange, ContractChangeSet } from '../../core/model';
import { toJson } from '../runtime/items';

interface ItemOptions {
	ledgerId: string;
	/** Absent where the change set belongs to no event of the ledger. */
	eventId?: string;
	itemIndex: number;
	/** One item with the whole change set. */
	whole: boolean;
	includeFormatting: boolean;
}

/** A change set as items. There is always at least one: later nodes need the event, also when nothing changed. */
export function changeItems(changeSet: ContractChangeSet, options: ItemOptions): INodeExecutionData[] {
	const head = {
		ledger: options.ledgerId,
		...(options.eventId === undefined ? {} : { eventId: options.eventId }),
		contract: changeSet.contract,
	};
	const item = (json: object): INodeExecutionData => ({
		json: { ...toJson(head), ...toJson(json) },
		pairedItem: { item: options.itemIndex },
	});
	if (options.whole) return [item({ type: 'changeSet', summary: overview(changeSet), changeSet })];
	const changes = changeSet.changes.filter((change) => options.includeFormatting || !isFormatting(change));
	const items = [
		...changes.map((change) => item({ type: 'change', summary: changeInWords(change), change })),
		...changeSet.terms
			.filter((term) => term.changed)
			.map((term) => item({ type: 'term', summary: termChangeInWords(term), term })),
	];
	return items.length > 0 ? items : [item({ type: 'none', summary: 'Nothing changed that has a meaning' })];
}

function isFormatting(change: ContractChange): boolean {
	// A reference that leads elsewhere now is a change without an operation of its own: the words stayed.
	return change.op.length > 0 && change.op.every((op) => op === 'formatting');
}

function overview(changeSet: ContractChangeSet): string {
	const terms = changeSet.terms.filter((term) => term.changed).length;
	return `${changeSet.changes.length} change(s), ${terms} changed term(s)`;
}
