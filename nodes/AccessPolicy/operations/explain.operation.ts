import { DateTime } from 'luxon';
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { compiledPolicy, explainAccess } from '../../../core/governance';
import { DomainError } from '../../../core/model';
import { parsePolicy } from '../../../core/policy';
import type { LedgerApi } from '../../../core/store';
import { errorItem, toNodeError } from '../../runtime/errors';
import { readLedgerItem, toJson } from '../../runtime/items';
import { ledgerOf } from '../../runtime/ledger';
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
	const source = await policyText(node, ledger);
	const { hash } = parsePolicy(source);
	const compiled = compiledPolicy(source, hash);
	const output: INodeExecutionData[] = [];
	for (const [index, item] of node.getInputData().entries()) {
		try {
			readLedgerItem(item, ledger.id, index);
			const entitlement = textParameter(node, 'entitlement', index);
			const at = momentOf(node, 'at', 'At', index) ?? new Date().toISOString();
			const knownAt = momentOf(node, 'knownAt', 'As Known At', index);
			const answers = await explainAccess(ledger, {
				compiled,
				identityId: await personOf(node, ledger, index),
				...(entitlement !== '' && { entitlement }),
				at,
				...(knownAt !== undefined && { knownAt }),
			});
			for (const answer of answers) {
				output.push({ json: toJson({ ledger: ledger.id, ...answer }), pairedItem: { item: index } });
			}
		} catch (error) {
			if (!node.continueOnFail()) throw toNodeError(node.getNode(), error, index);
			output.push(errorItem(error, index));
		}
	}
	return [output];
}

async function personOf(node: IExecuteFunctions, ledger: LedgerApi, index: number): Promise<string> {
	const kind = textParameter(node, 'lookUpBy', index, 'email');
	const written = textParameter(node, 'person', index).trim();
	if (written === '') {
		throw new DomainError('INPUT_INVALID', 'Parameter "Person" is empty.', 'Name the person, e.g. by e-mail address.');
	}
	if (kind === 'identityId') return written;
	const found = await ledger.identityByKey({ kind, value: kind === 'email' ? written.toLowerCase() : written });
	if (found !== undefined) return found;
	throw new DomainError(
		'INPUT_INVALID',
		'Parameter "Person": the ledger knows nobody under this key.',
		'Check it. People become known by an HR event, or by a contract that names them.',
	);
}

/** n8n's date fields give local times of the workflow or instants; both are read in the workflow's zone. */
function momentOf(node: IExecuteFunctions, name: string, label: string, index: number): string | undefined {
	const written = textParameter(node, name, index).trim();
	if (written === '') return undefined;
	const time = DateTime.fromISO(written.replace(' ', 'T'), { zone: node.getTimezone() });
	if (time.isValid) return new Date(time.toMillis()).toISOString();
	throw new DomainError('INPUT_INVALID', `Parameter "${label}" is no date.`, 'Write it like 2026-11-20T09:00:00Z.');
}
