import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { DomainError } from '../../../core/model';
import { isActive, mapBounded, readAccount, rolesShown } from '../../../core/scim';
import type { LedgerApi, LedgerAccount } from '../../../core/store';
import { distinct, readLedgerItem, toJson } from '../../runtime/items';
import { ledgerOf } from '../../runtime/ledger';
import { textParameter } from '../../runtime/parameters';
import { DEFAULT_CONCURRENCY } from '../concurrency';
import { connect } from '../connection';

const show = { resource: ['access'], operation: ['verify'] };

export const VERIFY_OUTPUTS = ['Still Active', 'Inactive'] as const;

export const description: INodeProperties[] = [
	{
		displayName: 'Accounts',
		name: 'accountsOf',
		type: 'options',
		options: [
			{
				name: 'All That Should Be Inactive',
				value: 'inactive',
				description: 'Every account that the ledger has disabled in this application',
			},
			{ name: 'Of the People in the Items', value: 'items', description: 'Items name them by identityId' },
		],
		default: 'items',
		displayOptions: { show },
	},
];

type Verdict = 'still_active' | 'inactive' | 'gone' | 'unknown';

/** Looks at each account again, in the application itself, and flags who can still get in. Nothing is written there. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const ledger = await ledgerOf(node);
	const application = textParameter(node, 'application').trim();
	if (application === '') {
		throw new DomainError('INPUT_INVALID', 'Parameter "Application" is empty.', 'Enter its name as in the policy.');
	}
	const accounts = await accountsToVerify(node, ledger, application);
	const connection = await connect(node, {
		authentication: node.getNodeParameter('authentication', 0),
		limits: { concurrency: DEFAULT_CONCURRENCY },
		ledger,
	});
	try {
		const seen = await mapBounded(accounts, DEFAULT_CONCURRENCY, async (account) => {
			const resource = await readAccount(connection.client, account.remoteId);
			const roles = resource === undefined ? [] : rolesShown(connection.client, resource);
			return { account, verdict: verdictOf(resource), roles };
		});
		await ledger.appendAll(seen.map(({ account, verdict }) => recordOf(node, application, account, verdict)));
		const outputs: INodeExecutionData[][] = [[], []];
		const pairedItem = node.getInputData().map((_, item) => ({ item }));
		for (const { account, verdict, roles } of seen) {
			const left = roles.length === 0 ? {} : { rolesLeft: roles };
			const says = `${SAYS[verdict]}${roles.length === 0 ? '' : ` It still shows roles: ${roles.join(', ')}.`}`;
			const json = toJson({ ledger: ledger.id, application, ...account, verdict, says, ...left });
			outputs[verdict === 'still_active' || verdict === 'unknown' ? 0 : 1]?.push({ json, pairedItem });
		}
		const open = outputs[0]?.length ?? 0;
		node.addExecutionHints({
			message: `${application}: ${seen.length} account(s) looked at, ${open} of them may still let somebody in.`,
			type: open > 0 ? 'danger' : 'info',
			location: 'outputPane',
		});
		return outputs;
	} finally {
		await connection.close();
	}
}

const SAYS: Readonly<Record<Verdict, string>> = {
	still_active: 'The application lets this account in.',
	inactive: 'The application shows the account as inactive.',
	gone: 'The application knows no such account any more.',
	unknown: 'The application does not show whether the account is active: look there.',
};

async function accountsToVerify(
	node: IExecuteFunctions,
	ledger: LedgerApi,
	application: string,
): Promise<LedgerAccount[]> {
	if (node.getNodeParameter('accountsOf', 0) === 'inactive') {
		return (await ledger.accountsIn({ application })).filter(({ active }) => !active);
	}
	const ids = distinct(
		node.getInputData().map((item, index) => {
			readLedgerItem(item, ledger.id, index);
			const { identityId } = item.json;
			return typeof identityId === 'string' && identityId !== '' ? identityId : undefined;
		}),
	);
	if (ids.length > 0) return await ledger.accountsIn({ application, identityIds: ids });
	throw new DomainError(
		'INPUT_INVALID',
		'None of the items names a person (identityId).',
		'Connect a SCIM, Access Policy or Access Ledger node before this one, or verify all accounts.',
	);
}

function verdictOf(resource: Awaited<ReturnType<typeof readAccount>>): Verdict {
	if (resource === undefined) return 'gone';
	const active = isActive(resource);
	return active === undefined ? 'unknown' : active ? 'still_active' : 'inactive';
}

function recordOf(node: IExecuteFunctions, application: string, { identityId }: LedgerAccount, verdict: Verdict) {
	return {
		type: 'account.looked_at',
		actor: { kind: 'node' as const, id: `execution:${node.getExecutionId()}` },
		occurredAt: new Date().toISOString(),
		refs: { identity: identityId },
		data: { application, verdict },
	};
}
