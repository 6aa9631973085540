import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { segmentAt } from '../../../core/lifecycle';
import { DomainError, type PersonTimeline } from '../../../core/model';
import type { IdentityReport } from '../../../core/store';
import { actionItem } from '../../runtime/action-item';
import { toJson } from '../../runtime/items';
import { ledgerOf } from '../../runtime/ledger';
import { personFields } from '../fields';
import { ItemErrors } from '../../runtime/item-errors';
import { peopleOf, unknownIdentity } from '../../runtime/people';

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

interface Looked {
	identityId: string;
	ended: boolean;
	/** Moment whose knowledge counts; now where absent. */
	asOf?: string;
}

/** Who has what, since when, and why: one item a person. The ledger is read twice for each moment that is asked about. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const ledger = await ledgerOf(node);
	const items = new ItemErrors(node);
	const looked = items.each(await peopleOf(node, ledger, items), (identityId, index): Looked => {
		const { asOf, ended = true } = node.getNodeParameter('options', index, {}) as { asOf?: string; ended?: boolean };
		const moment = instantOf(node, asOf);
		return { identityId, ended, ...(moment !== undefined && { asOf: moment }) };
	});
	const known = new Map<string, Known>();
	for (const asOf of new Set([...looked.values()].map((each) => each.asOf))) {
		const ids = [...looked.values()].filter((each) => each.asOf === asOf).map(({ identityId }) => identityId);
		const reports = await ledger.identityReports(ids, asOf);
		const knownAt = reports[0]?.asOf;
		const query = { policyView: { zone: node.getTimezone() }, ...(knownAt !== undefined && { knownAt }) };
		const timelines = new Map((await ledger.timelines(ids, query)).map((each) => [each.identityId, each]));
		for (const report of reports) {
			const timeline = timelines.get(report.identity.id);
			known.set(keyOf({ identityId: report.identity.id, asOf }), { report, ...(timeline && { timeline }) });
		}
	}
	const output = items.each(looked, (each, index): INodeExecutionData => {
		const found = known.get(keyOf(each));
		if (found === undefined) throw unknownIdentity(each.identityId);
		return { json: itemOf(ledger.id, found, each.ended), pairedItem: { item: index } };
	});
	return [items.inOrder([...output.values()])];
}

interface Known {
	report: IdentityReport;
	timeline?: PersonTimeline;
}

function keyOf({ identityId, asOf }: { identityId: string; asOf?: string | undefined }): string {
	return `${identityId}\n${asOf ?? ''}`;
}

function itemOf(ledgerId: string, { report, timeline }: Known, ended: boolean): IDataObject {
	const known = timeline && {
		keys: { ...report.identity.keys, ...timeline.keys },
		attributes: segmentAt(timeline, report.asOf)?.attributes ?? {},
		employment: timeline.employment,
	};
	const identityId = report.identity.id;
	const json = toJson({ ledger: ledgerId, identityId, ...shown(report, ended), ...known, openActions: undefined });
	return { ...json, openActions: report.openActions.map((action) => actionItem(ledgerId, action)) };
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
