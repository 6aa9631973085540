import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import {
	decisionPageModel,
	hashToken,
	parseDecisionForm,
	readToken,
	renderDecisionPage,
	renderDonePage,
	renderProblemPage,
	type Page,
	type ProblemKind,
} from '../../core/approval';
import type { Vote } from '../../core/model';
import type { ApproverView, LedgerApi } from '../../core/store';
import { ledgerOf } from '../runtime/ledger';
import { decisionItems } from './decision-items';

/**
 * What an approver's link leads to: GET shows, POST decides. Mail scanners open links, so a GET never decides.
 * Nothing may be thrown here: n8n would wake the workflow on its first output. Whatever goes wrong shows a page and
 * leaves the wait as it is.
 */
export async function answerApprover(node: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		return await answer(node);
	} catch {
		return safeProblem(node, 'store_failed');
	}
}

async function answer(node: IWebhookFunctions): Promise<IWebhookResponseData> {
	const ledger = await ledgerOf(node);
	const token = readToken(node.getQueryData());
	if (token === undefined) return show(node, renderProblemPage('unknown_link'));
	const view = await ledger.approverView(hashToken(token));
	if (view?.bundle.executionId !== node.getExecutionId()) return show(node, renderProblemPage('unknown_link'));
	const method = node.getRequestObject().method;
	if (method === 'POST') return await decide(node, ledger, view, hashToken(token));
	return show(node, pageFor(node, view));
}

function pageFor(node: IWebhookFunctions, view: ApproverView): Page {
	const problem = problemOf(view);
	if (problem !== undefined) return renderProblemPage(problem);
	const open = view.requests.filter(({ request }) => request.state === 'pending');
	return renderDecisionPage(
		decisionPageModel({
			workflow: node.getWorkflow().name ?? 'Unnamed workflow',
			approver: view.approver,
			zone: node.getTimezone(),
			requests: open.map(({ request }) => request),
			actions: open.flatMap(({ actions }) => actions),
		}),
	);
}

function problemOf(view: ApproverView): ProblemKind | undefined {
	if (view.usedAt !== undefined) return 'already_used';
	if (view.bundle.deadline <= new Date().toISOString()) return 'expired';
	if (view.requests.every(({ request }) => request.state !== 'pending')) return 'already_decided';
	return undefined;
}

async function decide(
	node: IWebhookFunctions,
	ledger: LedgerApi,
	view: ApproverView,
	tokenHash: string,
): Promise<IWebhookResponseData> {
	const request = node.getRequestObject();
	await request.readRawBody();
	const open = view.requests
		.filter(({ request: asked }) => asked.state === 'pending')
		.map(({ request: asked }) => asked.id);
	const form = parseDecisionForm(request.rawBody, open);
	if (!form.ok && form.problem === 'too_large') return show(node, renderProblemPage('too_large'));
	// A used or expired link is said to be so even where its form is empty: the ledger looks at that first.
	const decisions: ReadonlyMap<string, Vote> = form.ok ? form.decisions : new Map();
	const outcome = await ledger.castVotes({
		tokenHash,
		executionId: node.getExecutionId(),
		decisions,
		...(form.ok && form.comment !== undefined ? { comment: form.comment } : {}),
	});
	const page =
		outcome.status === 'recorded'
			? renderDonePage({
					workflow: node.getWorkflow().name ?? 'Unnamed workflow',
					votes: view.requests.flatMap(({ request: asked }) => {
						const vote = decisions.get(asked.id);
						return vote === undefined ? [] : [{ subject: asked.subject, vote }];
					}),
					waitsForOthers: outcome.bundleState === 'open',
				})
			: renderProblemPage(PROBLEM_PAGES[outcome.status]);
	if (!outcome.resume) return show(node, page);
	// Everything that can fail is done before the answer is sent and the workflow is woken.
	const workflowData = await decisionItems(ledger, view.bundle.id, view.bundle.executionId);
	return { ...show(node, page), workflowData };
}

const PROBLEM_PAGES: Record<'unknown_link' | 'already_used' | 'expired' | 'stale' | 'incomplete', ProblemKind> = {
	unknown_link: 'unknown_link',
	already_used: 'already_used',
	expired: 'expired',
	stale: 'changed',
	incomplete: 'bad_form',
};

function show(node: IWebhookFunctions, page: Page): IWebhookResponseData {
	const response = node.getResponseObject();
	response.status(page.status);
	for (const [name, value] of Object.entries(page.headers)) response.setHeader(name, value);
	response.end(node.getRequestObject().method === 'HEAD' ? undefined : page.body);
	return { noWebhookResponse: true };
}

function safeProblem(node: IWebhookFunctions, kind: ProblemKind): IWebhookResponseData {
	try {
		return show(node, renderProblemPage(kind));
	} catch {
		// The answer was already on its way; the wait stays as it is.
		return { noWebhookResponse: true };
	}
}
