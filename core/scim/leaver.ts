import type { DomainError } from '../model';
import { deactivateAccount } from './account-patch';
import type { ScimClient } from './client';
import { deleteAccount, type DeletionProof } from './deletion';
import { asDomainError } from './errors';
import { MemberVisibility } from './member-visibility';
import { changeMembers } from './membership';
import type { ScimResource } from './resource';
import { rolesShown } from './role-attribute';
import { groupsOf } from './user-groups';

export interface LeaverOptions {
	/**
	 * Ends sessions and tokens where the application offers it: n8n's own nodes, say. Called once the account is
	 * inactive; returns a note for the record.
	 */
	endSessions?: (account: ScimResource) => Promise<string | undefined>;
	/** Takes the account out of all groups. Default true. */
	groups?: boolean;
	/** Records who takes over what the account owned; nothing is sent for it. */
	handOverTo?: string;
	/** DELETE after all else: only where the policy says so. Default false. */
	delete?: boolean;
	/** Also where DELETE can't be undone (GitHub). Default false. */
	allowIrreversible?: boolean;
}

export interface LeaverStep {
	step: 'deactivate' | 'sessions' | 'groups' | 'hand_over' | 'delete';
	outcome: 'done' | 'failed' | 'skipped';
	note?: string;
	error?: DomainError;
}

export interface LeaverReport {
	/** True where nothing failed. */
	done: boolean;
	steps: LeaverStep[];
	/** The account as last seen; absent where the application doesn't show it any more. */
	resource?: ScimResource;
	/** What a GET after DELETE answered. */
	proof?: DeletionProof;
	/** Roles that the account still shows: they go by a plan, and let nobody in while it is inactive. */
	rolesLeft?: readonly string[];
}

/**
 * Takes somebody's access away: inactive first, then sessions and tokens, then groups, and DELETE where the policy says
 * so, with the answer of a GET after it as proof. A step that fails doesn't stop the next one: less access is the safe
 * direction. An account that isn't there (any more) is done.
 *
 * @param account as matching found it; `undefined` where there is none
 */
export async function offboard(
	client: ScimClient,
	account: ScimResource | undefined,
	options: LeaverOptions = {},
): Promise<LeaverReport> {
	const steps: LeaverStep[] = [];
	if (account === undefined)
		return { done: true, steps: [{ step: 'deactivate', outcome: 'done', note: 'no account' }] };
	const outcome = await deactivateAccount(client, account).catch((error: unknown) => ({
		outcome: 'failed' as const,
		error: asDomainError(error),
		resource: account,
	}));
	const { note } = outcome as { note?: string };
	steps.push({
		step: 'deactivate',
		outcome: outcome.outcome === 'failed' ? 'failed' : 'done',
		...(note === undefined ? {} : { note }),
		...(outcome.error === undefined ? {} : { error: outcome.error }),
	});
	const current = outcome.resource;
	if (options.endSessions !== undefined) steps.push(await endSessions(options.endSessions, current ?? account));
	// GitLab takes the identity away with `active: false`: then there is no membership and nothing to delete.
	if (current !== undefined && options.groups !== false) steps.push(await leaveGroups(client, current));
	if (options.handOverTo !== undefined) steps.push({ step: 'hand_over', outcome: 'done', note: options.handOverTo });
	const proof = options.delete === true ? await remove(client, account, options, steps) : undefined;
	const left = current === undefined || proof?.gone === true ? [] : rolesShown(client, current);
	return {
		done: steps.every(({ outcome: end }) => end !== 'failed'),
		steps,
		...(current === undefined || proof?.gone === true ? {} : { resource: current }),
		...(proof === undefined ? {} : { proof }),
		...(left.length === 0 ? {} : { rolesLeft: left }),
	};
}

async function endSessions(end: NonNullable<LeaverOptions['endSessions']>, account: ScimResource): Promise<LeaverStep> {
	try {
		const note = await end(account);
		return { step: 'sessions', outcome: 'done', ...(note === undefined ? {} : { note }) };
	} catch (error) {
		return { step: 'sessions', outcome: 'failed', error: asDomainError(error) };
	}
}

async function leaveGroups(client: ScimClient, account: ScimResource): Promise<LeaverStep> {
	try {
		const { groups, complete } = await groupsOf(client, account);
		const visibility = new MemberVisibility();
		let failure: DomainError | undefined;
		for (const group of groups) {
			const change = { kind: 'remove' as const, memberId: account.id };
			const verdict = (await changeMembers(client, group, [change], visibility)).get(change);
			failure ??= verdict?.error;
		}
		const note = complete ? `${groups.length} group(s)` : `${groups.length} group(s); others could not be looked up`;
		return {
			step: 'groups',
			outcome: failure === undefined ? 'done' : 'failed',
			note,
			...(failure && { error: failure }),
		};
	} catch (error) {
		return { step: 'groups', outcome: 'failed', error: asDomainError(error) };
	}
}

async function remove(
	client: ScimClient,
	account: ScimResource,
	options: LeaverOptions,
	steps: LeaverStep[],
): Promise<DeletionProof | undefined> {
	const { userDelete } = client.capabilities;
	if (userDelete === 'none' || (userDelete === 'irreversible' && options.allowIrreversible !== true)) {
		const note = userDelete === 'none' ? 'the application deletes no accounts' : 'can not be undone there; not allowed';
		steps.push({ step: 'delete', outcome: 'skipped', note });
		return undefined;
	}
	try {
		const proof = await deleteAccount(client, account.id);
		steps.push({ step: 'delete', outcome: proof.gone || proof.inactive ? 'done' : 'failed', note: proof.note });
		return proof;
	} catch (error) {
		steps.push({ step: 'delete', outcome: 'failed', error: asDomainError(error) });
		return undefined;
	}
}
