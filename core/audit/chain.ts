import { createHash } from 'node:crypto';
import { sha256 } from '../model';

/** Where the chain of a ledger begins: bound to its id, so that two ledgers never share a chain. */
export function genesisHash(ledger: string): string {
	return sha256(`contract-provisioning/audit-chain/1\n${ledger}`);
}

/** Link n: SHA-256(0x02 ‖ link n−1 ‖ leaf hash n). The prefix keeps links apart from leaves (0x00) and nodes (0x01). */
export function chainHash(previous: string, leafHash: string): string {
	return createHash('sha256')
		.update(Buffer.of(0x02))
		.update(Buffer.from(previous, 'hex'))
		.update(Buffer.from(leafHash, 'hex'))
		.digest('hex');
}
