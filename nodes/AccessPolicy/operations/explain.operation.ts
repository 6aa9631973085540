import { DateTime } from 'luxon';
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { explainAccess, type AccessQuestion } from '../../../core/governance';
import { DomainError } from '../../../core/model';
import { ItemErrors } from '../../runtime/item-errors';
import { toJson } from '../../runtime/items';
import { ledgerOf } from '../../runtime/ledger';
import { peopleOf } from '../../runtime/people';
import { computeInWorker, policyHeadOf } from '../../runtime/policy-worker';
import { textParameter } from '../../runtime/parameters';
import { policyText } from '../policy-source';

const show = { operation: ['explain'] };

export const description: INodeProperties[] = [
	{
		displayName: 'Look Up Person By',
		name: 'lookUpBy',
		type: 'options',
		options: [
			{ name: 'Email', value: 'email' },
			{ name: 'HR ID', value: 'hrId', description: 'ID of the HR system' },
			{ name: 'Identity ID', value: 'identityId', description: 'ID of the ledger, as items carry it' },
		],
		default: 'email',
		displayOptions: { show },
	},
	{
		displayName: 'Person',
		name: 'person',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. ada@example.com',
		displayOptions: { show },
		description: 'Whose access it is about',
	},
	{
		displayName: 'Entitlement',
		name: 'entitlement',
		type: 'string',
		default: '',
		placeholder: 'e.g. github/admin',
		displayOptions: { show },
		description: 'One entitlement. Where empty, all that the person holds, earns or is kept from.',
	},
	{
		displayName: 'At',
		name: 'at',
		type: 'dateTime',
		default: '',
		displayOptions: { show },
		description: 'Moment that is asked about. Where empty, now.',
	},
	{
		displayName: 'As Known At',
		name: 'knownAt',
		type: 'dateTime',
		default: '',
		displayOptions: { show },
		description: 'What was learnt later does not count. Where empty, the moment that is asked about.',
	},
];

/** One item an entitlement: what earns it, what keeps it away, and of every other rule the clause that does not hold. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const ledger = await ledgerOf(node);
	const policy = await policyText(node, ledger);
	const { hash: policyHash } = await policyHeadOf(policy);
	const now = new Date().toISOString();
	const items = new ItemErrors(node);
	const people = await peopleOf(node, ledger, items, 'email');
	const questions = items.each(people, (identityId, index): AccessQuestion => {
		const entitlement = textParameter(node, 'entitlement', index);
		const knownAt = momentOf(node, 'knownAt', 'As Known At', index);
		return {
			identityId,
			...(entitlement !== '' && { entitlement }),
			at: momentOf(node, 'at', 'At', index) ?? now,
			...(knownAt !== undefined && { knownAt }),
		};
	});
	const indexes = [...questions.keys()];
	const asked = { policy, policyHash, questions: [...questions.values()] };
	const answers = await explainAccess(ledger, computeInWorker, asked);
	const output = answers.flatMap((found, position) => {
		const item = indexes[position] ?? 0;
		return found.map((answer) => ({ json: toJson({ ledger: ledger.id, ...answer }), pairedItem: { item } }));
	});
	return [items.inOrder(output)];
}

/** n8n's date fields give local times of the workflow or instants; both are read in the workflow's zone. */
function momentOf(node: IExecuteFunctions, name: string, label: string, index: number): string | undefined {
	const written = textParameter(node, name, index).trim();
	if (written === '') return undefined;
	const time = DateTime.fromISO(written.replace(' ', 'T'), { zone: node.getTimezone() });
	if (time.isValid) return new Date(time.toMillis()).toISOString();
	throw new DomainError('INPUT_INVALID', `Parameter "${label}" is no date.`, 'Write it like 2026-11-20T09:00:00Z.');
}
