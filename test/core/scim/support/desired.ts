import {
	MemoryJournal,
	applyScim,
	planScim,
	undoScim,
	type JournalRecord,
	type PlanOptions,
	type ScimApplyReport,
	type ScimPlan,
	type UndoReport,
} from '../../../../core/scim';
import type { Stage } from './stage';

export const user = (name: string, extra: Record<string, unknown> = {}): Record<string, unknown> => ({
	externalId: `x-${name}`,
	userName: `${name}@example.com`,
	...extra,
});

/** A group with people by name. */
export const group = (displayName: string, ...names: string[]): Record<string, unknown> => ({
	displayName,
	members: names.map((name) => `x-${name}`),
});

/** Runs with one journal after the other against the stage, as the command line does. */
export class Runs {
	constructor(
		readonly stage: Stage,
		readonly journal = new MemoryJournal(),
	) {}

	async plan(users: unknown[], groups: unknown[], options: PlanOptions = {}): Promise<ScimPlan> {
		const { client } = this.stage.connection;
		const common = { application: 'app', createGroups: true, earlier: await this.journal.read() };
		return planScim(client, client.profile, { users, groups }, { ...common, ...options });
	}

	async apply(users: unknown[], groups: unknown[]): Promise<ScimApplyReport> {
		const { client } = this.stage.connection;
		const { journal } = this;
		return applyScim(await this.plan(users, groups), { client, journal, guard: { percent: 100 } });
	}

	undo(options: { dryRun?: boolean } = {}): Promise<UndoReport> {
		return undoScim(this.stage.connection.client, this.journal, options);
	}
}

/** A journal that dies after so many appends, as a killed process does: what it was told later never was. */
export class DyingJournal extends MemoryJournal {
	constructor(public left: number) {
		super();
	}

	override async append(records: readonly JournalRecord[]): Promise<void> {
		if (this.left-- <= 0) throw new Error('killed');
		await super.append(records);
	}
}
