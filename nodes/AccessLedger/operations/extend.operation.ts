import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { AccessAsked } from '../../../core/store';
import { requiredText } from '../../runtime/parameters';
import { askForAll, type Allowed, type Permitted } from '../asking';
import { entitlementsField, personFields, policyField, saidBy, untilField } from '../fields';

const show = { operation: ['extend'] };

export const description: INodeProperties[] = [
	...personFields(show),
	entitlementsField(show),
	policyField(show),
	untilField(show, true),
	...saidBy(show, 'extendedBy', 'Extended By', 'E-mail address of who extends it and answers for it'),
];

/** Access that would end goes on for a while: of a request, an exception, or an overlap after a move. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await askForAll(node, {
		read: (index) => ({
			kind: 'extension',
			by: requiredText(node, 'extendedBy', 'Extended By', index),
			reason: requiredText(node, 'reason', 'Reason', index).slice(0, 2_000),
			until: requiredText(node, 'until', 'Until', index),
		}),
		record: (permitted) => permitted.allowed.map((each) => extensionOf(permitted, each)),
		items: (recorded) => {
			if (recorded.kind !== 'extension') return [];
			const { how, assignment, previousEnd } = recorded.extended;
			const { identityId, entitlement, validUntil: until, source } = assignment;
			return [{ type: 'extension', how, identityId, entitlement, until, previousEnd, source }];
		},
	});
}

function extensionOf(
	{ identityId, by, reason, policyHash }: Permitted,
	{ entitlement, until = '' }: Allowed,
): AccessAsked {
	return { kind: 'extension', extension: { identityId, entitlement, until, by, owner: by, reason, policyHash } };
}
