import type { AccountOwner, SeenAccount } from './account-matching';
import type { Finding } from './types';

/** Counts all, keeps some. */
export class AdoptionFindings {
	readonly kept: Finding[] = [];
	readonly counts: Record<string, number> = { orphan: 0, ambiguous: 0, unmanaged_group: 0 };
	truncated = false;

	constructor(readonly most: number) {}

	add(finding: Finding): void {
		this.counts[finding.kind] = (this.counts[finding.kind] ?? 0) + 1;
		if (this.kept.length < this.most) this.kept.push(finding);
		else this.truncated = true;
	}
}

export function nobodys(
	application: string,
	account: SeenAccount,
	owner: Exclude<AccountOwner, { found: 'one' }>,
): Finding {
	const { userName: subject, remoteId, active } = account;
	if (owner.found === 'unsure') {
		return {
			kind: 'ambiguous',
			subject,
			remoteId,
			active,
			says: `It is not certain whose account "${subject}" in ${application} is: ${owner.because}.`,
			remedy: 'Correct externalId or e-mail of the account, then adopt again.',
		};
	}
	return {
		kind: 'orphan',
		subject,
		remoteId,
		active,
		says: `The account "${subject}" in ${application} belongs to nobody whom the ledger knows.`,
		remedy:
			'Send the person’s HR event or correct the keys of the account, then adopt again; else deactivate it there.',
	};
}

export function second(application: string, account: SeenAccount, identityId: string, other: string): Finding {
	return {
		kind: 'ambiguous',
		subject: account.userName,
		remoteId: account.remoteId,
		identityId,
		other,
		says: `The account "${account.userName}" is the second one of one person in ${application}.`,
		remedy: 'Merge the two in the application, or take the person’s keys from one of them. Then adopt again.',
	};
}

export function twoAccounts(application: string, remoteId: string, identityId: string): Finding {
	return {
		kind: 'ambiguous',
		subject: remoteId,
		remoteId,
		identityId,
		says: `The ledger came to know another account of this person in ${application} meanwhile.`,
		remedy: 'Run again.',
	};
}

export function unmanaged(application: string, name: string, id: string): Finding {
	return {
		kind: 'unmanaged_group',
		subject: name,
		remoteId: id,
		says: `The policy does not know the group "${name}" of ${application}.`,
		remedy: 'Declare an entitlement for it, if access by it is to be governed. Import Catalogue gives the lines.',
	};
}
