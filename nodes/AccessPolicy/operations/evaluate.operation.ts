import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { runDecision, type RunOutcome } from '../../../core/governance';
import type { PersonFacts } from '../../../core/lifecycle';
import { DomainError } from '../../../core/model';
import type { LedgerApi } from '../../../core/store';
import { errorItem } from '../../runtime/errors';
import { distinct, readLedgerItem } from '../../runtime/items';
import { ledgerOf } from '../../runtime/ledger';
import { computeInWorker, policyHeadOf } from '../../runtime/policy-worker';
import type { PolicyHead } from '../../runtime/worker';
import { takeInEvents, type TakenIn } from '../hand-made-events';
import { outputsOf, planHint, PLAN_OUTPUTS } from '../plan-items';
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

/** What the items ask to be evaluated. */
interface Asked {
	/** Contract events, each planned on its own, with the first item that names it. */
	contracts: Array<{ eventId: string; index: number }>;
	/** Everybody else, planned together: one transaction however many they are. */
	people: { identityIds: string[]; eventIds: string[]; effectiveAt?: string; indexes: number[] };
}

/** Plans each contract event that the items name, and everybody whom they name; any node may stand in between. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const ledger = await ledgerOf(node);
	// Items of another ledger are refused before anything else is looked at.
	for (const [index, item] of node.getInputData().entries()) readLedgerItem(item, ledger.id, index);
	const policy = await policyText(node, ledger);
	const head = await policyHeadOf(policy);
	const { dryRun = false } = node.getNodeParameter('options', 0, {}) as { dryRun?: boolean };
	const taken = await takeInEvents(node, ledger, head, dryRun);
	const asked = await whatIsAsked(node, ledger, taken);
	const outputs: INodeExecutionData[][] = PLAN_OUTPUTS.map(() => []);
	outputs[0]?.push(...taken.held);
	const run = async (about: About, indexes: readonly number[]) => {
		try {
			const outcome = await decideAbout(node, ledger, { policy, head, about });
			node.addExecutionHints(planHint(outcome, head));
			for (const [output, found] of outputsOf(ledger.id, outcome, about, indexes).entries())
				outputs[output]?.push(...found);
		} catch (error) {
			if (!node.continueOnFail()) throw error;
			for (const index of indexes) {
				const { contractEventId: eventId } = about;
				outputs[0]?.push(errorItem(error, index, { ledger: ledger.id, ...(eventId !== undefined && { eventId }) }));
			}
		}
	};
	for (const { eventId, index } of asked.contracts)
		await run({ contractEventId: eventId, identityIds: [], eventIds: [] }, [index]);
	const { indexes, ...people } = { ...asked.people, supposed: taken.supposed };
	if (people.identityIds.length > 0) await run(people, indexes);
	return outputs;
}

interface About {
	contractEventId?: string;
	identityIds: readonly string[];
	eventIds: readonly string[];
	effectiveAt?: string;
	supposed?: readonly PersonFacts[];
}

async function whatIsAsked(
	node: IExecuteFunctions,
	ledger: LedgerApi,
	{ receipts, supposed }: TakenIn,
): Promise<Asked> {
	const items = node.getInputData();
	const named = items.map((item, index) => ({
		index,
		eventId: receipts.get(index)?.eventId ?? readLedgerItem(item, ledger.id, index).eventId,
		identityIds: receipts.get(index)?.identityIds ?? identitiesOf(item),
	}));
	// What was held before and is certain now came with the receipts, without an item of its own.
	const released = [...receipts].flatMap(([index, { identityIds }]) => (index < 0 ? identityIds : []));
	const eventIds = distinct(named.map(({ eventId }) => eventId));
	const lifecycle = new Map((await ledger.readLifecycleEvents(eventIds)).map((each) => [each.eventId, each]));
	const contracts = eventIds
		.filter((eventId) => !lifecycle.has(eventId))
		.map((eventId) => ({ eventId, index: named.find((each) => each.eventId === eventId)?.index ?? 0 }));
	const ofPeople = named.filter(
		({ eventId, identityIds }) => identityIds.length > 0 || (eventId !== undefined && lifecycle.has(eventId)),
	);
	const nobody = contracts.length === 0 && ofPeople.length === 0 && supposed.length === 0;
	if (items.length > 0 && nobody) throw withoutSubject();
	const events = [...lifecycle.values()].filter(({ state }) => state === 'processing');
	const [only] = events;
	return {
		contracts,
		people: {
			identityIds: distinct([
				...ofPeople.flatMap(({ identityIds }) => identityIds),
				...events.map(({ identityId }) => identityId),
				...released,
				...supposed.map(({ identityId }) => identityId),
			]).sort(),
			eventIds: events.map(({ eventId }) => eventId),
			...(events.length === 1 && only !== undefined && { effectiveAt: only.event.effectiveAt }),
			indexes: ofPeople.map(({ index }) => index),
		},
	};
}

/** People named by items of HRIS Trigger, Access Ledger or any node that keeps their fields. */
function identitiesOf({ json }: INodeExecutionData): string[] {
	const { identityId, identityIds } = json;
	const list: unknown[] = Array.isArray(identityIds) ? identityIds : [identityId];
	return list.filter((each): each is string => typeof each === 'string' && each !== '');
}

function withoutSubject(): DomainError {
	return new DomainError(
		'INPUT_INVALID',
		'None of the items names an event or a person of the ledger.',
		'Connect a Contract Trigger, Contract Diff, HRIS Trigger or Access Ledger before this node.',
	);
}

async function decideAbout(
	node: IExecuteFunctions,
	ledger: LedgerApi,
	{ policy, head, about }: { policy: string; head: PolicyHead; about: About },
): Promise<RunOutcome> {
	const { dryRun = false } = node.getNodeParameter('options', 0, {}) as { dryRun?: boolean };
	const executionId = node.getExecutionId();
	return await runDecision(ledger, computeInWorker, {
		policy,
		policyHash: head.hash,
		zone: head.zone,
		...(head.guardWindow !== undefined && { guardWindow: head.guardWindow }),
		...(head.peersBy && { peersBy: head.peersBy }),
		contractsByPerson: head.contractsByPerson,
		managerAccountsIn: head.managerAccountsIn,
		...about,
		run: `${executionId}\n${node.getNode().name}`,
		executionId,
		author: `execution:${executionId}`,
		asOf: new Date().toISOString(),
		dryRun,
	});
}
