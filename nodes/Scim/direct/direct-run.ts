import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { DomainError } from '../../../core/model';
import type { LedgerApi } from '../../../core/store';
import { errorItem, toNodeError } from '../../runtime/errors';
import { toJson } from '../../runtime/items';
import { ledgerOf } from '../../runtime/ledger';
import { profileItem } from '../application-knowledge';
import { connect, type Connection } from '../connection';
import type { Change } from './changes';
import { inWords } from './error-words';
import { ExceptionJournal } from './exception-journal';

/** What the operations of User and Group work with. */
export interface Direct {
	node: IExecuteFunctions;
	ledger: LedgerApi;
	connection: Connection;
	index: number;
}

/** One item's work: what leaves the node for it. */
export type DirectWork = (direct: Direct) => Promise<IDataObject[]>;

/** Runs an operation for each item, one after the other: two items may be about the same account. */
export async function runDirect(
	node: IExecuteFunctions,
	work: DirectWork | undefined,
): Promise<INodeExecutionData[][]> {
	if (work === undefined) throw unknownOperation();
	const ledger = await ledgerOf(node);
	const authentication = node.getNodeParameter('authentication', 0);
	const connection = await connect(node, { authentication, limits: { concurrency: CONCURRENCY }, ledger });
	const output: INodeExecutionData[] = [];
	try {
		for (const index of node.getInputData().keys()) {
			try {
				const items = await work({ node, ledger, connection, index });
				output.push(...items.map((json) => ({ json, pairedItem: { item: index } })));
			} catch (error) {
				const told = inWords(error);
				if (!node.continueOnFail()) throw toNodeError(node.getNode(), told, index);
				output.push(errorItem(told, index));
			}
		}
		return [output];
	} finally {
		await connection.close();
	}
}

const CONCURRENCY = 8;

/** Name under which writes are recorded: the option "Application", else the host. */
export function applicationOf({ node, connection, index }: Direct): string {
	const { application } = node.getNodeParameter('options', index, {}) as { application?: string };
	const name = application?.trim() ?? '';
	return name === '' ? new URL(connection.baseUrl).host : name;
}

export function isDryRun({ node, index }: Direct): boolean {
	return (node.getNodeParameter('options', index, {}) as { dryRun?: boolean }).dryRun === true;
}

/**
 * Plans a change by reading, and carries it out where it isn't a dry run: only with a credential that allows it, journaled
 * before and after, and shown as the exception that it is.
 */
export async function carryOut(
	direct: Direct,
	plan: () => Promise<Change>,
	show: (remoteId: string) => Promise<IDataObject | undefined>,
): Promise<IDataObject[]> {
	const { node, ledger, connection } = direct;
	const dryRun = isDryRun(direct);
	if (!dryRun && !connection.allowsPastLedger) throw notAllowed();
	const change = await plan();
	const application = applicationOf(direct);
	const head = {
		ledger: ledger.id,
		application,
		plan: { hash: change.hash, actions: change.actions },
		profile: profileItem(connection.client.profile),
	};
	if (dryRun) return [toJson({ ...head, dryRun, outcome: change.actions.length === 0 ? 'unchanged' : 'planned' })];
	const executionId = node.getExecutionId();
	const done = await change.run(new ExceptionJournal(ledger, { application, executionId, hash: change.hash }));
	const shown = done.remoteId === undefined ? undefined : await show(done.remoteId);
	if (done.outcome !== 'unchanged') node.addExecutionHints(exceptionHint(application));
	const exception = done.outcome !== 'unchanged';
	return [toJson({ ...head, dryRun, exception, ...done, ...(shown === undefined ? {} : { resource: shown }) })];
}

function exceptionHint(application: string) {
	return {
		message: `Written to ${application} past the ledger: no plan asked for it. The audit log has it as an exception.`,
		type: 'warning' as const,
		location: 'outputPane' as const,
	};
}

function unknownOperation(): DomainError {
	return new DomainError('INPUT_INVALID', 'There is no such operation.', 'Choose one of the list.');
}

function notAllowed(): DomainError {
	return new DomainError(
		'LEDGER_REFUSED',
		'This credential does not allow writes past the ledger.',
		'Let Access Policy plan the change and Apply Actions carry it out. Where it has to be done by hand, switch on "Allow Writes Past the Ledger" in the SCIM credential, or choose Dry Run to see what would be done.',
	);
}
