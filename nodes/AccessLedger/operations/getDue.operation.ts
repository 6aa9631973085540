import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { DomainError } from '../../../core/model';
import type { DueKind, DueTask } from '../../../core/store';
import { actionItem } from '../../runtime/action-item';
import { toJson } from '../../runtime/items';
import { ledgerOf } from '../../runtime/ledger';
import { textParameter } from '../../runtime/parameters';
import { dueReminders, type Reminder } from '../reminders';

const show = { operation: ['getDue'] };

const KINDS: readonly DueKind[] = ['event', 'review', 'action', 'verify', 'approvalExpired', 'breakGlassReview'];

export const description: INodeProperties[] = [
	{
		displayName: 'Kinds',
		name: 'kinds',
		type: 'multiOptions',
		options: [
			{ name: 'Action', value: 'action', description: 'Planned, due, and approved where it must be' },
			{ name: 'Approval Expired', value: 'approvalExpired', description: 'Nobody decided in time. Told once.' },
			{
				name: 'Approval Reminder',
				value: 'approvalReminder',
				description: 'The policy wants to remind or to escalate',
			},
			{ name: 'Break Glass Review', value: 'breakGlassReview', description: 'Emergency access that has ended' },
			{ name: 'Event', value: 'event', description: 'Received, and its work was cut off' },
			{ name: 'Review', value: 'review', description: 'Somebody has to be evaluated again: a date has come' },
			{ name: 'Verify', value: 'verify', description: 'Applied, and not verified in time' },
		],
		default: [],
		displayOptions: { show },
		description: 'What to get. Everything where empty.',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show },
		description: 'Max number of results to return',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show },
		options: [
			{
				displayName: 'Application',
				name: 'application',
				type: 'string',
				default: '',
				description: 'Name in the policy, to get the actions of this application only',
			},
			{
				displayName: 'Lease (Seconds)',
				name: 'leaseSeconds',
				type: 'number',
				typeOptions: { minValue: 30, maxValue: 86400 },
				default: 600,
				description: 'How long the same task is not handed out again. Doubles with each time that it stays undone.',
			},
			{
				displayName: 'Look Ahead (Hours)',
				name: 'aheadHours',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 8784 },
				default: 0,
				description: 'To see what will be due until then. Nothing is leased or sent in that case.',
			},
		],
	},
];

/** What has come due, one item a task; for schedules. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const ledger = await ledgerOf(node);
	const {
		application = '',
		leaseSeconds = 600,
		aheadHours = 0,
	} = node.getNodeParameter('options', 0, {}) as {
		application?: string;
		leaseSeconds?: number;
		aheadHours?: number;
	};
	const limit = limitOf(node);
	const asked = kindsOf(node);
	const ahead = aheadHours > 0 ? new Date(Date.now() + aheadHours * 3_600_000).toISOString() : undefined;
	const kinds = KINDS.filter((kind) => asked.length === 0 || asked.includes(kind));
	const due = await ledger.dueTasks({
		limit,
		leaseSeconds,
		kinds,
		...(ahead === undefined ? {} : { at: ahead }),
		...(application.trim() === '' ? {} : { application: application.trim() }),
	});
	const reminding = asked.length === 0 || asked.includes('approvalReminder');
	const left = limit - due.tasks.length;
	const reminders =
		reminding && ahead === undefined && application.trim() === '' && left > 0
			? await dueReminders(ledger, due.at, left)
			: [];
	if (due.more) {
		const message = 'There is more than the limit allows. Run again, or raise the limit.';
		node.addExecutionHints({ message, type: 'info', location: 'outputPane' });
	}
	const pairedItem = node.getInputData().map((_, item) => ({ item }));
	const items = [
		...due.tasks.map((task) => taskItem(ledger.id, task)),
		...reminders.map((reminder) => reminderItem(ledger.id, reminder)),
	];
	return [items.map((json) => ({ json, pairedItem }))];
}

function limitOf(node: IExecuteFunctions): number {
	const limit = Number(textParameter(node, 'limit', 0, '50'));
	if (Number.isSafeInteger(limit) && limit > 0) return limit;
	throw new DomainError('INPUT_INVALID', 'Parameter "Limit" is no whole number above 0.', 'Enter e.g. 50.');
}

function kindsOf(node: IExecuteFunctions): string[] {
	const value: unknown = node.getNodeParameter('kinds', 0, []);
	const kinds = Array.isArray(value) ? value.map(String) : [];
	const unknown = kinds.find((kind) => kind !== 'approvalReminder' && !KINDS.some((known) => known === kind));
	if (unknown === undefined) return kinds;
	throw new DomainError(
		'INPUT_INVALID',
		`Parameter "Kinds": there is no kind "${unknown.slice(0, 60)}".`,
		`Choose among ${[...KINDS, 'approvalReminder'].join(', ')}.`,
	);
}

function taskItem(ledgerId: string, due: DueTask): IDataObject {
	const { kind, task, dueAt } = due;
	const head = { ledger: ledgerId, type: kind, task };
	if (due.kind === 'action' || due.kind === 'verify') return { ...actionItem(ledgerId, due.action), ...head };
	const { kind: _kind, ...rest } = due;
	return toJson({ ...rest, ...head, dueAt, ...('type' in due ? { eventType: due.type } : {}) });
}

function reminderItem(ledgerId: string, { kind, task, dueAt, request, to }: Reminder): IDataObject {
	return toJson({ ledger: ledgerId, type: kind, task, dueAt, to, ...request });
}
