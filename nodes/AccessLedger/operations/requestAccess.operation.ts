import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { exceptionAllowed, requestAllowed } from '../../../core/requests';
import type { AccessRequested, LedgerApi } from '../../../core/store';
import { toJson } from '../../runtime/items';
import { ledgerOf } from '../../runtime/ledger';
import { textParameter } from '../../runtime/parameters';
import { entitlementsField, personFields, policyField, saidBy, untilField } from '../fields';
import { attributesOf, namesParameter, personOf, policyInForce, requiredText, type PolicyInForce } from '../given';
import { perItem } from '../per-item';

const show = { operation: ['requestAccess'] };

export const description: INodeProperties[] = [
	...personFields(show),
	entitlementsField(show),
	policyField(show),
	{
		displayName: 'As',
		name: 'kind',
		type: 'options',
		options: [
			{
				name: 'Exception',
				value: 'exception',
				description: 'Access that nobody may ask for by the policy: with an owner and an end',
			},
			{ name: 'Request', value: 'request', description: 'Access that the policy lets people ask for' },
		],
		default: 'request',
		displayOptions: { show },
	},
	...saidBy(
		show,
		'requestedBy',
		'Requested By',
		'E-mail address of who asks. Both they and the person have to be allowed.',
	),
	{
		displayName: 'Owner',
		name: 'owner',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. cto@example.com',
		displayOptions: { show: { ...show, kind: ['exception'] } },
		description: 'Who answers for the exception',
	},
	untilField(show, false),
];

/** What is asked for is assigned; Access Policy then plans it, with whatever approvals the policy wants. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const ledger = await ledgerOf(node);
	const policies = new Map<string, PolicyInForce>();
	return await perItem(node, async (index) => {
		const entitlements = namesParameter(node, 'entitlements', 'Entitlements', index);
		const { compiled, hash } = await policyInForce(node, ledger, index, policies);
		const person = await personOf(node, ledger, index, compiled.policy);
		const requestedBy = requiredText(node, 'requestedBy', 'Requested By', index);
		const reason = requiredText(node, 'reason', 'Reason', index).slice(0, 2_000);
		const exception = node.getNodeParameter('kind', index) === 'exception';
		const owner = exception ? requiredText(node, 'owner', 'Owner', index) : undefined;
		const now = new Date().toISOString();
		const asked = {
			compiled,
			person: person.attributes,
			requester: await attributesOf(ledger, requestedBy, person, compiled.policy),
			until: textParameter(node, 'until', index),
			now,
		};
		// All of them are looked at before any is written.
		const allowed = entitlements.map((entitlement) => ({
			entitlement,
			...(owner === undefined
				? requestAllowed({ ...asked, entitlement })
				: exceptionAllowed({ ...asked, entitlement, owner })),
		}));
		const requested: AccessRequested[] = [];
		for (const [until, names] of byEnd(allowed)) {
			requested.push(
				...(await ledger.requestAccess({
					identityId: person.identityId,
					entitlements: names,
					kind: exception ? 'exception' : 'request',
					requestedBy,
					reason,
					...(owner === undefined ? {} : { owner }),
					validFrom: now,
					...(until === undefined ? {} : { validUntil: until }),
					policyHash: hash,
				})),
			);
		}
		return itemsOf(ledger, requested, index);
	});
}

function byEnd(allowed: ReadonlyArray<{ entitlement: string; until?: string }>): Map<string | undefined, string[]> {
	const groups = new Map<string | undefined, string[]>();
	for (const { entitlement, until } of allowed) groups.set(until, [...(groups.get(until) ?? []), entitlement]);
	return groups;
}

function itemsOf(ledger: LedgerApi, requested: readonly AccessRequested[], index: number): INodeExecutionData[] {
	return requested.map(({ status, requestId, assignment }) => ({
		json: toJson({
			ledger: ledger.id,
			type: 'request',
			status,
			requestId,
			identityId: assignment.identityId,
			entitlement: assignment.entitlement,
			from: assignment.validFrom,
			until: assignment.validUntil,
			source: assignment.source,
		}),
		pairedItem: { item: index },
	}));
}
