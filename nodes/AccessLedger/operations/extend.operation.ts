import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { extensionAllowed } from '../../../core/requests';
import { toJson } from '../../runtime/items';
import { ledgerOf } from '../../runtime/ledger';
import { entitlementsField, personFields, policyField, saidBy, untilField } from '../fields';
import { namesParameter, personOf, policyInForce, requiredText, type PolicyInForce } from '../given';
import { perItem } from '../per-item';

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
	const ledger = await ledgerOf(node);
	const policies = new Map<string, PolicyInForce>();
	return await perItem(node, async (index) => {
		const { compiled, hash } = await policyInForce(node, ledger, index, policies);
		const person = await personOf(node, ledger, index, compiled.policy);
		const by = requiredText(node, 'extendedBy', 'Extended By', index);
		const reason = requiredText(node, 'reason', 'Reason', index).slice(0, 2_000);
		const asked = {
			compiled,
			person: person.attributes,
			until: requiredText(node, 'until', 'Until', index),
			now: new Date().toISOString(),
		};
		const allowed = namesParameter(node, 'entitlements', 'Entitlements', index).map((entitlement) => ({
			entitlement,
			...extensionAllowed({ ...asked, entitlement }),
		}));
		const items: INodeExecutionData[] = [];
		for (const { entitlement, until } of allowed) {
			const input = { identityId: person.identityId, entitlement, until, by, owner: by, reason, policyHash: hash };
			const { how, assignment, previousEnd } = await ledger.extend(input);
			items.push({
				json: toJson({
					ledger: ledger.id,
					type: 'extension',
					how,
					identityId: person.identityId,
					entitlement,
					until,
					previousEnd,
					source: assignment.source,
				}),
				pairedItem: { item: index },
			});
		}
		return items;
	});
}
