import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { breakGlassAllowed } from '../../../core/requests';
import { toJson } from '../../runtime/items';
import { ledgerOf } from '../../runtime/ledger';
import { textParameter } from '../../runtime/parameters';
import { entitlementsField, personFields, policyField, saidBy, untilField } from '../fields';
import { namesParameter, personOf, policyInForce, requiredText, type PolicyInForce } from '../given';
import { perItem } from '../per-item';

const show = { operation: ['breakGlass'] };

export const description: INodeProperties[] = [
	...personFields(show),
	entitlementsField(show),
	policyField(show),
	...saidBy(show, 'usedBy', 'Used By', 'E-mail address of who breaks the glass. They do not review it afterwards.'),
	untilField(show, false),
];

/** Emergency access: assigned at once, for hours, and looked at afterwards by those whom the policy names. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const ledger = await ledgerOf(node);
	const policies = new Map<string, PolicyInForce>();
	return await perItem(node, async (index) => {
		const entitlements = namesParameter(node, 'entitlements', 'Entitlements', index);
		const { compiled, hash } = await policyInForce(node, ledger, index, policies);
		const person = await personOf(node, ledger, index, compiled.policy);
		const usedBy = requiredText(node, 'usedBy', 'Used By', index);
		const reason = requiredText(node, 'reason', 'Reason', index).slice(0, 2_000);
		const asked = {
			compiled,
			person: person.attributes,
			addresses: [...person.addresses, usedBy],
			until: textParameter(node, 'until', index),
			now: new Date().toISOString(),
		};
		const allowed = entitlements.map((entitlement) => ({
			entitlement,
			...breakGlassAllowed({ ...asked, entitlement }),
		}));
		const items: INodeExecutionData[] = [];
		for (const { entitlement, until, reviewers, reviewBy } of allowed) {
			const [used] = await ledger.breakGlass({
				identityId: person.identityId,
				entitlements: [entitlement],
				usedBy,
				reason,
				validUntil: until,
				reviewers,
				reviewBy,
				policyHash: hash,
			});
			items.push({
				json: toJson({
					ledger: ledger.id,
					type: 'breakGlass',
					breakGlassId: used?.breakGlassId,
					identityId: person.identityId,
					entitlement,
					from: used?.assignment.validFrom,
					until,
					reviewers,
					reviewBy,
				}),
				pairedItem: { item: index },
			});
		}
		return items;
	});
}
