import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { DomainError } from '../../core/model';

/** What any node of ours may find in an item; nodes in between may have replaced all of it. */
export interface LedgerItem {
	ledger?: string;
	eventId?: string;
	planId?: string;
	actionId?: string;
	application?: string;
}

/** Reads the ids an item carries, and refuses items of another ledger: their ids would mean something else here. */
export function readLedgerItem(item: INodeExecutionData, ledgerId: string, index: number): LedgerItem {
	const { json } = item;
	const text = (name: string) => (typeof json[name] === 'string' && json[name] !== '' ? json[name] : undefined);
	const ledger = text('ledger');
	if (ledger !== undefined && ledger !== ledgerId) {
		throw new DomainError(
			'LEDGER_MISMATCH',
			`Item ${index} comes from ledger "${ledger}", this node works on "${ledgerId}".`,
			'Give all nodes of the workflow the same "Access Ledger" credential, or none.',
		);
	}
	const found: LedgerItem = {};
	for (const name of ['ledger', 'eventId', 'planId', 'actionId', 'application'] as const) {
		const value = text(name);
		if (value !== undefined) found[name] = value;
	}
	return found;
}

/** Distinct values in the order of their first appearance. */
export function distinct(values: ReadonlyArray<string | undefined>): string[] {
	return [...new Set(values.filter((value) => value !== undefined))];
}

/** A domain object as item JSON: `undefined` members dropped, nothing shared with the caller. */
export function toJson(value: object): IDataObject {
	return JSON.parse(JSON.stringify(value)) as IDataObject;
}
