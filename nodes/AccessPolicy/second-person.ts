import { randomBytes } from 'node:crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { approvalLink, newToken } from '../../core/approval';
import { DomainError } from '../../core/model';
import { addDuration, parseAddress } from '../../core/policy';
import type { LedgerApi, PolicyPublication } from '../../core/store';
import { toJson } from '../runtime/items';
import { textParameter } from '../runtime/parameters';

/**
 * Asks people by the approval gate to agree to a policy version that waits: one link each, to be sent by any node. What is
 * decided by link is proved, and comes into force with the deciding vote.
 */
export async function askByGate(
	node: IExecuteFunctions,
	ledger: LedgerApi,
	{ name, number, author, hash }: PolicyPublication,
): Promise<IDataObject[]> {
	const approvers = addresses(textParameter(node, 'approvers'));
	const authorConfirms = node.getNodeParameter('authorConfirms', 0, false) === true;
	const asked = [...approvers.filter((each) => each !== author.toLowerCase()), ...(authorConfirms ? [author] : [])];
	const links = [...new Set(asked.map((each) => each.toLowerCase()))].map((approver) => ({
		approver,
		...newToken(randomBytes),
	}));
	// A URL that can't carry a link fails here and leaves nothing behind.
	const urls = new Map(links.map((link) => [link.approver, approvalLink(resumeUrlOf(node), link.token)]));
	const deadline = deadlineOf(textParameter(node, 'decideWithin', 0, 'P3D'));
	const bundle = await ledger.askForPolicy({
		name,
		number,
		approvers,
		authorConfirms,
		bundleId: `apb_${randomBytes(12).toString('hex')}`,
		requestId: `req_${randomBytes(12).toString('hex')}`,
		executionId: node.getExecutionId(),
		workflowId: node.getWorkflow().id ?? 'unsaved',
		deadline,
		tokens: links.map((link) => ({ approver: link.approver, hash: link.hash })),
	});
	return links.map(({ approver }) => {
		const link = urls.get(approver) ?? '';
		const what = `Policy ${name}, version ${number}, hash ${hash}`;
		return toJson({
			ledger: ledger.id,
			type: 'approvalLink',
			approver,
			link,
			deadline,
			subject: `Approval asked: policy ${name}, version ${number}`,
			message: `Your agreement is asked for:\n- ${what}, by ${author}\n\nDecide until ${deadline}:\n${link}`,
			bundleId: bundle.id,
			name,
			number,
			hash,
		});
	});
}

function addresses(written: string): string[] {
	const parts = written.split(',').map((part) => part.trim());
	const read = parts.filter((part) => part !== '').map((part) => parseAddress(part));
	if (read.length > 0 && read.every((each) => each !== undefined)) return read;
	throw new DomainError(
		'INPUT_INVALID',
		'Parameter "Approvers" is empty or holds something that is no e-mail address.',
		'Enter e-mail addresses, several separated by commas.',
	);
}

function deadlineOf(duration: string): string {
	const now = new Date().toISOString();
	const fault = () =>
		new DomainError(
			'INPUT_INVALID',
			'Parameter "Decide Within" is no duration.',
			'Write an ISO 8601 duration such as P3D or PT4H.',
		);
	if (!/^P(?=.)(?:\d+[YMWD])*(?:T(?:\d+[HMS])+)?$/.test(duration.trim())) throw fault();
	const deadline = addDuration(now, duration.trim(), 'UTC', 'end');
	if (deadline <= now) throw fault();
	return deadline;
}

function resumeUrlOf(node: IExecuteFunctions): string {
	const own = node.evaluateExpression('{{ $execution.resumeUrl }}', 0);
	return typeof own === 'string' ? own : '';
}
