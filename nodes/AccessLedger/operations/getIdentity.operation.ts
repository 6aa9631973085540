import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { segmentAt } from '../../../core/lifecycle';
import { DomainError } from '../../../core/model';
import type { IdentityReport } from '../../../core/store';
import { actionItem } from '../../runtime/action-item';
import { toJson } from '../../runtime/items';
import { ledgerOf } from '../../runtime/ledger';
import { personFields } from '../fields';
import { identityIdOf } from '../given';
import { perItem } from '../per-item';

const show = { operation: ['getIdentity'] };

export const description: INodeProperties[] = [
	...personFields(show),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show },
		options: [
			{
				displayName: 'As Of',
				name: 'asOf',
				type: 'dateTime',
				default: '',
				description: 'Moment whose knowledge counts: what the ledger knew then. Now where empty.',
			},
			{
				displayName: 'Ended Access',
				name: 'ended',
				type: 'boolean',
				default: true,
				description: 'Whether to list access and assignments that have ended as well',
			},
		],
	},
];

/** Who has what, since when, and why: one item a person. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const ledger = await ledgerOf(node);
	return await perItem(node, async (index) => {
		const identityId = await identityIdOf(node, ledger, index);
		const { asOf, ended = true } = node.getNodeParameter('options', index, {}) as { asOf?: string; ended?: boolean };
		const report = await ledger.identityReport(identityId, instantOf(node, asOf));
		if (!report) throw unknown(identityId);
		const view = { zone: node.getTimezone() };
		const [timeline] = await ledger.timelines([identityId], { policyView: view, knownAt: report.asOf });
		const known = timeline && {
			keys: { ...report.identity.keys, ...timeline.keys },
			attributes: segmentAt(timeline, report.asOf)?.attributes ?? {},
			employment: timeline.employment,
		};
		const json = toJson({ ledger: ledger.id, identityId, ...shown(report, ended), ...known, openActions: undefined });
		return [
			{
				json: { ...json, openActions: report.openActions.map((action) => actionItem(ledger.id, action)) },
				pairedItem: { item: index },
			},
		];
	});
}

function shown(report: IdentityReport, ended: boolean): Partial<IdentityReport> & { keys: object; attributes: object } {
	const { identity, ...rest } = report;
	return {
		...rest,
		keys: identity.keys,
		attributes: identity.attributes,
		holdings: report.holdings.filter(({ current }) => ended || current),
		assignments: report.assignments.filter(({ closedAt }) => ended || closedAt === undefined),
	};
}

/** n8n's date field gives local time without an offset, in the workflow's zone. */
function instantOf(node: IExecuteFunctions, written: string | undefined): string | undefined {
	if (written === undefined || written === '') return undefined;
	const hasOffset = /(?:Z|[+-]\d{2}:?\d{2})$/.test(written);
	const instant = hasOffset ? Date.parse(written) : localInstant(written, node.getTimezone());
	if (!Number.isNaN(instant)) return new Date(instant).toISOString();
	throw new DomainError(
		'INPUT_INVALID',
		'Parameter "As Of" is no date and time.',
		'Choose a date, or give an ISO 8601 instant.',
	);
}

/** Offset of the zone at about that time, taken off; exact but for the hours in which clocks change. */
function localInstant(written: string, zone: string): number {
	const asUtc = Date.parse(`${written}Z`);
	if (Number.isNaN(asUtc)) return Number.NaN;
	const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(
		asUtc,
	);
	return asUtc - (Date.parse(`${shown.replace(' ', 'T')}Z`) - asUtc);
}

function unknown(identityId: string): DomainError {
	return new DomainError(
		'INPUT_INVALID',
		`Parameter "Person": the ledger knows no identity "${identityId.slice(0, 100)}".`,
		'Take the id from an item, or look the person up by e-mail address.',
	);
}
