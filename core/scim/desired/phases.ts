import { foldCase } from '../resource';
import { GroupRun } from './group-run';
import type { ActionReport } from './report';
import type { Running } from './running';
import type { PlanMemory, ScimAction } from './types';
import { UserRun } from './user-run';

/**
 * Runs the actions of a plan, phase after phase; a report for each, in the plan's order. What takes access away is sent at
 * once and alone; accounts and managers may share requests. Groups don't: who is in them has to be known before.
 */
export async function runPhases(running: Running): Promise<ActionReport[]> {
	const { plan, memory } = running;
	const reports = new Map<string, ActionReport>();
	const users = new UserRun(running, reports);
	const groups = new GroupRun(running, reports);
	const open = plan.actions.filter((action) => !skip(action, memory, reports));
	memory.begun = true;
	const ofKind = (...kinds: ReadonlyArray<ScimAction['kind']>): ScimAction[] =>
		open.filter(({ kind }) => kinds.includes(kind));
	await users.run('disable', ofKind('deactivate_user'));
	const accounts = ofKind('create_user', 'update_user', 'rename_user', 'reactivate_user');
	await users.stepAside(accounts.filter(({ id }) => memory.aside.has(id)));
	for (const wave of waves(accounts, memory)) await users.run('accounts', wave, running.bulk.party(wave.length));
	const managed = ofKind('set_manager');
	await users.run('managers', managed, running.bulk.party(managed.length));
	await groups.run(open.filter(({ kind }) => kind.endsWith('_group') || kind.endsWith('_members')));
	await running.writer.settled();
	return plan.actions.flatMap(({ id }) => reports.get(id) ?? []);
}

function skip({ id, kind, subject }: ScimAction, memory: PlanMemory, reports: Map<string, ActionReport>): boolean {
	if (!memory.done.has(id)) return false;
	const remoteId = memory.recovered.get(id);
	if (kind === 'create_user' && remoteId !== undefined) memory.created.set(foldCase(subject), remoteId);
	const note = 'an earlier attempt had done it';
	reports.set(id, { action: id, kind, subject, outcome: 'skipped', reads: 0, writes: 0, note });
	return true;
}

function waves(actions: readonly ScimAction[], memory: PlanMemory): ScimAction[][] {
	const byWave = new Map<number, ScimAction[]>();
	for (const action of actions) {
		const wave = memory.waves.get(action.id) ?? 0;
		byWave.set(wave, [...(byWave.get(wave) ?? []), action]);
	}
	return [...byWave.entries()].sort(([left], [right]) => left - right).map(([, wave]) => wave);
}
