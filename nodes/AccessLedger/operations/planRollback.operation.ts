import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { GuardedRollback } from '../../../core/governance';
import { contentId, isDomainError, type Action, type PlannedAction } from '../../../core/model';
import { addDuration } from '../../../core/policy';
import type { HaltToSave, LedgerApi, RollbackScope } from '../../../core/store';
import { actionItem } from '../../runtime/action-item';
import { errorItem, toNodeError } from '../../runtime/errors';
import { readLedgerItem, toJson } from '../../runtime/items';
import { ledgerOf } from '../../runtime/ledger';
import { requiredText } from '../../runtime/parameters';
import { computeInWorker } from '../../runtime/policy-worker';
import { policyField } from '../fields';
import { instantParameter, policyInForce, type PolicyInForce } from '../given';

const show = { operation: ['planRollback'] };
/** Times a plan is made anew because the ledger changed meanwhile. */
const ATTEMPTS = 4;
const DEFAULT_GUARD_WINDOW = 'PT1H';

export const description: INodeProperties[] = [
	{
		displayName: 'Take Back',
		name: 'rollbackOf',
		type: 'options',
		options: [
			{ name: 'A Contract', value: 'contract', description: 'What plans of one contract did' },
			{ name: 'A Person', value: 'identity', description: 'What was done for one person' },
			{ name: 'A Plan', value: 'plan', description: 'What one plan did' },
			{ name: 'Everything Since', value: 'since', description: 'Whatever was done from a moment on' },
		],
		default: 'plan',
		displayOptions: { show },
	},
	{
		displayName: 'Plan ID',
		name: 'planId',
		type: 'string',
		default: '={{ $json.planId }}',
		required: true,
		displayOptions: { show: { ...show, rollbackOf: ['plan'] } },
	},
	{
		displayName: 'Contract ID',
		name: 'contractId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. MSA-2026-014',
		displayOptions: { show: { ...show, rollbackOf: ['contract'] } },
	},
	{
		displayName: 'Identity ID',
		name: 'identityId',
		type: 'string',
		default: '={{ $json.identityId }}',
		required: true,
		displayOptions: { show: { ...show, rollbackOf: ['identity'] } },
		description: 'ID of the ledger, as items carry it',
	},
	{
		displayName: 'Since',
		name: 'since',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-11-20T09:00:00+01:00',
		displayOptions: { show: { ...show, rollbackOf: ['contract', 'identity', 'since'] } },
		description:
			'Instant with its offset, from which on it is taken back. All of it where empty, except for Everything Since.',
	},
	policyField(show),
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
				description: 'Whether to only show what would be taken back. Nothing is written to the ledger.',
			},
		],
	},
];

/** Blocked, Ready, Needs Approval. The gate and SCIM carry it out like any other plan. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const ledger = await ledgerOf(node);
	const policies = new Map<string, PolicyInForce>();
	const outputs: INodeExecutionData[][] = [[], [], []];
	const planned = new Set<string>();
	for (const [index, item] of node.getInputData().entries()) {
		try {
			readLedgerItem(item, ledger.id, index);
			const policy = await policyInForce(node, ledger, index, policies);
			const scope = scopeOf(node, index);
			// The actions of one plan are many items, and one rollback.
			const once = `${policy.head.name}\n${nameOf(scope)}`;
			if (planned.has(once)) continue;
			planned.add(once);
			const rollback = await planAgain(node, ledger, policy, { scope, index });
			for (const [output, items] of itemsOf(ledger.id, rollback, index).entries()) outputs[output]?.push(...items);
			node.addExecutionHints({ message: hint(rollback), type: 'info', location: 'outputPane' });
		} catch (error) {
			if (!node.continueOnFail()) throw toNodeError(node.getNode(), error, index);
			outputs[0]?.push(errorItem(error, index));
		}
	}
	return outputs;
}

interface Planned extends GuardedRollback {
	planId: string;
	dryRun: boolean;
}

/** Plans, and plans again where the ledger changed meanwhile. */
async function planAgain(
	node: IExecuteFunctions,
	ledger: LedgerApi,
	policy: PolicyInForce,
	{ scope, index }: { scope: RollbackScope; index: number },
): Promise<Planned> {
	const { dryRun = false } = node.getNodeParameter('options', index, {}) as { dryRun?: boolean };
	for (let attempt = 1; ; attempt++) {
		try {
			return await planOnce(node, ledger, policy, { scope, dryRun, attempt, index });
		} catch (error) {
			const again = isDomainError(error) && error.details['retry'] === true;
			if (!again || attempt >= ATTEMPTS) throw error;
		}
	}
}

async function planOnce(
	node: IExecuteFunctions,
	ledger: LedgerApi,
	{ policy, head }: PolicyInForce,
	{ scope, dryRun, attempt, index }: { scope: RollbackScope; dryRun: boolean; attempt: number; index: number },
): Promise<Planned> {
	const asOf = new Date().toISOString();
	const { hash } = head;
	const inputs = await ledger.rollbackInputs(scope);
	const planId = contentId('pln', [node.getExecutionId(), node.getNode().name, index, inputs.revision, attempt]);
	const since = addDuration(asOf, head.guardWindow ?? DEFAULT_GUARD_WINDOW, head.zone, 'start', -1);
	const ids = inputs.identities.map(({ id }) => id);
	const rollback = await computeInWorker('planRollback', {
		policy,
		policyHash: hash,
		scope: nameOf(scope),
		seed: planId,
		inputs,
		people: await ledger.personFacts(ids, asOf),
		guards: await ledger.guardInputs({ since }),
		asOf,
	});
	const { plan } = rollback;
	if (!dryRun && plan.actions.length > 0) {
		await ledger.savePlan({
			revision: inputs.revision,
			id: planId,
			kind: 'rollback',
			executionId: node.getExecutionId(),
			policyHash: hash,
			asOf,
			effectiveFrom: asOf,
			identities: [],
			actions: plan.actions,
			kept: [],
			superseded: [],
			grantChanges: { open: [], close: [] },
			blocked: plan.blocked,
			exceptions: plan.assignments,
			undoes: plan.undoes,
			preconditions: plan.preconditions,
			halts: haltsOf(rollback),
			details: {
				rollbackOf: nameOf(scope),
				conflicts: plan.conflicts.map(({ actionId, code }) => ({ actionId, code })),
			},
		});
	}
	return { ...rollback, planId, dryRun };
}

/** What guards stopped, as the ledger keeps it. */
function haltsOf({ tripped, halted }: GuardedRollback): HaltToSave[] {
	if (halted.length === 0) return [];
	const counts = tripped.map(({ guard, scope, name, count, limit }) => ({
		guard,
		scope,
		...(name === undefined ? {} : { name }),
		count,
		limit,
	}));
	return [{ tripped: counts, actionIds: halted }];
}

function scopeOf(node: IExecuteFunctions, index: number): RollbackScope {
	const of = node.getNodeParameter('rollbackOf', index);
	if (of === 'plan') return { planId: requiredText(node, 'planId', 'Plan ID', index) };
	if (of === 'since') return { since: instantParameter(requiredText(node, 'since', 'Since', index)) };
	const written = node.getNodeParameter('since', index, '');
	const since = typeof written === 'string' && written.trim() !== '' ? { since: instantParameter(written.trim()) } : {};
	if (of === 'contract') return { contractId: requiredText(node, 'contractId', 'Contract ID', index), ...since };
	return { identityId: requiredText(node, 'identityId', 'Identity ID', index), ...since };
}

function nameOf(scope: RollbackScope): string {
	if ('planId' in scope) return `plan:${scope.planId}`;
	const since = scope.since === undefined ? '' : `since:${scope.since}`;
	if ('contractId' in scope) return [`contract:${scope.contractId}`, since].filter((part) => part !== '').join(' ');
	return 'identityId' in scope
		? [`identity:${scope.identityId}`, since].filter((part) => part !== '').join(' ')
		: since;
}

function itemsOf(ledgerId: string, planned: Planned, itemIndex: number): INodeExecutionData[][] {
	const { plan, planId, dryRun, tripped } = planned;
	const haltedIds = new Set(planned.halted);
	const messages = tripped.map(({ message }) => message);
	const head = { ledger: ledgerId, planId, ...(dryRun ? { dryRun } : {}) };
	const item = (json: object): INodeExecutionData => ({
		json: toJson({ ...head, ...json }),
		pairedItem: { item: itemIndex },
	});
	const shown = plan.actions.map((action, sequence) => ({
		...actionItem(ledgerId, asStored(action, planId, sequence, haltedIds)),
		type: 'action',
		action,
	}));
	const of = (chosen: (action: PlannedAction) => boolean, more: object = {}) =>
		shown.filter(({ action }) => chosen(action)).map(({ action: _action, ...json }) => item({ ...json, ...more }));
	const isHalted = ({ id }: PlannedAction) => haltedIds.has(id);
	return [
		[
			...plan.conflicts.map((conflict) => item({ type: 'conflict', ...conflict })),
			...plan.blocked.map((blocked) => item({ type: 'blocked', ...blocked })),
			...of(isHalted, { halted: messages }),
		],
		of((action) => !isHalted(action) && action.approval === undefined),
		of((action) => !isHalted(action) && action.approval !== undefined),
	];
}

function asStored(action: PlannedAction, planId: string, sequence: number, halted: ReadonlySet<string>): Action {
	return {
		...action,
		planId,
		sequence,
		approvalState: action.approval ? 'pending' : 'not_needed',
		executionState: halted.has(action.id) ? 'blocked' : 'planned',
	};
}

function hint({ plan, halted, dryRun }: Planned): string {
	const { actions, conflicts, skipped, warnings } = plan;
	const would = dryRun ? 'would be' : 'are';
	const text = `${actions.length} action(s) ${would} planned to take things back, ${conflicts.length} cannot be, ${skipped.length} need nothing, ${halted.length} stopped by guards.`;
	return [text, ...warnings.slice(0, 5)].join(' ');
}
