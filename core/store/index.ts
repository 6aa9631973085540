export type { Bundle, BundleToCreate, ApproverView } from './approvals';
export type { ContractVersion, StoredEvent } from './contracts';
export type { EventReceipt, ReceivedEvent, Refusal } from './events';
export { Ledger, type LedgerApi, type LedgerOptions } from './ledger';
export type { PlanningState, PlanToSave } from './plans';
export type { PolicyVersion } from './policies';
export type { VoteOutcome } from './votes';
