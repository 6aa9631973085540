import type { IExecuteFunctions } from 'n8n-workflow';
import type { Consolidated } from '../../core/contract';
import { parseContractEvent } from '../../core/ingress';
import { contentId, DomainError, type ContractDocument } from '../../core/model';
import type { LedgerApi } from '../../core/store';
import type { WorkerLimits } from '../runtime/worker';
import { keepEvent, UNDATED, type ContractOfItem } from './contract-of-item';
import { contractParts, givenDocument, type DocumentOptions } from './documents';

interface EventOfDocuments {
	node: IExecuteFunctions;
	ledger: LedgerApi;
	index: number;
	/** Which inbox of the ledger the event counts for. */
	source: string;
	options: DocumentOptions;
	limits: WorkerLimits;
}

export interface DocumentsEvent extends ContractOfItem {
	/** The contract is to be taken as seen for the first time. */
	first?: boolean;
	/** Both versions, where they are JSON records. */
	records?: { before: unknown; after: unknown };
}

/**
 * Makes a contract event of the documents that the node's fields name and stores it, so that every version seen is kept
 * by its hash and later nodes find it as they find what a trigger brought.
 */
export async function eventOfDocuments(input: EventOfDocuments): Promise<DocumentsEvent> {
	const { node, ledger, index, source, options, limits } = input;
	const parts = contractParts(node, index);
	const read = (name: string, label: string) => givenDocument({ node, index, name, label, options, limits });
	const after = await read('after', 'Version After');
	if (!after)
		throw new DomainError(
			'INPUT_INVALID',
			'Parameter "Version After" names no document.',
			'Choose where it comes from.',
		);
	// A version before that is to come from the ledger is looked up when versions are compared, not frozen into the event.
	const before = await read('before', 'Version Before');
	const event = contractEvent({ ...parts, before: before?.document, after: after.document });
	const first = node.getNodeParameter('beforeFrom', index) === 'none';
	// Two records are compared field by field; a record and a text, or a version of the ledger, clause by clause.
	const isRecord = after.record !== undefined && (first || before?.record !== undefined);
	return {
		...(await keepEvent(ledger, event, index, source)),
		first,
		...(isRecord ? { records: { before: before?.record ?? null, after: after.record } } : {}),
	};
}

interface EventParts {
	contract: { id: string };
	effectiveAt?: string;
	before?: ContractDocument | undefined;
	after: ContractDocument;
	amendment?: { id: string; title?: string; number?: string; signedAt?: string };
}

/** An event without a sender: its id comes from its content, so the same documents are the same event. */
export function contractEvent({ before, after, ...parts }: EventParts): ReturnType<typeof parseContractEvent> {
	const body = {
		...parts,
		...(before ? { before: { format: before.format, text: before.text } } : {}),
		after: { format: after.format, text: after.text },
	};
	return parseContractEvent({
		id: contentId('documents', body),
		type: before ? 'contract.amended' : 'contract.signed',
		occurredAt: UNDATED,
		...body,
	});
}

interface AmendedEvent {
	ledger: LedgerApi;
	index: number;
	source: string;
	parts: ReturnType<typeof contractParts>;
	base: ContractDocument;
	done: Consolidated;
}

/** The event that an amendment is once it was carried out whole: the agreement before, the consolidated text after. */
export async function amendedEvent({
	ledger,
	index,
	source,
	parts,
	base,
	done,
}: AmendedEvent): Promise<ContractOfItem> {
	const { amendment, effective } = done.changeSet;
	const stated = effective.basis === 'stated' || effective.basis === 'signature';
	const event = contractEvent({
		...(stated ? { effectiveAt: effective.from } : {}),
		...parts,
		before: base,
		after: done.document,
		...(amendment?.id === undefined ? {} : { amendment: { id: amendment.id, ...named(amendment) } }),
	});
	return await keepEvent(ledger, event, index, source);
}

/** Title and number as the ledger takes them: one short line of what people can see. */
function named({ title, number }: { title?: string; number?: string }): { title?: string; number?: string } {
	const line = (text: string, longest: number): string =>
		text
			.replace(/[^\p{L}\p{N}\p{M}\p{P}\p{S}]+/gu, ' ')
			.slice(0, longest)
			.trim();
	const [name, count] = [line(title ?? '', 200), line(number ?? '', 50)];
	return { ...(name === '' ? {} : { title: name }), ...(count === '' ? {} : { number: count }) };
}
