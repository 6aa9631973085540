import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { AccessAsked, AccessRequested, AccessRequestInput } from '../../../core/store';
import { requiredText, textParameter } from '../../runtime/parameters';
import { askForAll, type Allowed, type Permitted } from '../asking';
import { entitlementsField, personFields, policyField, saidBy, untilField } from '../fields';

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
	return await askForAll(node, {
		read: (index) => {
			const exception = node.getNodeParameter('kind', index) === 'exception';
			return {
				kind: exception ? 'exception' : 'request',
				by: requiredText(node, 'requestedBy', 'Requested By', index),
				reason: requiredText(node, 'reason', 'Reason', index).slice(0, 2_000),
				until: textParameter(node, 'until', index),
				...(exception && { owner: requiredText(node, 'owner', 'Owner', index) }),
			};
		},
		record: (permitted) =>
			[...byEnd(permitted.allowed)].map(([until, entitlements]): AccessAsked => ({
				kind: 'request',
				request: requestOf(permitted, entitlements, until),
			})),
		items: (recorded) => (recorded.kind === 'request' ? recorded.requested.map(shown) : []),
	});
}

function requestOf(
	{ identityId, kind, by, reason, owner, now, policyHash }: Permitted,
	entitlements: readonly string[],
	until: string | undefined,
): AccessRequestInput {
	return {
		identityId,
		entitlements,
		kind: kind === 'exception' ? 'exception' : 'request',
		requestedBy: by,
		reason,
		...(owner === undefined ? {} : { owner }),
		validFrom: now,
		...(until === undefined ? {} : { validUntil: until }),
		policyHash,
	};
}

function byEnd(allowed: readonly Allowed[]): Map<string | undefined, string[]> {
	const groups = new Map<string | undefined, string[]>();
	for (const { entitlement, until } of allowed) groups.set(until, [...(groups.get(until) ?? []), entitlement]);
	return groups;
}

function shown({ status, requestId, assignment }: AccessRequested): object {
	return {
		type: 'request',
		status,
		requestId,
		identityId: assignment.identityId,
		entitlement: assignment.entitlement,
		from: assignment.validFrom,
		until: assignment.validUntil,
		source: assignment.source,
	};
}
