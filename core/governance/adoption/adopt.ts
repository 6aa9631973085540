import { DomainError } from '../../model';
import type { FoundAccount } from '../../store';
import { readAccounts } from './accounts-seen';
import { readMemberships } from './memberships';
import { KnownKeys, keysOf, ownerOf, type AccountOwner, type SeenAccount } from './account-matching';
import { handOut, type Comparison, type ComparisonOutcome } from './comparison';
import { AdoptionFindings, nobodys, second, twoAccounts } from './adoption-findings';

const AT_ONCE = 500;
const PAGE = 500;

/**
 * Makes accounts and memberships that were there before us the ledger's own: matched to people by what proves whose they
 * are, everything else reported. In one transaction, or not at all where not everything could be read.
 *
 * @throws DomainError INPUT_INVALID where owner or review date are missing
 */
export async function adoptApplication(comparison: Comparison): Promise<ComparisonOutcome> {
	const { client, ledger, request, managed, hooks, policyHash } = comparison;
	const { application, owner, reviewBy, run } = request;
	if (owner === undefined || reviewBy === undefined) throw withoutOwner();
	const view = client.tracked();
	const findings = new AdoptionFindings(request.maxFindings);
	const seen = await readAccounts({ ...comparison, client: view });
	const owners = await ownersOf(comparison, seen.accounts, findings);
	const members = await readMemberships({ ...comparison, client: view }, seen.accounts, findings);
	const unread = [...seen.reasons, ...members.unread];
	const reasons = [...unread, ...members.hidden, ...seen.hidden];
	const complete = reasons.length === 0;
	const counts: Record<string, number> = {
		accounts: seen.accounts.length,
		active: seen.accounts.filter(({ active }) => active).length,
		matched: owners.size,
		...findings.counts,
	};
	const outcome = { complete, reasons, counts, truncated: findings.truncated, requests: view.traffic };
	if (unread.length > 0) {
		await handOut(hooks, findings.kept);
		return outcome;
	}
	const found = seen.accounts.flatMap((account): FoundAccount[] => {
		const identityId = owners.get(account.remoteId);
		if (identityId === undefined) return [];
		const groups = members.byAccount.get(account.remoteId) ?? [];
		const access = account.active && managed.account !== undefined ? [managed.account] : [];
		const { emails: _emails, groups: _groups, roles, ...kept } = account;
		const given = roles.flatMap((role) => managed.entitlementOfRole(role) ?? []);
		return [{ ...kept, identityId, entitlements: [...access, ...groups, ...given] }];
	});
	for (let at = 0; at < found.length; at += AT_ONCE) await ledger.stageAdoption(run, found.slice(at, at + AT_ONCE));
	const execution = request.executionId === undefined ? {} : { executionId: request.executionId };
	const adopted = await ledger.adopt({ run, application, owner, reviewBy, policyHash, counts, ...execution });
	for (const { identityId, remoteId } of adopted.conflicts)
		findings.add(twoAccounts(application, remoteId, identityId));
	await handOut(hooks, findings.kept);
	return { ...outcome, counts: { ...counts, ...findings.counts }, truncated: findings.truncated, adopted };
}

/** Who has which account, by the application's ids; what is not certain is a finding. */
async function ownersOf(
	{ ledger, request: { application } }: Comparison,
	accounts: readonly SeenAccount[],
	findings: AdoptionFindings,
): Promise<Map<string, string>> {
	const known = await knownAccounts(ledger, application);
	const owners = new Map<string, string>();
	const byPerson = new Map<string, SeenAccount>();
	for (let at = 0; at < accounts.length; at += AT_ONCE) {
		const page = accounts.slice(at, at + AT_ONCE);
		const keys = new KnownKeys(await ledger.identityHits(keysOf(page)));
		for (const account of page) {
			const mine = known.byAccount.get(account.remoteId);
			const owner: AccountOwner =
				mine === undefined ? ownerOf(account, keys) : { found: 'one', identityId: mine, by: 'ledger' };
			if (owner.found !== 'one') {
				findings.add(nobodys(application, account, owner));
				continue;
			}
			const theirs = known.byPerson.get(owner.identityId);
			const other = theirs !== undefined && theirs !== account.remoteId ? theirs : undefined;
			const twin = byPerson.get(owner.identityId);
			if (other !== undefined) findings.add(second(application, account, owner.identityId, other));
			else if (twin !== undefined) {
				// Neither is certain: which of the two is used, the application's administrator knows.
				owners.delete(twin.remoteId);
				findings.add(second(application, account, owner.identityId, twin.remoteId));
			} else {
				owners.set(account.remoteId, owner.identityId);
				byPerson.set(owner.identityId, account);
			}
		}
	}
	return owners;
}

async function knownAccounts(ledger: Comparison['ledger'], application: string) {
	const byAccount = new Map<string, string>();
	const byPerson = new Map<string, string>();
	for (let after: string | undefined; ;) {
		const page = await ledger.accountsPage({ application, limit: PAGE, ...(after !== undefined && { after }) });
		const last = page.at(-1);
		if (last === undefined) return { byAccount, byPerson };
		after = last.identityId;
		for (const { remoteId, identityId } of page) {
			byAccount.set(remoteId, identityId);
			byPerson.set(identityId, remoteId);
		}
	}
}

function withoutOwner(): DomainError {
	return new DomainError(
		'INPUT_INVALID',
		'Adopting needs somebody who answers for what was found, and a date by which it is looked at.',
		'Fill in "Owner" and "Review By".',
	);
}
