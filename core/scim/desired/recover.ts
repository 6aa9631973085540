import type { ScimClient } from '../client';
import { readAccount } from '../account-keys';
import { mapBounded } from '../concurrency';
import { differences } from '../diff';
import { rulesOf } from '../diff-rules';
import type { AccountMatcher } from '../match';
import { isPast, mayBeOurs, waitForLost, type EarlierCreation } from '../lost-answer';
import { emailsOf, textAttribute, withoutSecrets, type ScimObject } from '../resource';
import { MemberVisibility, findGroup, readGroup } from '../groups';
import type { AfterRecord, JournaledAction } from './journal';

/**
 * What became of actions that a killed run had begun: each is looked up, never sent again. The application's state is
 * the only witness; what it shows as wanted was applied.
 */
export async function recoverOpen(
	client: ScimClient,
	matcher: AccountMatcher,
	open: readonly (JournaledAction & { since?: string })[],
): Promise<AfterRecord[]> {
	const visibility = new MemberVisibility();
	return mapBounded(open, client.limits.concurrency, async (entry) => {
		const { run, action } = entry.before;
		const found = await lookUp(client, matcher, entry, visibility).catch(() => undefined);
		if (found === undefined) return { type: 'after', run, action, ...notShown(client, entry), recovered: true };
		return { type: 'after', run, action, outcome: 'verified', recovered: true, ...found };
	});
}

/** A creation that was sent a moment ago may be shown later. */
function notShown(
	client: ScimClient,
	{ before, after, since }: JournaledAction & { since?: string },
): Pick<AfterRecord, 'outcome' | 'unclear' | 'remoteId'> {
	if (since === undefined || isPast(since, client.clock())) return { outcome: 'not_applied' };
	const remoteId = after?.remoteId ?? before.remoteId;
	return { outcome: 'failed', unclear: since, ...(remoteId === undefined ? {} : { remoteId }) };
}

/** `failed` where the application shows nothing that tells: what was sent may have been carried out. */
type Evidence = Pick<AfterRecord, 'remoteId' | 'after' | 'added' | 'removed' | 'unsure' | 'note'> & {
	outcome?: 'failed';
};

async function lookUp(
	client: ScimClient,
	matcher: AccountMatcher,
	{ before, after, since }: JournaledAction & { since?: string },
	visibility: MemberVisibility,
): Promise<Evidence | undefined> {
	switch (before.kind) {
		case 'add_members':
		case 'remove_members':
			return membersEvidence(client, before, visibility);
		case 'create_group':
		case 'rename_group':
		case 'update_group':
			return groupEvidence(client, before.subject, before.remoteId, before.desired ?? {});
		case 'create_user':
			return creationEvidence(client, matcher, before, { since, remoteId: after?.remoteId ?? before.remoteId });
		default:
			return userEvidence(client, before.remoteId, before.desired ?? {});
	}
}

/** A creation happened as soon as the account is there, whatever it shows. One of a moment ago is waited for. */
async function creationEvidence(
	client: ScimClient,
	matcher: AccountMatcher,
	{ desired = {}, subject }: JournaledAction['before'],
	{ since, remoteId }: EarlierCreation,
): Promise<Evidence | undefined> {
	const keys = { ...keysOf(desired, subject), ...(remoteId === undefined ? {} : { remoteId }) };
	const waits = since !== undefined && !isPast(since, client.clock());
	const found = waits ? await waitForLost(client, matcher, keys) : await matcher.match(client, keys, { fresh: true });
	if (found === undefined || !mayBeOurs(found.resource, keys)) return undefined;
	return { remoteId: found.resource.id, after: withoutSecrets(found.resource) };
}

async function userEvidence(
	client: ScimClient,
	id: string | undefined,
	desired: ScimObject,
): Promise<Evidence | undefined> {
	const resource = id === undefined ? undefined : await readAccount(client, id);
	if (resource === undefined || differences(desired, resource, rulesOf(client)).length > 0) return undefined;
	return { remoteId: resource.id, after: withoutSecrets(resource) };
}

function keysOf(desired: ScimObject, subject: string): { externalId?: string; userName: string; email?: string } {
	const externalId = textAttribute(desired, 'externalId');
	const email = emailsOf(desired)[0];
	return {
		userName: textAttribute(desired, 'userName') ?? subject,
		...(externalId === undefined ? {} : { externalId }),
		...(email === undefined ? {} : { email }),
	};
}

async function groupEvidence(
	client: ScimClient,
	subject: string,
	id: string | undefined,
	desired: ScimObject,
): Promise<Evidence | undefined> {
	const { id: found, displayName } = id === undefined ? await findGroup(client, subject) : await readGroup(client, id);
	const wanted = textAttribute(desired, 'displayName');
	return id === undefined || wanted === undefined || wanted === displayName
		? { remoteId: found, after: { displayName } }
		: undefined;
}

async function membersEvidence(
	client: ScimClient,
	{ remoteId, add = [], remove = [] }: JournaledAction['before'],
	visibility: MemberVisibility,
): Promise<Evidence | undefined> {
	if (remoteId === undefined) return undefined;
	const group = await readGroup(client, remoteId);
	const { members } = group;
	visibility.learn(group);
	if (members.size === 0 && !(await visibility.shown(client)))
		return { outcome: 'failed', remoteId, added: add, removed: remove, unsure: add, note: UNTOLD };
	const added = add.filter((member) => members.has(member));
	const removed = remove.filter((member) => !members.has(member));
	return added.length + removed.length === 0 ? undefined : { remoteId, added, removed };
}

const UNTOLD =
	'The run was killed while it changed members, and the application does not show them: they may have been sent.';
