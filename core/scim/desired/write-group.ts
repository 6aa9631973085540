import { isDomainError, type DomainError } from '../../model';
import { MAX_ROUNDS, pause } from '../account-patch';
import type { ScimClient } from '../client';
import { createdId } from '../created';
import { differences, patchRequest, type PatchOperation } from '../diff';
import { asDomainError, isAmbiguous, statusOf } from '../errors';
import { findGroup, type GroupState, type MemberVisibility } from '../groups';
import { changeMembers, type MemberChange } from '../membership';
import { MembersLost } from '../member-recovery';
import { putGroup, readWhole } from '../member-replacement';
import { versionOf } from '../version';
import { asResource, attribute, elementValues, textAttribute, type ScimObject, type ScimResource } from '../resource';
import { firstMembers } from './minimum';
import type { Verification } from './write-user';

export const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group';

export interface GroupOutcome {
	outcome: 'verified' | 'applied' | 'failed';
	resource?: ScimResource;
	note?: string;
	error?: DomainError;
	adopted?: boolean;
}

export interface MembersOutcome {
	outcome: 'verified' | 'applied' | 'failed';
	/**
	 * Ids that are members now because of us, and those that are none any more; of what failed those that may be, or that
	 * went along.
	 */
	added: string[];
	removed: string[];
	/** Those of `added` who may have been members before: the application didn't show it. */
	unsure: string[];
	/** Those to be added who were members already. */
	held: string[];
	note?: string;
	error?: DomainError;
}

/** Creates a group with the members that fit into one request. A lost answer or a taken name is looked up by name. */
export async function createGroup(
	client: ScimClient,
	attributes: ScimObject,
	members: readonly string[],
	verification: Verification,
): Promise<GroupOutcome> {
	const first = members.slice(0, firstMembers(client.capabilities.membership));
	const body = {
		schemas: [GROUP_SCHEMA],
		...attributes,
		...(first.length === 0 ? {} : { members: first.map((value) => ({ value })) }),
	};
	for (let round = 1; ; round++) {
		try {
			const answer = await client.post(['Groups'], body);
			const [created, id] = [asResource(answer.body), createdId(answer)];
			if (id === undefined) return await lookUp(client, attributes, 'created');
			if (verification === 'answer' && created !== undefined && shows(created, attributes, first))
				return { outcome: 'verified', resource: created };
			const after = (await readResource(client, id)) ?? created;
			return after === undefined
				? await lookUp(client, attributes, 'created')
				: { outcome: 'verified', resource: after };
		} catch (error) {
			if (statusOf(error) === 409)
				return { ...(await lookUp(client, attributes, 'it existed already')), adopted: true };
			if (!isAmbiguous(error)) throw error;
			await pause(client, asDomainError(error), round);
			const found = await lookUp(client, attributes, 'created; the answer was lost and the group looked up').catch(
				(missing: unknown) => missing,
			);
			if (!isDomainError(found)) return found as GroupOutcome;
			// Nobody knows the group: the creation never arrived. Anything else that failed is told.
			if (found.details['missing'] !== true || round === MAX_ROUNDS) throw error;
		}
	}
}

async function lookUp(client: ScimClient, attributes: ScimObject, note: string): Promise<GroupOutcome> {
	const state = await findGroup(client, textAttribute(attributes, 'displayName') ?? '');
	const resource = await readResource(client, state.id);
	return resource === undefined ? { outcome: 'failed' } : { outcome: 'verified', resource, note };
}

/** Changes attributes of a group: each by its path, else all of them as one value. */
export async function changeGroup(
	client: ScimClient,
	current: ScimResource,
	desired: ScimObject,
	verification: Verification,
): Promise<GroupOutcome> {
	let open = differences(desired, current);
	let failure: DomainError | undefined;
	for (const form of formsOf(client)) {
		if (open.length === 0) break;
		if (form !== 'put' && NO_PATCH.has(statusOf(failure) ?? 0)) continue;
		try {
			const answer = await send(client, current.id, form, open);
			if (verification === 'answer' && answer !== undefined && differences(desired, answer).length === 0) {
				return { outcome: 'verified', resource: answer };
			}
			failure = undefined;
		} catch (error) {
			failure = asDomainError(error);
		}
		const after = await readResource(client, current.id);
		if (after !== undefined) {
			open = differences(desired, after);
			if (open.length === 0) return { outcome: 'verified', resource: after };
		}
	}
	return failure === undefined ? { outcome: 'failed' } : { outcome: 'failed', error: failure };
}

type GroupForm = 'path' | 'nested' | 'put';
/** What servers answer that know no PATCH, in whatever form. */
const NO_PATCH = new Set([405, 501]);

function formsOf({ capabilities }: ScimClient): readonly GroupForm[] {
	const { put, membership } = capabilities;
	if (membership.removeForm === 'put') return ['put', 'path', 'nested'];
	return put ? ['path', 'nested', 'put'] : ['path', 'nested'];
}

/** Sends the changes in one form; with a version where the application insists on one. */
async function send(
	client: ScimClient,
	id: string,
	form: GroupForm,
	operations: readonly PatchOperation[],
	mayInsist = true,
): Promise<ScimResource | undefined> {
	const fresh = form === 'put' || client.capabilities.etag === 'required' ? await readWhole(client, id) : undefined;
	try {
		if (form === 'put' && fresh !== undefined) {
			await putGroup(client, fresh, Object.fromEntries(operations.map(({ path, value }) => [path, value ?? null])));
			return undefined;
		}
		const body = patchRequest(form === 'path' ? operations : asOneValue(operations));
		return asResource((await client.patch(['Groups', id], body, fresh && versionOf(fresh))).body);
	} catch (error) {
		const status = statusOf(error);
		if (!mayInsist || (status !== 428 && status !== 412)) throw error;
		if (status === 428) client.learn({ etag: 'required' }, 'a write without If-Match was answered 428');
		return send(client, id, form, operations, false);
	}
}

/** `{ op: "replace", value: { displayName } }`: what servers take that know no paths. */
function asOneValue(operations: readonly PatchOperation[]): readonly PatchOperation[] {
	const value = Object.fromEntries(operations.map(({ path, value: wanted }) => [path, wanted ?? null]));
	return [{ op: 'replace', value } as unknown as PatchOperation];
}

/** Adds and removes members of one group, and says who was. */
export async function writeMembers(
	client: ScimClient,
	group: GroupState,
	add: readonly string[],
	remove: readonly string[],
	visibility: MemberVisibility,
): Promise<MembersOutcome> {
	const changes: MemberChange[] = [
		...remove.map((memberId): MemberChange => ({ kind: 'remove', memberId })),
		...add.map((memberId): MemberChange => ({ kind: 'add', memberId })),
	];
	const verdicts = await changeMembers(client, group, changes, visibility);
	const result: MembersOutcome = { outcome: 'verified', added: [], removed: [], unsure: [], held: [] };
	const lost = new Set<string>();
	for (const [{ kind, memberId }, { outcome, writes, error, note, unsure, untold }] of verdicts) {
		if (outcome === 'failed') {
			result.outcome = 'failed';
			if (error !== undefined) result.error ??= error;
			if (error instanceof MembersLost) for (const id of error.members) lost.add(id);
			if (untold === true) result[kind === 'add' ? 'added' : 'removed'].push(memberId);
			if (untold === true && kind === 'add' && unsure === true) result.unsure.push(memberId);
		} else {
			if (outcome === 'applied' && result.outcome === 'verified') result.outcome = 'applied';
			if (note !== undefined && outcome === 'applied') result.note ??= note;
			// "Already in place" was somebody else's doing: undoing must leave it.
			if (writes > 0) result[kind === 'add' ? 'added' : 'removed'].push(memberId);
			else if (kind === 'add') result.held.push(memberId);
			if (writes > 0 && kind === 'add' && unsure === true) result.unsure.push(memberId);
		}
	}
	result.removed.push(...[...lost].filter((id) => !result.removed.includes(id)));
	return result;
}

export async function readResource(client: ScimClient, id: string): Promise<ScimResource | undefined> {
	try {
		return asResource((await client.get(['Groups', id])).body);
	} catch (error) {
		if (statusOf(error) === 404) return undefined;
		throw error;
	}
}

export function stateOf(resource: ScimResource): GroupState {
	return {
		id: resource.id,
		displayName: textAttribute(resource, 'displayName') ?? '',
		members: new Set(elementValues(attribute(resource, 'members'))),
	};
}

function shows(resource: ScimResource, attributes: ScimObject, members: readonly string[]): boolean {
	const { members: shown } = stateOf(resource);
	return differences(attributes, resource).length === 0 && members.every((id) => shown.has(id));
}
