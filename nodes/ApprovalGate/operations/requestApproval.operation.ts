import { randomBytes } from 'node:crypto';
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import {
	approvalLink,
	groupIntoRequests,
	latestDeadline,
	linksPerApprover,
	newToken,
	type ApproverLinks,
	type RefusedActions,
} from '../../../core/approval';
import type { Action, ApprovalRequest } from '../../../core/model';
import type { Bundle, LedgerApi } from '../../../core/store';
import { distinct, readLedgerItem, toJson } from '../../runtime/items';
import { ledgerOf } from '../../runtime/ledger';

const show = { operation: ['requestApproval'] };

export const description: INodeProperties[] = [
	{
		displayName:
			'Connect the output <b>Needs Approval</b> of Access Policy here. Send each link to its approver with any node (e-mail, Slack, Teams …), then add an Approval Gate with the operation <b>Wait for Decision</b>.',
		name: 'notice',
		type: 'notice',
		default: '',
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
			{
				displayName: 'Resume URL',
				name: 'resumeUrl',
				type: 'string',
				default: '={{ $execution.resumeUrl }}',
				description:
					'Address of this execution that the links lead to. Change it only where a proxy rewrites addresses.',
			},
		],
	},
];

export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const ledger = await ledgerOf(node);
	const actions = await actionsToAsk(node, ledger);
	const now = Date.now();
	const id = `apb_${randomBytes(12).toString('hex')}`;
	const { requests, refused } = groupIntoRequests(actions, { now, seed: id });
	const pairedItem = node.getInputData().map((_, item) => ({ item }));
	const output: INodeExecutionData[] = refused.map((entry) => ({ json: refusedItem(ledger, entry), pairedItem }));
	const deadline = latestDeadline(requests);
	if (deadline === undefined) return output;

	const resumeUrl = resumeUrlOf(node);
	const links = linksPerApprover(requests).map((link) => ({ ...link, ...newToken(randomBytes) }));
	// The links are made before the ledger knows of them: a URL that can't carry one fails here and leaves nothing behind.
	const urls = new Map(links.map((link) => [link.approver, approvalLink(resumeUrl, link.token)]));
	const bundle = await ledger.createBundle({
		id,
		executionId: node.getExecutionId(),
		workflowId: node.getWorkflow().id ?? 'unsaved',
		deadline,
		requests,
		tokens: links.map(({ approver, hash }) => ({ approver, hash })),
	});
	for (const link of links) {
		output.push({ json: linkItem(ledger, bundle, link, urls.get(link.approver) ?? '', actions), pairedItem });
	}
	return output;
}

async function actionsToAsk(node: IExecuteFunctions, ledger: LedgerApi): Promise<Action[]> {
	const ids = distinct(node.getInputData().map((item, index) => readLedgerItem(item, ledger.id, index).actionId));
	if (ids.length > 0) return await ledger.actionsToAsk({ actionIds: ids });
	return await ledger.actionsToAsk({ planIds: await ledger.plansOfExecution(node.getExecutionId()) });
}

function resumeUrlOf(node: IExecuteFunctions): string {
	const { resumeUrl } = node.getNodeParameter('options', 0, {}) as { resumeUrl?: string };
	if (resumeUrl !== undefined && resumeUrl !== '') return resumeUrl;
	const own = node.evaluateExpression('{{ $execution.resumeUrl }}', 0);
	return typeof own === 'string' ? own : '';
}

function linkItem(
	ledger: LedgerApi,
	bundle: Bundle,
	{ approver, requestIds }: ApproverLinks,
	link: string,
	actions: readonly Action[],
) {
	const requests = bundle.requests.filter((request) => requestIds.includes(request.id));
	const lines = requests.flatMap((request) => linesOf(request, actions));
	return toJson({
		ledger: ledger.id,
		approver,
		link,
		deadline: bundle.deadline,
		subject: `Approval asked: access of ${requests.map((request) => request.subject).join(', ')}`,
		message: `Your approval is asked for:\n${lines.join('\n')}\n\nDecide until ${bundle.deadline}:\n${link}`,
		requests: requests.map(({ id, subject, rule, expiresAt }) => ({ id, subject, rule, expiresAt })),
		bundleId: bundle.id,
	});
}

function linesOf(request: ApprovalRequest, actions: readonly Action[]): string[] {
	return request.actions.map(({ actionId }) => {
		const action = actions.find((candidate) => candidate.id === actionId);
		return `- ${request.subject}: ${action?.content.entitlement ?? action?.content.operation ?? actionId}`;
	});
}

function refusedItem(ledger: LedgerApi, entry: RefusedActions) {
	return toJson({
		ledger: ledger.id,
		error: { code: 'APPROVAL_INVALID', message: entry.reason, remedy: entry.remedy },
		...entry,
	});
}
