import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Finding, ReconcileOutcome, ReconcileRequest } from '../../../core/governance';
import { contentId, DomainError, type Action } from '../../../core/model';
import type { LedgerApi } from '../../../core/store';
import { actionItem } from '../../runtime/action-item';
import { toJson } from '../../runtime/items';
import { ledgerOf } from '../../runtime/ledger';
import { textParameter } from '../../runtime/parameters';
import { connect, USER_AGENT } from '../connection';
import { reconcileInThread } from '../thread';
import { CONCURRENCY, DEFAULT_CONCURRENCY } from '../concurrency';

const show = { resource: ['access'], operation: ['reconcile'] };
const DEFAULT_MAX_FINDINGS = 10_000;
const DEFAULT_REVIEW_DAYS = 90;
/** Pages of a large application: fewer requests than the usual hundred. */
const PAGE_SIZE = 200;

export const description: INodeProperties[] = [
	{
		displayName: 'Policy Name',
		name: 'policyName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. acme-access',
		displayOptions: { show },
		description:
			'Name as in the first line of the policy document. The version in force says which groups are governed.',
	},
	{
		displayName: 'Then',
		name: 'mode',
		type: 'options',
		options: [
			{
				name: 'Adopt What Was There',
				value: 'adopt',
				description:
					'Make accounts and memberships that were there before us grants of the ledger, each with an owner and a review date',
			},
			{
				name: 'Plan Corrections',
				value: 'plan',
				description:
					'Plan actions that bring the application back to the ledger. Guards and approvals apply as always.',
			},
			{ name: 'Report Only', value: 'report', description: 'Only say what is otherwise than the ledger has it' },
		],
		default: 'report',
		displayOptions: { show },
	},
	{
		displayName: 'Owner',
		name: 'owner',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. cto@example.com',
		displayOptions: { show: { ...show, mode: ['adopt'] } },
		description: 'Who answers for what was found until it is looked at: an address or group:NAME',
	},
	{
		displayName: 'Review By',
		name: 'reviewBy',
		type: 'dateTime',
		default: '',
		displayOptions: { show: { ...show, mode: ['adopt'] } },
		description: 'By when somebody has to have looked at what was found. In 90 days where empty.',
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
				displayName: 'Idle Days',
				name: 'idleDays',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 90,
				description: 'Accounts that nobody used for so many days are findings as well',
			},
			{
				displayName: 'Most Findings',
				name: 'maxFindings',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 100000 },
				default: 10000,
				description: 'Findings that leave the node at most. The summary always counts all of them.',
			},
		],
	},
];

/** Findings, Summary; of a plan also Ready and Needs Approval. The application is only read. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const ledger = await ledgerOf(node);
	const request = await requestOf(node, ledger);
	const options = node.getNodeParameter('options', 0, {}) as { concurrency?: number };
	const limits = { concurrency: options.concurrency ?? DEFAULT_CONCURRENCY, pageSize: PAGE_SIZE };
	const authentication = node.getNodeParameter('authentication', 0);
	const connection = await connect(node, { authentication, limits, ledger });
	const { client, http, auth, baseUrl, knowledge } = connection;
	const pairedItem = node.getInputData().map((_, item) => ({ item }));
	const outputs: INodeExecutionData[][] = request.mode === 'plan' ? [[], [], [], []] : [[], []];
	const head = { ledger: ledger.id, application: request.application };
	try {
		const outcome = await reconcileInThread(
			{ request, baseUrl, userAgent: USER_AGENT, limits, profile: client.profile, schemas: knowledge.schemas },
			{
				http,
				auth,
				ledger,
				onFindings: (findings: readonly Finding[]) => {
					for (const finding of findings) {
						outputs[0]?.push({ json: toJson({ ...head, type: 'finding', ...finding }), pairedItem });
					}
				},
				onProgress: ({ phase, done }) => node.sendMessageToUI(`${request.application}: ${phase} ${done}`),
			},
			node.getExecutionCancelSignal(),
		);
		await knowledge.keep(outcome.profile);
		const { plan, ...summary } = outcome;
		const planned = plan && { ...plan, actions: plan.actions.length, blocked: plan.blocked.length };
		outputs[1]?.push({ json: toJson({ ...head, ...summary, ...(planned && { plan: planned }) }), pairedItem });
		for (const action of plan?.actions ?? []) {
			const isSaved = plan?.saved === true;
			const json = { ...actionItem(ledger.id, action), type: 'action', ...(!isSaved && { dryRun: true }) };
			outputs[isSaved ? outputOf(action) : 0]?.push({ json, pairedItem });
		}
		node.addExecutionHints(hintOf(outcome));
		return outputs;
	} finally {
		await connection.close();
	}
}

/** What guards stopped waits on the harmless output, beside what is only shown. */
function outputOf({ executionState, approvalState }: Action): number {
	if (executionState === 'blocked') return 0;
	return approvalState === 'pending' ? 3 : 2;
}

async function requestOf(node: IExecuteFunctions, ledger: LedgerApi): Promise<ReconcileRequest> {
	const application = required(node, 'application', 'Application');
	const name = required(node, 'policyName', 'Policy Name');
	const mode = node.getNodeParameter('mode', 0) as ReconcileRequest['mode'];
	const options = node.getNodeParameter('options', 0, {}) as { idleDays?: number; maxFindings?: number };
	const version = await ledger.readPolicy({ name });
	if (version === undefined) {
		throw new DomainError(
			'POLICY_INVALID',
			`Parameter "Policy Name": the ledger has no policy "${name.slice(0, 100)}" in force.`,
			'Check the name, or publish the policy by Access Policy.',
		);
	}
	const asOf = new Date().toISOString();
	const executionId = node.getExecutionId();
	return {
		application,
		policy: version.source,
		mode,
		asOf,
		maxFindings: options.maxFindings ?? DEFAULT_MAX_FINDINGS,
		run: contentId('rec', [executionId, node.getNode().name, asOf]),
		executionId,
		...(options.idleDays !== undefined && { idleDays: options.idleDays }),
		...(mode === 'adopt' && { owner: required(node, 'owner', 'Owner'), reviewBy: reviewBy(node, asOf) }),
	};
}

function required(node: IExecuteFunctions, name: string, label: string): string {
	const text = textParameter(node, name).trim();
	if (text !== '') return text;
	throw new DomainError('INPUT_INVALID', `Parameter "${label}" is empty.`, `Enter a value for "${label}".`);
}

function reviewBy(node: IExecuteFunctions, asOf: string): string {
	const written = textParameter(node, 'reviewBy').trim();
	if (written === '') return new Date(Date.parse(asOf) + DEFAULT_REVIEW_DAYS * 86_400_000).toISOString();
	const at = Date.parse(written);
	if (!Number.isNaN(at) && at > Date.parse(asOf)) return new Date(at).toISOString();
	throw new DomainError(
		'INPUT_INVALID',
		'Parameter "Review By" is no date, or it has passed.',
		'Enter a date to come, e.g. 2027-02-28.',
	);
}

function hintOf(outcome: ReconcileOutcome): { message: string; type: 'info' | 'warning'; location: 'outputPane' } {
	const { application, counts, complete, reasons, plan, adopted, requests } = outcome;
	const found = Object.entries(counts)
		.filter(([name, count]) => count > 0 && !['accounts', 'active', 'desired', 'matched'].includes(name))
		.map(([name, count]) => `${count} ${name.replace('_', ' ')}`);
	const parts = [
		`${application}: ${counts['accounts'] ?? 0} account(s) read with ${requests.reads} requests`,
		found.length === 0 ? 'nothing found' : found.join(', '),
		...(plan === undefined ? [] : [planned(plan)]),
		...(adopted === undefined ? [] : [`${adopted.grants} grant(s) of ${adopted.people} people adopted`]),
	];
	const unread = complete ? '' : ` Not everything could be read, so nothing is taken away: ${reasons.join(' ')}`;
	const stopped = plan?.halted.map((message) => ` ${message}`).join('') ?? '';
	return {
		message: `${parts.join('; ')}.${unread}${stopped}`,
		type: complete ? 'info' : 'warning',
		location: 'outputPane',
	};
}

function planned({ actions, saved, left }: NonNullable<ReconcileOutcome['plan']>): string {
	const would = saved || actions.length === 0 ? 'planned' : 'would be planned, but the application is only recorded';
	return `${actions.length} correction(s) ${would}${left > 0 ? `, ${left} left for the next run` : ''}`;
}
