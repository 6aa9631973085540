import type { Kysely } from 'kysely';
import { DomainError, type Assignment, type Source } from '../model';
import { EXTENDED, openAssignments, putAssignments } from './assignments';
import { openGrants } from './grants';
import { changed, requireIdentity } from './requests';
import type { LedgerTables } from './schema';
import type { LedgerTransaction } from './transaction';

export interface ExtendInput {
	identityId: string;
	entitlement: string;
	until: string;
	by: string;
	reason: string;
	/** Who answers for it. */
	owner?: string;
	policyHash?: string;
}

export interface Extended {
	/** `moved`: a request or exception ends later; `prolonged`: what is held goes on as an exception. */
	how: 'moved' | 'prolonged';
	assignment: Assignment;
	/** End before; absent where the ledger knows none. */
	previousEnd?: string;
}

/** Sources that were given to a person for a while. Emergency access is not prolonged: it is used again. */
const PROLONGABLE = new Set(['request', 'exception']);

/**
 * Lets access go on longer than planned: the end of the request or exception that gives it moves; what a rule or an overlap
 * window gives goes on as an exception of its own.
 */
export async function extend(tx: LedgerTransaction, input: ExtendInput): Promise<Extended> {
	await requireIdentity(tx.db, input.identityId);
	const extended = (await moved(tx, input)) ?? (await prolonged(tx, input));
	await putAssignments(tx, [extended.assignment], EXTENDED);
	await changed(tx, input.identityId, 'access extended');
	const { assignment, previousEnd } = extended;
	tx.audit({
		type: 'access.extended',
		actor: { kind: 'person', id: `assignment:${assignment.source.ref}` },
		occurredAt: tx.now,
		refs: {
			identity: input.identityId,
			...(input.policyHash === undefined ? {} : { policy: input.policyHash }),
		},
		data: {
			entitlement: input.entitlement,
			source: assignment.source.ref,
			until: input.until,
			before: previousEnd ?? null,
		},
		personal: { by: input.by, reason: input.reason, owner: input.owner ?? null },
	});
	return extended;
}

async function moved(tx: LedgerTransaction, input: ExtendInput): Promise<Extended | undefined> {
	const given = (await openAssignments(tx.db, [input.identityId])).filter(
		({ entitlement, source, validUntil }) =>
			entitlement === input.entitlement &&
			PROLONGABLE.has(source.kind) &&
			validUntil !== undefined &&
			validUntil > tx.now,
	);
	// The one that ends last is what keeps the access up.
	const last = given.sort((a, b) => ((a.validUntil ?? '') < (b.validUntil ?? '') ? 1 : -1))[0];
	if (last?.validUntil === undefined) return undefined;
	if (last.validUntil >= input.until) throw notLater(input, last.validUntil);
	const { extendedAt: _before, ...plain } = last;
	return { how: 'moved', assignment: { ...plain, validUntil: input.until }, previousEnd: last.validUntil };
}

async function prolonged(tx: LedgerTransaction, input: ExtendInput): Promise<Extended> {
	const { identityId, entitlement, until } = input;
	const held = (await openGrants(tx.db, [identityId])).filter((grant) => grant.entitlement === entitlement);
	if (held.length === 0) throw notHeld(input);
	const previousEnd = (await plannedEnd(tx.db, input)) ?? endOf(held.map((grant) => grant.validUntil));
	if (previousEnd !== undefined && previousEnd >= until) throw notLater(input, previousEnd);
	const source: Source = {
		kind: 'exception',
		ref: tx.newId('overlap:exc'),
		reason: `Extended by ${input.by}: ${input.reason}`,
	};
	const assignment = { identityId, entitlement, source, validFrom: tx.now, validUntil: until };
	return { how: 'prolonged', assignment, ...(previousEnd === undefined ? {} : { previousEnd }) };
}

/** Latest end, or undefined where one is open. */
function endOf(ends: ReadonlyArray<string | undefined>): string | undefined {
	return ends.every((end) => end !== undefined) ? ends.toSorted().at(-1) : undefined;
}

/** When a planned revocation takes the access away. */
async function plannedEnd(db: Kysely<LedgerTables>, input: ExtendInput): Promise<string | undefined> {
	const row = await db
		.selectFrom('actions')
		.select('due_at')
		.where('identity_id', '=', input.identityId)
		.where('entitlement', '=', input.entitlement)
		.where('operation', 'in', ['disable_account', 'remove_from_group', 'remove_role'])
		.where('execution_state', 'in', ['planned', 'blocked'])
		.orderBy('due_at')
		.limit(1)
		.executeTakeFirst();
	return row?.due_at;
}

function notHeld({ entitlement }: ExtendInput): DomainError {
	return new DomainError(
		'LEDGER_REFUSED',
		`The person holds no "${entitlement.slice(0, 200)}" that could be extended.`,
		'Check the entitlement, or request the access anew.',
	);
}

function notLater({ until, entitlement }: ExtendInput, end: string): DomainError {
	return new DomainError(
		'INPUT_INVALID',
		`Parameter "Until": ${until} is not after ${end}, when "${entitlement.slice(0, 200)}" ends anyway.`,
		'Give a later end. To end access sooner, change the request or the rule that gives it.',
	);
}
