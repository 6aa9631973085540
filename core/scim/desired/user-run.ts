import { patchAccount, type AccountOutcome } from '../account-patch';
import { valueAt, withValueAt } from '../attribute-path';
import type { BulkParty } from '../bulk-sharing';
import type { ScimClient } from '../client';
import { mapBounded } from '../concurrency';
import { ENTERPRISE_USER_SCHEMA, foldCase, withoutSecrets, type ScimObject, type ScimResource } from '../resource';
import { DomainError } from '../../model';
import { readAccount } from '../account-keys';
import { statusOf } from '../errors';
import type { BeforeRecord } from './journal';
import { initialPassword } from '../passwords';
import { attempt, eachJournaled, settle, type Running, type Settled } from './running';
import { keysFor } from './read-accounts';
import type { ActionReport } from './report';
import type { ScimProgress } from './apply';
import type { ScimAction } from './types';
import { changeUser, createUser, deactivateUser, type UserWrite } from './write-user';

/** Carries out the actions on accounts. */
export class UserRun {
	/** Accounts as this run left them, where a later phase goes on with them. */
	readonly #left = new Map<string, ScimResource>();
	readonly #managed: ReadonlySet<string>;
	/** Accounts under a name for a moment, by action. */
	readonly #aside = new Map<string, ScimResource>();

	constructor(
		readonly running: Running,
		readonly reports: Map<string, ActionReport>,
	) {
		const managed = running.plan.actions.filter(({ kind }) => kind === 'set_manager');
		this.#managed = new Set(managed.map(({ subject }) => subject));
	}

	async run(phase: ScimProgress['phase'], actions: readonly ScimAction[], party?: BulkParty): Promise<void> {
		await eachJournaled(
			this.running,
			phase,
			actions,
			(action) => this.#before(action),
			(action, client) => this.#carryOut(action, client.tracked()),
			{ party, isCautious: actions.some(({ kind }) => kind === 'create_user') },
		);
	}

	/** Gives accounts whose names go round in a circle a name of their own for a moment. Their state before is journaled. */
	async stepAside(actions: readonly ScimAction[]): Promise<void> {
		const { memory, writer, client } = this.running;
		await writer.append(actions.flatMap((action) => this.#before(action)));
		await mapBounded(actions, client.limits.concurrency, async (action) => {
			const [current, userName] = [memory.before.get(action.id), memory.aside.get(action.id)];
			if (current === undefined || userName === undefined) return;
			// Where this fails, the rename itself does, and is reported.
			const moved = await patchAccount(client, current, { userName }).catch(() => undefined);
			if (moved?.resource !== undefined) this.#aside.set(action.id, moved.resource);
		});
	}

	#before(action: ScimAction): BeforeRecord[] {
		const { run, memory } = this.running;
		if (run === undefined) return [];
		const { id, kind, subject } = action;
		const before = this.#left.get(subject) ?? memory.before.get(id);
		const desired = this.#desired(action);
		const remoteId = action.remoteId ?? before?.id;
		const paths =
			kind === 'set_manager' ? [`${ENTERPRISE_USER_SCHEMA}:manager`] : action.changes?.map(({ path }) => path);
		return [
			{
				type: 'before',
				run,
				action: id,
				kind,
				subject,
				...(remoteId === undefined ? {} : { remoteId }),
				before: before === undefined ? null : withoutSecrets(before),
				...(desired === undefined ? {} : { desired }),
				...(paths === undefined ? {} : { paths }),
			},
		];
	}

	#desired(action: ScimAction): ScimObject | undefined {
		const { memory } = this.running;
		if (action.kind !== 'set_manager') return memory.desired.get(action.id);
		const { manager = '' } = action;
		const value = memory.created.get(foldCase(manager)) ?? manager;
		return { [ENTERPRISE_USER_SCHEMA]: { manager: { value } } };
	}

	async #carryOut(action: ScimAction, client: ScimClient): Promise<void> {
		const settled = await attempt(this.running.writer, async () => {
			const write = this.#write(action, client);
			if (action.kind === 'create_user') return this.#create(action, write);
			const current = await this.#current(action);
			const change = action.kind === 'deactivate_user' ? deactivateUser : changeUser;
			return this.#settled(action, await change({ ...write, ...this.#watch(action) }, current));
		});
		const { error } = settled;
		if (action.remoteId !== undefined && (error?.details['vanished'] === true || statusOf(error) === 404))
			this.running.memory.gone.add(action.remoteId);
		settle(this.running, this.reports, action, settled, client.traffic);
	}

	#write(action: ScimAction, client: ScimClient): UserWrite {
		const { matcher, memory, options } = this.running;
		const keys = memory.keys.get(action.id) ?? { userName: action.subject };
		const desired = this.#desired(action) ?? {};
		return { client, matcher, keys: keysFor({ keys }), desired, verification: options.verification ?? 'read' };
	}

	/** What a read of the account shows otherwise than the listing did is journaled before it is changed, too. */
	#watch(action: ScimAction): Pick<UserWrite, 'watch'> {
		const [planned] = this.#before(action);
		if (planned?.paths === undefined || planned.before === null || action.kind === 'set_manager') return {};
		let { before, paths } = { before: planned.before, paths: planned.paths };
		const onFound = async (account: ScimResource, found: readonly string[]): Promise<void> => {
			for (const path of found) before = { ...withValueAt(before, path, valueAt(account, path)), id: before.id };
			paths = [...paths, ...found];
			await this.running.writer.append([{ ...planned, before, paths }]);
		};
		return { watch: { paths, onFound } };
	}

	async #create(action: ScimAction, write: UserWrite): Promise<Settled> {
		const { memory, options, writer, run } = this.running;
		const password =
			action.password === undefined ? undefined : (memory.passwords.get(action.id) ?? initialPassword(options.random));
		const outcome = await createUser({
			...write,
			...(password === undefined ? {} : { password }),
			earlier: memory.unclear.get(foldCase(action.subject)),
			onAdopt: async (existing) => {
				if (run === undefined) return;
				const [planned] = this.#before(action);
				if (planned === undefined) return;
				const paths = Object.keys(write.desired);
				await writer.append([{ ...planned, remoteId: existing.id, before: withoutSecrets(existing), paths }]);
			},
		});
		if (outcome.resource !== undefined) memory.created.set(foldCase(action.subject), outcome.resource.id);
		return this.#settled(action, outcome);
	}

	/** The account as the last action left it, as the plan read it, else as it is. */
	async #current(action: ScimAction): Promise<ScimResource> {
		const { memory, client } = this.running;
		const known = this.#aside.get(action.id) ?? this.#left.get(action.subject) ?? memory.before.get(action.id);
		if (known !== undefined) return known;
		const id = action.remoteId ?? memory.created.get(foldCase(action.subject));
		const resource = id === undefined ? undefined : await readAccount(client, id);
		if (resource !== undefined) return resource;
		throw new DomainError(
			'SCIM_FAILED',
			'There is no account to change: it could not be created.',
			'Mend what kept the account from being created, then run again.',
		);
	}

	#settled(action: ScimAction, { outcome, resource, note, error }: AccountOutcome): Settled {
		if (resource !== undefined && this.#managed.has(action.subject)) this.#left.set(action.subject, resource);
		const named = error?.details['remoteId'];
		return {
			outcome,
			...(typeof named === 'string' ? { remoteId: named } : {}),
			...(resource === undefined ? {} : { remoteId: resource.id, after: withoutSecrets(resource) }),
			note,
			error,
		};
	}
}
