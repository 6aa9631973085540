import { DomainError } from '../model';
import type { ContractEventPayload } from './contract-event';
import type { ContractVersionState } from './contract-state';
import type { PlanningLedger, RunRequest } from './run';

/** The contract of an event with all its versions, this one included. */
export async function contractOf(ledger: PlanningLedger, eventId: string) {
	const event = await ledger.readEvent(eventId);
	const payload = event?.payload as ContractEventPayload | undefined;
	const document = payload && (await ledger.readDocument(payload.after.sha256));
	if (!event || !payload || !document) {
		throw new DomainError(
			'INPUT_INVALID',
			`The ledger has no contract event "${eventId}".`,
			'Have the contract system send it again.',
		);
	}
	const effectiveAt = payload.effectiveAt ?? payload.occurredAt;
	const { amendment } = payload;
	const recorded = (await ledger.versionsOfContracts([payload.contract.id])).get(payload.contract.id) ?? [];
	const own = {
		eventId,
		type: payload.type,
		header: payload.contract,
		document,
		effectiveAt,
		occurredAt: payload.occurredAt,
		...(amendment?.number !== undefined && { number: amendment.number }),
		...(amendment && { amendmentId: amendment.id }),
	};
	const versions = [...recorded.filter((each) => each.eventId !== eventId), own];
	return { id: payload.contract.id, payload, effectiveAt, versions };
}

/** Contracts whose rules may say otherwise of these people than before, with all their versions. */
export async function contractsToReadAgain(
	ledger: PlanningLedger,
	{ contractsByPerson, identityIds }: RunRequest,
): Promise<Array<{ id: string; versions: ContractVersionState[] }>> {
	if (contractsByPerson !== true || identityIds.length === 0) return [];
	const versions = await ledger.versionsOfContracts(await ledger.contractsNaming(identityIds));
	return [...versions].map(([id, each]) => ({ id, versions: each }));
}
