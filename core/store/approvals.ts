import type { Kysely } from 'kysely';
import { canonicalJson, DomainError, type Action, type ApprovalRequest, type BundleState, type Vote } from '../model';
import { readActions } from './actions';
import type { ApprovalRequestRow, LedgerTables } from './schema';
import { anyOf, chunks, type LedgerTransaction } from './transaction';

export interface BundleToCreate {
	id: string;
	executionId: string;
	workflowId: string;
	/** ISO instant after which nothing in the bundle can be decided. */
	deadline: string;
	requests: ReadonlyArray<Omit<ApprovalRequest, 'bundleId' | 'state'>>;
	/** One token an approver, by hash only. */
	tokens: ReadonlyArray<{ approver: string; hash: string }>;
}

export interface Bundle {
	id: string;
	executionId: string;
	state: BundleState;
	deadline: string;
	requests: ApprovalRequest[];
}

/** What an approver's link leads to. */
export interface ApproverView {
	bundle: Bundle;
	approver: string;
	/** Set once the link was used to decide. */
	usedAt?: string;
	/** The requests this approver is asked about, with their actions. */
	requests: Array<{ request: ApprovalRequest; actions: Action[]; vote?: Vote }>;
}

export async function createBundle(tx: LedgerTransaction, input: BundleToCreate): Promise<Bundle> {
	const { id } = input;
	await tx.db
		.insertInto('bundles')
		.values({
			id,
			execution_id: input.executionId,
			workflow_id: input.workflowId,
			state: 'open',
			deadline: input.deadline,
			created_at: tx.now,
		})
		.execute();
	for (const draft of input.requests) {
		const { id: requestId, actions, approvers, need, ...plain } = draft;
		await tx.db
			.insertInto('approval_requests')
			.values({
				id: requestId,
				bundle_id: id,
				rule: plain.rule,
				identity_id: plain.identityId,
				subject: plain.subject,
				approvers: canonicalJson(approvers),
				need: canonicalJson(need),
				state: 'pending',
				created_at: tx.now,
				expires_at: plain.expiresAt < input.deadline ? plain.expiresAt : input.deadline,
				decided_at: null,
			})
			.execute();
		const rows = actions.map((action) => ({ request_id: requestId, action_id: action.actionId, hash: action.hash }));
		for (const chunk of chunks(rows)) await tx.db.insertInto('request_actions').values(chunk).execute();
		await tx.db
			.updateTable('actions')
			.set({ approval_state: 'pending', updated_at: tx.now })
			.where('id', 'in', anyOf(rows.map((row) => row.action_id)))
			.where('approval_state', '=', 'expired')
			.execute();
		tx.audit({
			type: 'approval.requested',
			actor: { kind: 'node', id: `execution:${input.executionId}` },
			occurredAt: tx.now,
			refs: { bundle: id, request: requestId, identity: plain.identityId },
			data: { rule: plain.rule, need, actions: actions.map((action) => ({ id: action.actionId, hash: action.hash })) },
			personal: { subject: plain.subject, approvers },
		});
	}
	const tokens = input.tokens.map((token) => ({
		hash: token.hash,
		bundle_id: id,
		approver: token.approver,
		used_at: null,
	}));
	for (const chunk of chunks(tokens)) await tx.db.insertInto('approval_tokens').values(chunk).execute();
	const bundle = await readBundle(tx.db, id);
	if (bundle) return bundle;
	throw new DomainError('LEDGER_UNAVAILABLE', 'The approval bundle could not be read back.', 'Run the node again.');
}

export async function readBundle(db: Kysely<LedgerTables>, id: string): Promise<Bundle | undefined> {
	const row = await db.selectFrom('bundles').selectAll().where('id', '=', id).executeTakeFirst();
	if (!row) return undefined;
	const requests = await db
		.selectFrom('approval_requests')
		.selectAll()
		.where('bundle_id', '=', id)
		.orderBy('subject')
		.orderBy('id')
		.execute();
	const actions = await db
		.selectFrom('request_actions')
		.selectAll()
		.where('request_id', 'in', anyOf(requests.map((request) => request.id)))
		.orderBy('action_id')
		.execute();
	return {
		id: row.id,
		executionId: row.execution_id,
		state: row.state,
		deadline: row.deadline,
		requests: requests.map((request) =>
			requestFromRow(
				request,
				actions.filter((action) => action.request_id === request.id),
			),
		),
	};
}

function requestFromRow(
	row: ApprovalRequestRow,
	actions: ReadonlyArray<{ action_id: string; hash: string }>,
): ApprovalRequest {
	return {
		id: row.id,
		bundleId: row.bundle_id,
		rule: row.rule,
		identityId: row.identity_id,
		subject: row.subject,
		approvers: JSON.parse(row.approvers) as Record<string, string[]>,
		need: JSON.parse(row.need) as Record<string, number>,
		state: row.state,
		createdAt: row.created_at,
		expiresAt: row.expires_at,
		actions: actions.map((action) => ({ actionId: action.action_id, hash: action.hash })),
	};
}

/** The newest bundle of a workflow execution: the one a wait is for. */
export async function bundleOfExecution(db: Kysely<LedgerTables>, executionId: string): Promise<Bundle | undefined> {
	const row = await db
		.selectFrom('bundles')
		.select('id')
		.where('execution_id', '=', executionId)
		.orderBy('created_at', 'desc')
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirst();
	return row && (await readBundle(db, row.id));
}

export async function approverView(db: Kysely<LedgerTables>, tokenHash: string): Promise<ApproverView | undefined> {
	const token = await db.selectFrom('approval_tokens').selectAll().where('hash', '=', tokenHash).executeTakeFirst();
	if (!token) return undefined;
	const bundle = await readBundle(db, token.bundle_id);
	if (!bundle) return undefined;
	const asked = bundle.requests.filter((request) =>
		Object.values(request.approvers).some((members) => members.includes(token.approver)),
	);
	const votes = await db
		.selectFrom('votes')
		.select(['request_id', 'vote'])
		.where('approver', '=', token.approver)
		.where('request_id', 'in', anyOf(asked.map((request) => request.id)))
		.execute();
	const actions = await readActions(db, {
		actionIds: asked.flatMap((request) => request.actions.map((action) => action.actionId)),
	});
	return {
		bundle,
		approver: token.approver,
		...(token.used_at === null ? {} : { usedAt: token.used_at }),
		requests: asked.map((request) => {
			const vote = votes.find((cast) => cast.request_id === request.id)?.vote;
			return {
				request,
				actions: actions.filter((action) => request.actions.some((covered) => covered.actionId === action.id)),
				...(vote === undefined ? {} : { vote }),
			};
		}),
	};
}

export async function setBundleState(tx: LedgerTransaction, id: string, state: BundleState): Promise<void> {
	await tx.db.updateTable('bundles').set({ state }).where('id', '=', id).execute();
}

/** Marks a decided bundle as gone on with. True for the first caller only. */
export async function collectBundle(tx: LedgerTransaction, id: string): Promise<boolean> {
	const done = await tx.db
		.updateTable('bundles')
		.set({ state: 'collected' })
		.where('id', '=', id)
		.where('state', '=', 'decided')
		.executeTakeFirstOrThrow();
	return Number(done.numUpdatedRows) === 1;
}

/** Ends what nobody decided in time: requests, their actions and bundles. Called before anything reads approvals. */
export async function expireApprovals(tx: LedgerTransaction): Promise<number> {
	const due = await tx.db
		.selectFrom('approval_requests')
		.selectAll()
		.where('state', '=', 'pending')
		.where('expires_at', '<=', tx.now)
		.execute();
	if (due.length === 0) return 0;
	const ids = due.map((row) => row.id);
	const expired = { state: 'expired', decided_at: tx.now } as const;
	await tx.db.updateTable('approval_requests').set(expired).where('id', 'in', anyOf(ids)).execute();
	await tx.db
		.updateTable('actions')
		.set({ approval_state: 'expired', updated_at: tx.now })
		.where('approval_state', '=', 'pending')
		.where('id', 'in', (eb) =>
			eb.selectFrom('request_actions').select('action_id').where('request_id', 'in', anyOf(ids)),
		)
		.execute();
	for (const row of due) {
		tx.audit({
			type: 'approval.expired',
			actor: { kind: 'package', id: 'gate' },
			occurredAt: row.expires_at,
			refs: { request: row.id, bundle: row.bundle_id, identity: row.identity_id },
			data: { rule: row.rule },
		});
	}
	for (const bundleId of new Set(due.map((row) => row.bundle_id))) {
		const bundle = await readBundle(tx.db, bundleId);
		if (bundle?.state === 'open' && bundle.requests.every((request) => request.state !== 'pending')) {
			await setBundleState(tx, bundleId, 'decided');
		}
	}
	return due.length;
}

/** Actions among the given that nobody has decided: asked for never, or in vain until the request expired. */
export async function actionsToAsk(
	db: Kysely<LedgerTables>,
	scope: { actionIds?: readonly string[]; planIds?: readonly string[] },
): Promise<Action[]> {
	const actions = await readActions(db, scope);
	return actions.filter(
		(action) =>
			action.executionState === 'planned' && (action.approvalState === 'pending' || action.approvalState === 'expired'),
	);
}
