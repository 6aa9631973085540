import {
	factsOf,
	isEmployedAt,
	matchPerson,
	timelineOf,
	timelineRules,
	type MatchOutcome,
	type StatedEvent,
} from '../lifecycle';
import type { DataFinding } from '../model';
import type { IntakeBatch, LifecycleReceipt } from './lifecycle-batch';
import type { PreparedEvent } from './lifecycle-evidence';
import { KnownEvents } from './lifecycle-known';
import { statementsOf } from './lifecycle-rows';

export type Matched = { kind: 'match'; identityId: string; by: string } | { kind: 'new' };
export type Uncertain = Extract<MatchOutcome, { kind: 'review' }>;

/** Whose event it is, as far as that is certain now. */
export async function matchEvent(batch: IntakeBatch, prepared: PreparedEvent): Promise<Matched | Uncertain> {
	const outcome = matchPerson(prepared.evidence, batch.directory);
	const idKey = KnownEvents.idKey(prepared);
	const waiting = idKey === undefined ? undefined : batch.waiting.get(idKey);
	if (waiting && (outcome.kind === 'new' || outcome.kind === 'match_if_left')) {
		return { kind: 'review', candidates: waiting, field: 'hrId', because: 'an earlier event of this HR id waits' };
	}
	if (outcome.kind !== 'match_if_left') return outcome;
	const { identityId, by, field } = outcome;
	if (await hasLeft(batch, identityId, prepared.event.effectiveAt)) return { kind: 'match', identityId, by };
	const because = `${by} belongs to somebody who is employed under another HR id`;
	return { kind: 'review', candidates: [identityId], field, because };
}

/** Rare enough for a query of its own: the same person under a new number, or two people? */
async function hasLeft(batch: IntakeBatch, identityId: string, at: string): Promise<boolean> {
	await batch.flush();
	const statements = await statementsOf(batch.tx.db, [identityId]);
	const facts = statements.flatMap(({ statement }) => factsOf(statement));
	const rules = timelineRules(batch.policyView, batch.tx.now);
	return isEmployedAt(timelineOf({ identityId, keys: {}, facts }, rules), at) === false;
}

/** Remembers whose event it is and by what. `by` is absent for somebody new. */
export function linkEvent(batch: IntakeBatch, prepared: PreparedEvent, identityId: string, by?: string): void {
	const { event, eventId, evidence } = prepared;
	if (by === undefined) batch.directory.create(identityId);
	const { effectiveAt: from, createdAt, type } = event;
	const sets = evidence.previousEmail !== undefined || (evidence.starts && type !== 'contractor.extend');
	batch.directory.learn(identityId, evidence, { from, createdAt, sets });
	if (by === 'HR id') return;
	batch.tx.audit({
		type: by === undefined ? 'identity.created' : 'identity.matched',
		actor: { kind: 'package', id: 'ledger' },
		occurredAt: from,
		refs: { identity: identityId, event: eventId },
		data: { source: event.source, ...(by !== undefined && { by }) },
	});
}

/** Lets an event speak of its person, or puts it to the group that cancels or corrects it. */
export function speak(batch: IntakeBatch, prepared: PreparedEvent, identityId: string): LifecycleReceipt {
	const { event, eventId } = prepared;
	if (batch.known.isGrouped(prepared)) batch.seeds.push(eventId);
	else batch.writes.spoken(identityId, eventId, event, batch.policyView.zone);
	const names = batch.spoken.get(identityId) ?? new Set();
	for (const name of Object.keys(event.attributes)) names.add(name);
	batch.spoken.set(identityId, names);
	// What a correction is worth is seen beside what it corrects.
	const findings = event.type === 'correct' ? [] : batch.quality.ofEvent(event);
	forgetMended(batch, identityId, findings, event);
	return batch.receipt(prepared, 'accepted', identityId, batch.find(findings, eventId, identityId));
}

/** Of two events of one batch the later may mend what was wrong with the earlier. */
function forgetMended(
	batch: IntakeBatch,
	identityId: string,
	findings: readonly DataFinding[],
	event: StatedEvent,
): void {
	for (const [id, earlier] of batch.writes.findings) {
		const { field } = earlier;
		if (earlier.identityId !== identityId || field === undefined || !Object.hasOwn(event.attributes, field)) continue;
		if (!findings.some((finding) => finding.field === field)) batch.writes.findings.delete(id);
	}
}
