import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { DomainError } from '../../../core/model';
import type { LedgerApi } from '../../../core/store';
import { readLedgerItem, toJson } from '../../runtime/items';
import { ledgerOf } from '../../runtime/ledger';
import { policyHeadOf } from '../../runtime/policy-worker';
import { saidBy } from '../fields';
import { perItem } from '../per-item';
import { requiredText, textParameter } from '../../runtime/parameters';

const show = { operation: ['resolve'] };

export const description: INodeProperties[] = [
	{
		displayName: 'What',
		name: 'what',
		type: 'options',
		options: [
			{ name: 'Break Glass', value: 'breakGlass', description: 'Emergency access that has to be looked at afterwards' },
			{
				name: 'Finding',
				value: 'finding',
				description: 'Something wrong with HR data, or a person who is not certain',
			},
			{ name: 'Guard Halt', value: 'halt', description: 'Actions that a guard stopped' },
			{ name: 'Snapshot Halt', value: 'feed', description: 'A snapshot of a feed that was not believed' },
		],
		default: 'halt',
		displayOptions: { show },
	},
	{
		displayName: 'ID',
		name: 'resolveId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. hlt_2f6c…',
		displayOptions: { show },
		description: 'ID of the halt, finding or emergency access, as the item or the audit record names it',
	},
	{
		displayName: 'Decision',
		name: 'decision',
		type: 'options',
		options: [
			{
				name: 'Cancel',
				value: 'cancel',
				description: 'It was wrong: the actions are cancelled, the snapshot is passed over',
			},
			{
				name: 'Resume',
				value: 'resume',
				description: 'It was right: the actions may go on, the next snapshot is believed',
			},
		],
		default: 'cancel',
		displayOptions: { show: { ...show, what: ['halt', 'feed'] } },
	},
	{
		displayName: 'Outcome',
		name: 'reviewOutcome',
		type: 'options',
		options: [
			{ name: 'Justified', value: 'justified' },
			{ name: 'Unjustified', value: 'unjustified' },
		],
		default: 'justified',
		displayOptions: { show: { ...show, what: ['breakGlass'] } },
	},
	{
		displayName: 'Person Is',
		name: 'personIs',
		type: 'options',
		options: [
			{ name: 'A Known Person', value: 'known', description: 'The event belongs to the identity given below' },
			{
				name: 'A New Person',
				value: 'new',
				description: 'The event belongs to somebody whom the ledger does not know',
			},
			{ name: 'Nobody', value: 'dismiss', description: 'The event is dropped' },
			{ name: 'Not Asked', value: 'none', description: 'The finding is not about who somebody is' },
		],
		default: 'none',
		displayOptions: { show: { ...show, what: ['finding'] } },
	},
	{
		displayName: 'Identity ID',
		name: 'matchedIdentityId',
		type: 'string',
		default: '',
		required: true,
		displayOptions: { show: { ...show, what: ['finding'], personIs: ['known'] } },
		description: 'ID of the ledger: one of the candidates that the finding names',
	},
	{
		displayName: 'Policy Name',
		name: 'findingPolicy',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. acme-access',
		displayOptions: { show: { ...show, what: ['finding'] } },
		description: 'Policy that says how attributes are read',
	},
	...saidBy(show, 'resolvedBy', 'Resolved By', 'E-mail address of who decides'),
];

/** A person's word on what waits for one. Always with a reason, always in the audit log. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const ledger = await ledgerOf(node);
	return await perItem(node, async (index) => {
		const item = node.getInputData()[index];
		if (item) readLedgerItem(item, ledger.id, index);
		const what = textParameter(node, 'what', index);
		const id = requiredText(node, 'resolveId', 'ID', index);
		const by = requiredText(node, 'resolvedBy', 'Resolved By', index);
		const reason = requiredText(node, 'reason', 'Reason', index).slice(0, 2_000);
		const resolved = await resolve(node, ledger, { what, id, by, reason, index });
		return resolved.map((json) => ({
			json: toJson({ ledger: ledger.id, type: 'resolved', what, id, ...json }),
			pairedItem: { item: index },
		}));
	});
}

interface Word {
	what: string;
	id: string;
	by: string;
	reason: string;
	index: number;
}

async function resolve(node: IExecuteFunctions, ledger: LedgerApi, word: Word): Promise<object[]> {
	const { what, id, by, reason, index } = word;
	switch (what) {
		case 'halt': {
			const decision = decisionOf(node, index);
			return [{ decision, ...(await ledger.resolveHalt({ id, decision, by, reason })) }];
		}
		case 'feed': {
			const decision = decisionOf(node, index);
			await ledger.resolveFeedHalt({ id, decision, by, reason });
			return [{ decision }];
		}
		case 'breakGlass': {
			const outcome = node.getNodeParameter('reviewOutcome', index) === 'unjustified' ? 'unjustified' : 'justified';
			await ledger.reviewBreakGlass({ id, outcome, by, reason });
			return [{ outcome }];
		}
		case 'finding':
			return await resolveFinding(node, ledger, word);
		default:
			throw new DomainError(
				'INPUT_INVALID',
				`Parameter "What": there is no "${what.slice(0, 60)}" to resolve.`,
				'Choose halt, feed, finding or breakGlass.',
			);
	}
}

function decisionOf(node: IExecuteFunctions, index: number): 'resume' | 'cancel' {
	const decision = node.getNodeParameter('decision', index);
	if (decision === 'resume' || decision === 'cancel') return decision;
	throw new DomainError('INPUT_INVALID', 'Parameter "Decision" is neither resume nor cancel.', 'Choose one of them.');
}

/** One item an event that it let go on; a finding that held nothing up gives one item. */
async function resolveFinding(node: IExecuteFunctions, ledger: LedgerApi, word: Word): Promise<object[]> {
	const { id, by, reason, index } = word;
	const name = requiredText(node, 'findingPolicy', 'Policy Name', index);
	const version = await ledger.readPolicy({ name });
	if (!version) {
		throw new DomainError(
			'POLICY_INVALID',
			`Parameter "Policy Name": the ledger has no policy "${name.slice(0, 100)}" in force.`,
			'Check the name, or publish the policy by Access Policy.',
		);
	}
	const is = node.getNodeParameter('personIs', index);
	const person =
		is === 'known'
			? { identityId: requiredText(node, 'matchedIdentityId', 'Identity ID', index) }
			: is === 'new' || is === 'dismiss'
				? is
				: undefined;
	const receipts = await ledger.resolveFinding({
		findingId: id,
		by,
		reason,
		policyView: (await policyHeadOf(version.source)).view,
		...(person === undefined ? {} : { person }),
	});
	if (receipts.length === 0) return [{ decision: textParameter(node, 'personIs', index, 'none') }];
	return receipts.flatMap((receipt) =>
		receipt.identityIds.map((identityId) => ({ eventId: receipt.eventId, status: receipt.status, identityId })),
	);
}
