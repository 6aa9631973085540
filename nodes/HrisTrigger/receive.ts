import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { parseLifecycleEvent, type ParsedLifecycleEvent } from '../../core/ingress';
import { DomainError, isDomainError } from '../../core/model';
import type { LifecycleReceipt } from '../../core/store';
import { lifecycleItems } from '../runtime/lifecycle-item';
import { attributeReading } from '../runtime/policy-view';
import { answer, parseJson, receiveSigned, type SignedBody } from '../runtime/signed-webhook';
import { PROVIDERS } from './providers';

const MAX_BODY_BYTES = 8 * 1024 * 1024;
const MAX_EVENTS = 5_000;
const MAX_REPORTED_EVENTS = 5;

/** The workflow starts only for events that the ledger holds; what was sent together is stored together. */
export async function receiveHrisEvents(node: IWebhookFunctions): Promise<IWebhookResponseData> {
	const settings = { inboxKind: 'hris', maxBodyBytes: MAX_BODY_BYTES };
	return await receiveSigned(node, settings, (body) => accept(node, body));
}

interface Options {
	leaseSeconds?: number;
	source?: string;
}

async function accept(node: IWebhookFunctions, signed: SignedBody): Promise<IWebhookResponseData> {
	const { ledger } = signed;
	const { leaseSeconds = 600, source } = node.getNodeParameter('options', {}) as Options;
	const policyName = node.getNodeParameter('policyName', '');
	const reading = await attributeReading(ledger, typeof policyName === 'string' ? policyName : '', node.getTimezone());
	const events = eventsOf(node, signed, { zone: reading.view.zone, ...(source ? { source } : {}) });
	const receipts = await ledger.receiveLifecycleEvents(events, { policyView: reading.view, leaseSeconds });
	return answered(node, ledger.id, events, receipts);
}

function eventsOf(
	node: IWebhookFunctions,
	{ rawBody, id }: SignedBody,
	parsing: { zone: string; source?: string },
): ParsedLifecycleEvent[] {
	const provider = PROVIDERS.get(node.getNodeParameter('provider', 'generic') as string);
	if (!provider) throw new DomainError('INPUT_INVALID', 'Parameter "Provider" names none.', 'Choose one of the list.');
	const given = provider.events(parseJson(rawBody), id === undefined ? {} : { id });
	if (given.length === 0 || given.length > MAX_EVENTS) {
		throw new DomainError(
			'INPUT_INVALID',
			`The body holds ${given.length} events.`,
			`Send 1 to ${MAX_EVENTS} events at a time.`,
		);
	}
	const receivedAt = new Date().toISOString();
	const read = given.map((event) => parsed(event, { ...parsing, receivedAt }));
	const wrong = read.flatMap((each, index) => (isDomainError(each) ? [{ index, error: each }] : []));
	if (wrong.length > 0) throw unreadable(wrong, given.length);
	return read as ParsedLifecycleEvent[];
}

function parsed(
	event: unknown,
	parsing: { zone: string; receivedAt: string; source?: string },
): ParsedLifecycleEvent | DomainError {
	try {
		return parseLifecycleEvent(event, parsing);
	} catch (error) {
		if (isDomainError(error) && error.code === 'INPUT_INVALID') return error;
		throw error;
	}
}

/** Nothing is stored of a body with a fault in it: the sender corrects it and sends all of it again. */
function unreadable(wrong: ReadonlyArray<{ index: number; error: DomainError }>, total: number): DomainError {
	const [first] = wrong;
	if (total === 1 && first) return first.error;
	const listed = wrong.slice(0, MAX_REPORTED_EVENTS).map(({ index, error }) => `[event ${index}] ${error.message}`);
	const more = wrong.length > listed.length ? ` … and ${wrong.length - listed.length} more` : '';
	return new DomainError(
		'INPUT_INVALID',
		`${listed.join(' ')}${more}`,
		'Correct these events and send all of them again under the same ids. Nothing was stored.',
		{ problems: wrong.length },
	);
}

const STATUS: Readonly<Record<LifecycleReceipt['status'], number>> = {
	accepted: 202,
	held: 202,
	in_progress: 202,
	duplicate: 202,
	duplicate_content: 202,
	conflict: 409,
};

function answered(
	node: IWebhookFunctions,
	ledgerId: string,
	events: readonly ParsedLifecycleEvent[],
	receipts: readonly LifecycleReceipt[],
): IWebhookResponseData {
	const own = receipts.slice(0, events.length);
	const results = own.map(({ externalId, eventId, status }) => ({ id: externalId, status, eventId }));
	const [only] = results;
	const status = own.some((receipt) => STATUS[receipt.status] === 409) ? 409 : 202;
	const body = events.length === 1 && only ? single(only) : { events: results };
	const items = receipts.flatMap((receipt) => lifecycleItems(ledgerId, receipt, eventOf(events, receipt)));
	if (items.length === 0) return answer(node, status, body);
	node.getResponseObject().status(status).json(body);
	return { noWebhookResponse: true, workflowData: [items.map((json: IDataObject): INodeExecutionData => ({ json }))] };
}

function single({ status, eventId }: { status: LifecycleReceipt['status']; eventId: string }): object {
	if (status !== 'conflict') return { status, eventId };
	return {
		error: 'conflict',
		eventId,
		message: 'An event with this id and other content was received before. Send a change as a new event.',
	};
}

function eventOf(events: readonly ParsedLifecycleEvent[], receipt: LifecycleReceipt): ParsedLifecycleEvent | undefined {
	return events.find(({ id, source }) => id === receipt.externalId && source === receipt.source);
}
