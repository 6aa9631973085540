export { parseContractEvent, CONTRACT_EVENT_TYPES } from './contract-event';
export type { ContractEventInput, ContractEventType, EventDocument } from './contract-event';
export { externalEventHash } from './event-hash';
export { verifyGenericHmac, GENERIC_SIGNATURE_HEADER, GENERIC_TIMESTAMP_HEADER } from './generic-hmac';
export type { GenericHmacRequest } from './generic-hmac';
export { sourceKey } from './source-key';
export { verifyStandardWebhook } from './standard-webhooks';
export type { StandardWebhookRequest } from './standard-webhooks';
export type { IncomingHeaders, Verification, VerificationFailure } from './verification';
