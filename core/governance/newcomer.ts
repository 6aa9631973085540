import { createHmac } from 'node:crypto';

/**
 * Id of somebody whom we meet for the first time: keyed with the ledger's secret, since ids stand in audit records for good.
 * A plain hash of an address could be found by trying addresses, also after the person was erased.
 */
export function newcomerId(pseudonymKey: string, email: string): string {
	return `idn_${createHmac('sha256', pseudonymKey).update(`identity:${email}`).digest('hex').slice(0, 24)}`;
}
