import { canonicalJson, DomainError, executionStatesBefore, type Json } from '../model';
import { anyOf, chunks, type LedgerTransaction } from './transaction';

export interface HaltToSave {
	/** Which guards, with what they counted and what they allow; without personal data. */
	tripped: Json;
	actionIds: readonly string[];
}

const HALTED = 'A guard stopped it. Resolve the halt to go on.';

/** Blocks what guards stopped, until somebody says whether it is right. */
export async function saveHalts(tx: LedgerTransaction, planId: string, halts: readonly HaltToSave[]): Promise<void> {
	for (const halt of halts) {
		const id = tx.newId('hlt');
		await tx.db
			.insertInto('guard_halts')
			.values({
				id,
				plan_id: planId,
				tripped: canonicalJson(halt.tripped),
				state: 'open',
				created_at: tx.now,
				resolved_at: null,
				resolved_by: null,
				reason: null,
			})
			.execute();
		const rows = [...new Set(halt.actionIds)].map((actionId) => ({ halt_id: id, action_id: actionId }));
		for (const chunk of chunks(rows)) await tx.db.insertInto('halted_actions').values(chunk).execute();
		await tx.db
			.updateTable('actions')
			.set({ execution_state: 'blocked', note: HALTED, updated_at: tx.now })
			.where('id', 'in', anyOf(halt.actionIds))
			.where('execution_state', 'in', executionStatesBefore('blocked'))
			.execute();
		tx.audit({
			type: 'guard.halted',
			actor: { kind: 'package', id: 'guards' },
			occurredAt: tx.now,
			refs: { plan: planId, halt: id },
			data: { tripped: halt.tripped, actions: [...halt.actionIds] },
		});
	}
}

export interface HaltDecision {
	id: string;
	decision: 'resume' | 'cancel';
	/** Who says so; kept beside the record. */
	by: string;
	reason: string;
}

/** Lets halted actions go on, or cancels them, each with a reason. Actions that another open halt covers stay blocked. */
export async function resolveHalt(tx: LedgerTransaction, input: HaltDecision): Promise<{ actionIds: string[] }> {
	const resume = input.decision === 'resume';
	const halt = await tx.db
		.updateTable('guard_halts')
		.set({
			state: resume ? 'resumed' : 'cancelled',
			resolved_at: tx.now,
			resolved_by: input.by,
			reason: input.reason,
		})
		.where('id', '=', input.id)
		.where('state', '=', 'open')
		.returning('plan_id')
		.executeTakeFirst();
	if (!halt) throw notOpen(input.id);
	const to = resume ? 'planned' : 'cancelled';
	const moved = await tx.db
		.updateTable('actions')
		.set({ execution_state: to, note: resume ? null : `Cancelled after a guard stopped it.`, updated_at: tx.now })
		.where('id', 'in', (eb) => eb.selectFrom('halted_actions').select('action_id').where('halt_id', '=', input.id))
		.where('id', 'not in', (eb) =>
			eb
				.selectFrom('halted_actions')
				.innerJoin('guard_halts', 'guard_halts.id', 'halted_actions.halt_id')
				.select('halted_actions.action_id')
				.where('guard_halts.state', '=', 'open'),
		)
		.where('execution_state', '=', 'blocked')
		.returning('id')
		.execute();
	const actionIds = moved.map(({ id }) => id).sort();
	tx.audit({
		type: resume ? 'guard.resumed' : 'guard.cancelled',
		actor: { kind: 'person', id: `halt:${input.id}` },
		occurredAt: tx.now,
		refs: { plan: halt.plan_id, halt: input.id },
		data: { actions: actionIds },
		personal: { by: input.by, reason: input.reason },
	});
	return { actionIds };
}

function notOpen(id: string): DomainError {
	return new DomainError(
		'INPUT_INVALID',
		`There is no open halt "${id.slice(0, 100)}".`,
		'Take the id from the item on Blocked, or from the audit record guard.halted. A halt is resolved once.',
	);
}
