import { createHmac } from 'node:crypto';
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { contentId, DomainError, isDomainError, type ContractHeader } from '../../../core/model';
import type { LedgerApi, StoredEvent } from '../../../core/store';
import type { ContractEventPayload } from '../../runtime/contract-event';
import { errorItem } from '../../runtime/errors';
import { distinct, readLedgerItem } from '../../runtime/items';
import { ledgerOf } from '../../runtime/ledger';
import { runInWorker, type ContractPlan, type PolicySubjects } from '../../runtime/worker';
import { outputsOf, planHint } from '../plan-items';
import { policyText } from '../policy-source';

const show = { operation: ['evaluate'] };

export const description: INodeProperties[] = [
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show },
		options: [
			{
				displayName: 'Dry Run',
				name: 'dryRun',
				type: 'boolean',
				default: false,
				description:
					'Whether to only show what would follow. Nothing is written to the ledger, so nothing of it can be applied; the event stays open.',
			},
		],
	},
];

/** Times a plan is made anew because the ledger changed meanwhile. */
const ATTEMPTS = 4;
const WORKER_LIMITS = { timeoutMs: 120_000, maxMemoryMb: 1_024 };

/** Plans each event that the items name, once; every other node's items may stand in between. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const ledger = await ledgerOf(node);
	const policy = await policyText(node, ledger);
	const items = node.getInputData();
	const eventIds = items.map((item, index) => readLedgerItem(item, ledger.id, index).eventId);
	const outputs: INodeExecutionData[][] = [[], [], [], []];
	if (items.length > 0 && distinct(eventIds).length === 0) throw withoutEvent();
	for (const eventId of distinct(eventIds)) {
		const index = eventIds.indexOf(eventId);
		try {
			const planned = await planEvent(node, ledger, policy, eventId);
			node.addExecutionHints(planHint(planned.plan));
			const forItem = outputsOf(ledger.id, planned, index);
			for (const [output, found] of forItem.entries()) outputs[output]?.push(...found);
		} catch (error) {
			if (!node.continueOnFail()) throw error;
			outputs[0]?.push(errorItem(error, index, { ledger: ledger.id, eventId }));
		}
	}
	return outputs;
}

function withoutEvent(): DomainError {
	return new DomainError(
		'INPUT_INVALID',
		'None of the items names an event of the ledger.',
		'Connect a Contract Trigger or Contract Diff before this node.',
	);
}

export interface PlannedEvent {
	planId: string;
	eventId: string;
	plan: ContractPlan;
	dryRun: boolean;
}

async function planEvent(
	node: IExecuteFunctions,
	ledger: LedgerApi,
	policy: string,
	eventId: string,
): Promise<PlannedEvent> {
	const event = await ledger.readEvent(eventId);
	const payload = event?.payload as ContractEventPayload | undefined;
	const document = payload && (await ledger.readDocument(payload.after.sha256));
	if (!event || !payload || !document) {
		throw new DomainError(
			'INPUT_INVALID',
			`The ledger has no event "${eventId}".`,
			'Have the contract system send it again.',
		);
	}
	const contract = headerInForce(payload);
	const subjects = await runInWorker('readSubjects', { policy, contract, document }, WORKER_LIMITS);
	const { dryRun = false } = node.getNodeParameter('options', 0, {}) as { dryRun?: boolean };
	for (let attempt = 1; ; attempt++) {
		const planned = await planOnce(node, ledger, { policy, contract, event, payload, subjects, attempt });
		if (dryRun) return { ...planned, dryRun };
		try {
			await save(node, ledger, { policy, contract, payload, planned });
			return { ...planned, dryRun };
		} catch (error) {
			const again = isDomainError(error) && error.details['retry'] === true;
			if (!again || attempt >= ATTEMPTS) throw error;
		}
	}
}

/** A contract that has ended gives nothing any more, whatever its header still says. */
function headerInForce(payload: ContractEventPayload): ContractHeader {
	const ended = { 'contract.ended': 'ended', 'contract.suspended': 'suspended' }[payload.type];
	return ended === undefined ? payload.contract : { ...payload.contract, status: ended };
}

interface PlanInput {
	policy: string;
	contract: ContractHeader;
	event: StoredEvent;
	payload: ContractEventPayload;
	subjects: PolicySubjects;
	attempt: number;
}

async function planOnce(
	node: IExecuteFunctions,
	ledger: LedgerApi,
	input: PlanInput,
): Promise<Omit<PlannedEvent, 'dryRun'> & { revision: number; asOf: string; effectiveFrom: string }> {
	const { policy, contract, event, payload, subjects } = input;
	const state = await ledger.planningState({ contractId: contract.id, emails: subjects.emails });
	const asOf = new Date().toISOString();
	const effectiveFrom = payload.effectiveAt ?? payload.occurredAt;
	const planId = contentId('pln', [
		event.id,
		node.getExecutionId(),
		node.getNode().name,
		state.revision,
		input.attempt,
	]);
	const plan = await runInWorker(
		'planContract',
		{
			policy,
			contract,
			terms: subjects.terms,
			state,
			newcomers: newcomers(ledger, subjects),
			asOf,
			effectiveFrom,
			seed: planId,
		},
		WORKER_LIMITS,
	);
	return { planId, eventId: event.id, plan, revision: state.revision, asOf, effectiveFrom };
}

/**
 * Ids of new people: keyed with the ledger's secret, since ids stand in audit records for good. A plain hash of an address
 * could be found by trying addresses, also after the person was erased.
 */
function newcomers(ledger: LedgerApi, { emails }: PolicySubjects): Record<string, string> {
	const idOf = (email: string) =>
		`idn_${createHmac('sha256', ledger.pseudonymKey).update(`identity:${email}`).digest('hex').slice(0, 24)}`;
	return Object.fromEntries(emails.map((email) => [email, idOf(email)]));
}

async function save(
	node: IExecuteFunctions,
	ledger: LedgerApi,
	input: {
		policy: string;
		contract: ContractHeader;
		payload: ContractEventPayload;
		planned: Awaited<ReturnType<typeof planOnce>>;
	},
): Promise<void> {
	const { planned, payload, contract } = input;
	const { plan } = planned;
	const author = `execution:${node.getExecutionId()}`;
	await ledger.keepPolicy({ hash: plan.policy.hash, name: plan.policy.name, source: input.policy, author });
	await ledger.savePlan({
		revision: planned.revision,
		id: planned.planId,
		eventId: planned.eventId,
		contract: { header: contract, sha256: payload.after.sha256, format: payload.after.format },
		executionId: node.getExecutionId(),
		policyHash: plan.policy.hash,
		asOf: planned.asOf,
		effectiveFrom: planned.effectiveFrom,
		identities: plan.identities,
		actions: plan.actions,
		kept: plan.kept,
		superseded: plan.superseded,
		grantChanges: plan.grantChanges,
		blocked: plan.blocked,
	});
}
