import { contentHash } from '../model';
import type { ContractEventInput } from './contract-event';

/**
 * The content of an event as one hash (hex SHA-256 over canonical JSON). A repeat with the same id and the same hash
 * is a duplicate; with another hash it is a conflict that nobody may decide silently. Members that we don't know are
 * no part of it: senders count their delivery attempts in the body.
 */
export function externalEventHash(event: ContractEventInput): string {
	return contentHash(event);
}
