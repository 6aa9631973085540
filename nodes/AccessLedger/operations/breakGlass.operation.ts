import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { AccessAsked } from '../../../core/store';
import { requiredText, textParameter } from '../../runtime/parameters';
import { askForAll, type Allowed, type Permitted } from '../asking';
import { entitlementsField, personFields, policyField, saidBy, untilField } from '../fields';

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
	return await askForAll(node, {
		read: (index) => ({
			kind: 'break_glass',
			by: requiredText(node, 'usedBy', 'Used By', index),
			reason: requiredText(node, 'reason', 'Reason', index).slice(0, 2_000),
			until: textParameter(node, 'until', index),
		}),
		record: (permitted) => permitted.allowed.map((each) => useOf(permitted, each)),
		items: (recorded, { allowed }) =>
			recorded.kind !== 'break_glass'
				? []
				: recorded.used.map(({ breakGlassId, assignment: { identityId, entitlement, validFrom, validUntil } }) => {
						const { reviewers, reviewBy } = allowed.find((each) => each.entitlement === entitlement) ?? {};
						const of = { type: 'breakGlass', breakGlassId, identityId, entitlement };
						return { ...of, from: validFrom, until: validUntil, reviewers, reviewBy };
					}),
	});
}

function useOf(
	{ identityId, by: usedBy, reason, policyHash, now }: Permitted,
	{ entitlement, until = now, reviewers = [], reviewBy = now }: Allowed,
): AccessAsked {
	const limits = { validUntil: until, reviewers, reviewBy };
	return {
		kind: 'break_glass',
		use: { identityId, entitlements: [entitlement], usedBy, reason, policyHash, ...limits },
	};
}
