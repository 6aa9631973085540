import { randomBytes } from 'node:crypto';
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Action } from '../../../core/model';
import { applyActions, isForScim, type AppliedAction, type ApplyReport } from '../../../core/scim';
import type { LedgerApi } from '../../../core/store';
import { actionItem } from '../../runtime/action-item';
import { distinct, readLedgerItem, toJson } from '../../runtime/items';
import { ledgerOf } from '../../runtime/ledger';
import { textParameter } from '../../runtime/parameters';
import { profileItem } from '../application-knowledge';
import { connect } from '../connection';
import { CONCURRENCY, DEFAULT_CONCURRENCY } from '../concurrency';

const show = { resource: ['access'], operation: ['applyActions'] };
const LIMIT = 5_000;

export const description: INodeProperties[] = [
	{
		displayName:
			'Only what the ledger allows is carried out: due, approved where the policy asks for it, and unchanged since. A second run writes nothing.',
		name: 'notice',
		type: 'notice',
		default: '',
		displayOptions: { show },
	},
	{
		displayName: 'Application',
		name: 'application',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. slack',
		displayOptions: { show: { resource: ['access'] } },
		description: 'Name of the application in the policy. One node serves one application.',
	},
	{
		displayName: 'Actions',
		name: 'scope',
		type: 'options',
		options: [
			{
				name: 'Of the Items',
				value: 'items',
				description: 'Actions that the items name; where they name none, all that this execution has planned',
			},
			{
				name: 'All Due',
				value: 'due',
				description: 'Everything of the application that is due, also from earlier runs. For schedules.',
			},
		],
		default: 'items',
		displayOptions: { show },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show },
		options: [
			CONCURRENCY,
			{
				displayName: 'Lease (Seconds)',
				name: 'leaseSeconds',
				type: 'number',
				typeOptions: { minValue: 60, maxValue: 86400 },
				default: 900,
				description: 'How long the claimed actions belong to this run. After a crash they are free again when it ends.',
			},
		],
	},
];

export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const ledger = await ledgerOf(node);
	const application = textParameter(node, 'application').trim();
	const options = node.getNodeParameter('options', 0, {}) as { concurrency?: number; leaseSeconds?: number };
	const asked = await askedFor(node, ledger);
	const isOurs = ({ content }: Action) => content.application === application && isForScim(content.operation);
	const mine = asked?.actions.filter(isOurs).map(({ id }) => id);
	const pairedItem = pairing(node, ledger);
	const passedOn = (actions: readonly Action[]) =>
		actions.map((action) => ({ json: actionItem(ledger.id, action), pairedItem: pairedItem(action.id) }));
	const other = passedOn(asked?.actions.filter((action) => !isOurs(action)) ?? []);
	const unknown = asked?.unknown.map((id) => ({
		json: toJson({
			ledger: ledger.id,
			actionId: id,
			error: { code: 'INPUT_INVALID', message: 'The ledger knows no such action.' },
		}),
		pairedItem: pairedItem(id),
	}));
	if (mine?.length === 0) return [unknown ?? [], [], other];

	const connection = await connect(node, {
		authentication: node.getNodeParameter('authentication', 0),
		limits: { concurrency: options.concurrency ?? DEFAULT_CONCURRENCY },
		ledger,
	});
	try {
		const report = await applyActions({
			ledger,
			client: connection.client,
			application,
			random: randomBytes,
			claim: {
				...(mine ? { actionIds: mine } : {}),
				claimedBy: `execution:${node.getExecutionId()}`,
				leaseSeconds: options.leaseSeconds ?? 900,
				limit: LIMIT,
			},
		});
		if (report.unfinished.length > 0) await ledger.release(report.leaseId);
		other.push(...passedOn(await ledger.readActions({ actionIds: report.elsewhere })));
		node.addExecutionHints({ message: hint(application, report), type: 'info', location: 'outputPane' });
		const profile = profileItem(connection.client.profile);
		const [failed, applied] = await resultItems(ledger, { report, profile }, asked?.explicit === true, pairedItem);
		return [[...(unknown ?? []), ...failed], applied, other];
	} finally {
		await connection.close();
	}
}

interface Asked {
	actions: Action[];
	/** Ids that the ledger does not know. */
	unknown: string[];
	/** Whether items named the actions: then each refusal is told, else only what is ours to do is looked at. */
	explicit: boolean;
}

async function askedFor(node: IExecuteFunctions, ledger: LedgerApi): Promise<Asked | undefined> {
	if (node.getNodeParameter('scope', 0) === 'due') return undefined;
	const ids = distinct(node.getInputData().map((item, index) => readLedgerItem(item, ledger.id, index).actionId));
	if (ids.length > 0) {
		const actions = await ledger.readActions({ actionIds: ids });
		const known = new Set(actions.map(({ id }) => id));
		return { actions, unknown: ids.filter((id) => !known.has(id)), explicit: true };
	}
	const planIds = await ledger.plansOfExecution(node.getExecutionId());
	const actions = await ledger.readActions({ planIds });
	const now = new Date().toISOString();
	const open = actions.filter(
		({ executionState, approvalState, content }) =>
			(executionState === 'planned' || executionState === 'failed') &&
			(approvalState === 'not_needed' || approvalState === 'approved') &&
			content.dueAt <= now,
	);
	return { actions: open, unknown: [], explicit: false };
}

/** Which incoming item an outgoing one belongs to; the first where none names the action. */
function pairing(node: IExecuteFunctions, ledger: LedgerApi): (actionId: string) => { item: number } {
	const ids = node.getInputData().map((item, index) => readLedgerItem(item, ledger.id, index).actionId);
	return (actionId) => ({ item: Math.max(0, ids.indexOf(actionId)) });
}

async function resultItems(
	ledger: LedgerApi,
	{ report, profile }: { report: ApplyReport; profile: object },
	explicit: boolean,
	pairedItem: (actionId: string) => { item: number },
): Promise<[INodeExecutionData[], INodeExecutionData[]]> {
	const refused = explicit ? report.refused : [];
	const ids = [...report.results.map(({ actionId }) => actionId), ...refused.map(({ id }) => id), ...report.unfinished];
	const actions = new Map((await ledger.readActions({ actionIds: ids })).map((action) => [action.id, action]));
	const item = (actionId: string, more: object): INodeExecutionData => {
		const action = actions.get(actionId);
		return {
			json: { ...(action ? actionItem(ledger.id, action) : { actionId }), ...toJson({ ...more, profile }) },
			pairedItem: pairedItem(actionId),
		};
	};
	const failed = report.results.filter((result) => !isInPlace(result));
	const applied = report.results.filter(isInPlace);
	return [
		[
			...failed.map((result) =>
				item(result.actionId, { ...outcomeOf(result), error: { code: result.code, message: result.note } }),
			),
			...refused.map(({ id, reason }) => item(id, { error: { code: 'LEDGER_REFUSED', message: reason } })),
			...report.unfinished.map((id) =>
				item(id, { error: { code: 'LEDGER_REFUSED', message: 'The lease ended before it was begun; run again.' } }),
			),
		],
		applied.map((result) => item(result.actionId, outcomeOf(result))),
	];
}

function isInPlace({ outcome }: AppliedAction): boolean {
	return outcome === 'verified' || outcome === 'applied';
}

function outcomeOf(result: AppliedAction): object {
	return { outcome: result.outcome, note: result.note, writes: result.writes, reads: result.reads };
}

function hint(application: string, { results, requests, refused }: ApplyReport): string {
	const count = (outcome: string) => results.filter((result) => result.outcome === outcome).length;
	const inPlace = results.filter(isInPlace);
	const written = inPlace.filter(({ writes }) => writes > 0).length;
	const conflicts = count('conflict') > 0 ? ` ${count('conflict')} ended as conflicts,` : '';
	return `${application}: ${inPlace.length} action(s) in place, ${written} of them by a write, ${count('failed')} failed,${conflicts} ${refused.length} not allowed by the ledger; ${requests.reads} read and ${requests.writes} write requests.`;
}
