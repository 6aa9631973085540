import type { ActionContent, DomainError, ErrorCode } from '../model';
import type { ActionOutcome, ActionResult, ClaimedAction } from '../ports';
import type { AttributeVerdict } from './account-outcome';
import { asDomainError } from './errors';
import { textAttribute, withoutSecrets, type ScimResource } from './resource';

/** What became of one action: what the ledger records, and what a person wants to see beside it. */
export interface AppliedAction extends ActionResult {
	content: ActionContent;
	/** Read requests sent for it; those for a group count for each of its actions. */
	reads: number;
	/** Stable code and remedy, where it failed or conflicts. */
	code?: ErrorCode;
	remedy?: string;
	/** Verdict on each attribute that was to be written. */
	attributes?: readonly AttributeVerdict[];
}

export interface Settlement {
	outcome: ActionOutcome;
	reads: number;
	writes: number;
	resource?: ScimResource | undefined;
	/** State after the write; the account itself where absent. */
	after?: unknown;
	note?: string | undefined;
	error?: DomainError | undefined;
	attributes?: readonly AttributeVerdict[] | undefined;
}

/** Collects one result an action; the first word counts. */
export class Results {
	readonly #byAction = new Map<string, AppliedAction>();

	settle(action: ClaimedAction, settlement: Settlement): void {
		if (this.#byAction.has(action.id)) return;
		const { outcome, reads, writes, resource, error } = settlement;
		const note = error === undefined ? settlement.note : `${error.message} ${error.remedy}`;
		const after = settlement.after ?? (resource === undefined ? undefined : withoutSecrets(resource));
		this.#byAction.set(action.id, {
			actionId: action.id,
			outcome,
			writes,
			reads,
			content: action.content,
			...(after === undefined ? {} : { after }),
			...(settlement.attributes === undefined ? {} : { attributes: settlement.attributes }),
			...(resource === undefined ? {} : { account: accountOf(resource) }),
			...(note === undefined ? {} : { note }),
			...(error === undefined ? {} : { code: error.code, remedy: error.remedy }),
		});
	}

	/**
	 * A failure before anything was sent for the action, or with the counts given. What somebody else changed since is a
	 * conflict: the ledger ends the action instead of handing it out again.
	 */
	fail(
		action: ClaimedAction,
		error: unknown,
		counts: { reads: number; writes: number } = { reads: 0, writes: 0 },
	): void {
		const failure = asDomainError(error);
		const outcome = failure.details['conflict'] === true ? 'conflict' : 'failed';
		this.settle(action, { outcome, ...counts, error: failure });
	}

	has(action: ClaimedAction): boolean {
		return this.#byAction.has(action.id);
	}

	/** In the order of the claim. */
	list(claimed: readonly ClaimedAction[]): AppliedAction[] {
		return claimed.flatMap(({ id }) => this.#byAction.get(id) ?? []);
	}
}

/** What the ledger records: the port's members and no others. */
export function forLedger(applied: AppliedAction): ActionResult {
	const { actionId, outcome, writes, after, account, note } = applied;
	return {
		actionId,
		outcome,
		writes,
		...(after === undefined ? {} : { after }),
		...(account === undefined ? {} : { account }),
		...(note === undefined ? {} : { note }),
	};
}

function accountOf(resource: ScimResource): NonNullable<ActionResult['account']> {
	const externalId = textAttribute(resource, 'externalId');
	return {
		remoteId: resource.id,
		userName: textAttribute(resource, 'userName') ?? '',
		...(externalId === undefined ? {} : { externalId }),
	};
}
