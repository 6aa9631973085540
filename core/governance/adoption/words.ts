import type { ReconcileItem } from '../../scim';
import type { Finding } from './types';

type Words = Pick<Finding, 'says' | 'remedy'>;

/** What a finding means for people. */
export function wordsFor(item: ReconcileItem, application: string): Words {
	const { kind, subject, group = '', role } = item;
	switch (kind) {
		case 'orphan':
			return {
				says: `${application} has ${item.active === false ? 'an inactive' : 'an'} account "${subject}" that the ledger does not know.`,
				remedy: 'Find out whose it is. Adopt it where it is somebody’s, else deactivate it in the application.',
			};
		case 'drift':
			return {
				says: `The account "${subject}" in ${application} is not as the ledger left it.`,
				remedy: 'Plan corrections, or find out who changed it.',
			};
		case 'missing':
			return {
				says: `"${subject}" should have an account in ${application} and has none.`,
				remedy: 'Plan corrections, or take the access away in the policy.',
			};
		case 'unknown_membership':
			return {
				says:
					role === undefined
						? `"${subject}" is in group "${group}" of ${application}, and nothing in the ledger gives that.`
						: `"${subject}" has role "${role}" in ${application}, and nothing in the ledger gives that.`,
				remedy: 'Plan corrections to take it away, or adopt it.',
			};
		case 'missing_membership':
			return {
				says:
					role === undefined
						? `"${subject}" should be in group "${group}" of ${application} and is not.`
						: `"${subject}" should have role "${role}" in ${application} and has not.`,
				remedy: 'Plan corrections, or take the access away in the policy.',
			};
		case 'missing_group':
			return {
				says: `${application} has no group "${subject}", which the policy names.`,
				remedy: 'Create the group in the application, or mend its name in the policy.',
			};
		case 'idle':
			return {
				says: `Nobody has used the account "${subject}" in ${application} for ${item.days ?? 0} days.`,
				remedy: 'Ask whether it is still needed.',
			};
		case 'duplicate':
			return {
				says: `The account "${subject}" in ${application} shares ${item.by ?? 'a key'} with another one.`,
				remedy: 'Merge the two, or give one of them another key.',
			};
		case 'ambiguous':
			return {
				says: `The account "${subject}" in ${application} cannot be told apart: ${item.note ?? 'several fit'}.`,
				remedy: 'Correct the keys of the account or of the person.',
			};
	}
}
