import { DomainError } from '../../model';
import { MemberVisibility, readGroup, type GroupState } from '../groups';
import { foldCase, type ScimResource } from '../resource';
import type { BeforeRecord } from './journal';
import { attempt, eachJournaled, settle, type Running, type Settled } from './running';
import type { ActionReport } from './report';
import type { ScimAction } from './types';
import { changeGroup, createGroup, stateOf, writeMembers, type MembersOutcome } from './write-group';

/** Everything about one group, in the order it is carried out. */
interface GroupWork {
	subject: string;
	create?: ScimAction;
	change?: ScimAction;
	remove?: ScimAction;
	add?: ScimAction;
}

/** Carries out the actions on groups: one group is one piece of work, so its changes share requests. */
export class GroupRun {
	readonly #visibility = new MemberVisibility();

	constructor(
		readonly running: Running,
		readonly reports: Map<string, ActionReport>,
	) {}

	async run(actions: readonly ScimAction[]): Promise<void> {
		await eachJournaled(
			this.running,
			'groups',
			sortByGroup(actions),
			(work) => this.#before(work),
			(work) => this.#carryOut(work),
		);
	}

	#before({ create, change, remove, add }: GroupWork): BeforeRecord[] {
		const { run, memory } = this.running;
		if (run === undefined) return [];
		return [create, change, remove, add].flatMap((action) => {
			if (action === undefined) return [];
			const { id, kind, subject, remoteId } = action;
			const desired = kind === 'create_group' ? action.attributes : memory.desired.get(id);
			const members = this.#ids(action.members ?? []);
			const paths = action.changes?.map(({ path }) => path);
			return [
				{
					type: 'before',
					run,
					action: id,
					kind,
					subject,
					...(remoteId === undefined ? {} : { remoteId }),
					before: memory.before.get(id) ?? (kind === 'create_group' ? null : groupBefore(remoteId, subject)),
					...(desired === undefined ? {} : { desired }),
					...(paths === undefined ? {} : { paths }),
					...(kind === 'remove_members' ? { remove: members } : {}),
					...(kind === 'add_members' || kind === 'create_group' ? { add: members } : {}),
				} satisfies BeforeRecord,
			];
		});
	}

	/** Ids for the names of accounts that were to be created; those that weren't, and accounts that have gone, are left out. */
	#ids(members: readonly string[]): string[] {
		const { created, gone } = this.running.memory;
		const known = members.filter((name) => !gone.has(name));
		return known.flatMap((name) => created.get(foldCase(name)) ?? (this.#isToBeCreated(name) ? [] : [name]));
	}

	#isToBeCreated(name: string): boolean {
		this.#creations ??= new Set(
			this.running.plan.actions.filter(({ kind }) => kind === 'create_user').map(({ subject }) => foldCase(subject)),
		);
		return this.#creations.has(foldCase(name));
	}
	#creations: Set<string> | undefined;

	async #carryOut({ create, change, remove, add }: GroupWork): Promise<void> {
		if (create !== undefined) await this.#create(create);
		if (change !== undefined) await this.#change(change);
		if (remove !== undefined || add !== undefined) await this.#members(remove, add);
	}

	async #create(action: ScimAction): Promise<void> {
		const client = this.running.client.tracked();
		const members = this.#ids(action.members ?? []);
		const settled = await attempt(this.running.writer, async () => {
			const verification = this.running.options.verification ?? 'read';
			const { resource, adopted, ...made } = await createGroup(client, action.attributes ?? {}, members, verification);
			if (resource === undefined) return { outcome: 'failed', error: made.error ?? notCreated(action.subject) };
			const state = stateOf(resource);
			const missing = members.filter((id) => !state.members.has(id));
			const rest = await writeMembers(client, state, missing, [], this.#visibility);
			const unknown = members.length < (action.members?.length ?? 0);
			return {
				...this.#fromMembers(rest, unknown),
				remoteId: resource.id,
				after: { displayName: action.subject },
				// A group that was there already is not ours to take away again; of a new one all members are ours.
				...(adopted === true
					? { adopted, added: rest.added, unsure: rest.unsure }
					: { added: membersOfNew(members, state, rest) }),
				...(made.note === undefined ? {} : { note: made.note }),
			};
		});
		settle(this.running, this.reports, action, settled, client.traffic);
	}

	async #change(action: ScimAction): Promise<void> {
		const client = this.running.client.tracked();
		const { memory, options } = this.running;
		const current = memory.before.get(action.id);
		const settled = await attempt(this.running.writer, async (): Promise<Settled> => {
			if (current === undefined) return { outcome: 'failed', error: notCreated(action.subject) };
			const desired = memory.desired.get(action.id) ?? {};
			const { outcome, resource, error } = await changeGroup(client, current, desired, options.verification ?? 'read');
			const { members: _members, ...after } = (resource ?? {}) as ScimResource & { members?: unknown };
			return {
				outcome,
				remoteId: current.id,
				...(resource === undefined ? {} : { after }),
				error: error ?? (outcome === 'failed' ? notShown(action.subject) : undefined),
			};
		});
		settle(this.running, this.reports, action, settled, client.traffic);
	}

	/** Removals and additions share their requests; the traffic is counted for the first of both. */
	async #members(remove: ScimAction | undefined, add: ScimAction | undefined): Promise<void> {
		const client = this.running.client.tracked();
		const [removals, additions] = [remove?.members ?? [], this.#ids(add?.members ?? [])];
		let written: MembersOutcome | undefined;
		const failed = await attempt(this.running.writer, async () => {
			const state = await this.#state(client, (remove ?? add)?.subject ?? '', (remove ?? add)?.remoteId ?? '');
			written = await writeMembers(client, state, additions, removals, this.#visibility);
			return { outcome: 'verified' };
		});
		let { traffic } = client;
		for (const action of [remove, add]) {
			if (action === undefined) continue;
			const unknown = action === add && additions.length < (action.members?.length ?? 0);
			const settled = written === undefined ? failed : this.#fromMembers(written, unknown);
			const { added = [], unsure = [], removed = [] } = written ?? {};
			const gone = remove === undefined && removed.length > 0 && { removed };
			const list = action === add ? { added, ...(added.length > 0 && { unsure }), ...gone } : { removed };
			const remoteId = action.remoteId ?? '';
			settle(this.running, this.reports, action, { ...settled, ...list, remoteId }, traffic);
			traffic = { reads: 0, writes: 0 };
		}
	}

	async #state(client: Running['client'], subject: string, id: string): Promise<GroupState> {
		const known = this.running.memory.groups.get(subject);
		return known?.id === id ? known : readGroup(client, id);
	}

	#fromMembers({ outcome, note, error }: MembersOutcome, unknown: boolean): Settled {
		if (outcome === 'failed') return { outcome, error };
		return unknown
			? { outcome: 'failed', error: membersMissing() }
			: { outcome, ...(note === undefined ? {} : { note }) };
	}
}

function membersOfNew(members: readonly string[], state: GroupState, { added, held }: MembersOutcome): string[] {
	const written = new Set([...added, ...held]);
	return members.filter((id) => state.members.has(id) || written.has(id));
}

function groupBefore(remoteId: string | undefined, displayName: string): ScimResource {
	return { id: remoteId ?? '', displayName };
}

function sortByGroup(actions: readonly ScimAction[]): GroupWork[] {
	const bySubject = new Map<string, GroupWork>();
	for (const action of actions) {
		const work = bySubject.get(action.subject) ?? { subject: action.subject };
		bySubject.set(action.subject, work);
		if (action.kind === 'create_group') work.create = action;
		else if (action.kind === 'remove_members') work.remove = action;
		else if (action.kind === 'add_members') work.add = action;
		else work.change = action;
	}
	return [...bySubject.values()];
}

function notCreated(name: string): DomainError {
	return new DomainError(
		'SCIM_FAILED',
		`Group "${name}" could not be created.`,
		'Create it in the application, then run again.',
	);
}

function notShown(name: string): DomainError {
	return new DomainError(
		'SCIM_NOT_APPLIED',
		`The application accepted the change of group "${name}" but does not show it.`,
		'Check whether the application lets groups be renamed over SCIM.',
	);
}

function membersMissing(): DomainError {
	return new DomainError(
		'SCIM_FAILED',
		'Some members could not be added: their accounts were not created, or have gone.',
		'Mend what kept the accounts from being created; see the other results. Then run again.',
	);
}
