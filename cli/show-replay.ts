import type { ReplayAction, ReplayEntry, ReplayResult } from '../core/governance';
import { columns } from './columns';
import type { Terminal } from './terminal';

/** A replay for people: what each event led to, and what is left in the end. */
export function showReplay(result: ReplayResult, terminal: Terminal): string {
	const { final, policy } = result;
	const parts = [`Policy ${policy.name} (${policy.hash.slice(0, 12)})\n`];
	for (const entry of result.events) parts.push(showEntry(entry, terminal));
	parts.push(`\n${terminal.style('bold', `In the end, ${final.at}`)}\n`);
	const held = final.grants.map((grant) => [grant.person, grant.entitlement, grant.source, grant.validUntil ?? '']);
	parts.push(held.length === 0 ? '  Nobody holds anything.\n' : columns(held, '  '));
	if (final.scheduled.length > 0) parts.push('  Scheduled:\n', columns(final.scheduled.map(actionRow), '    '));
	if (final.waiting.length > 0) parts.push('  Waiting:\n', columns(final.waiting.map(actionRow), '    '));
	parts.push(`  Grants ${final.grantsHash.slice(0, 16)}, audit log ${final.audit}\n`);
	return parts.join('');
}

function showEntry(entry: ReplayEntry, terminal: Terminal): string {
	const { line, at, id, type, status, plan } = entry;
	const where = line === 0 ? 'clock' : `line ${line}`;
	const head = [where, at, type, id ?? '', status].filter((part) => part !== '').join('  ');
	const lines = [`\n${terminal.style('bold', head)}\n`];
	if (entry.problem !== undefined) lines.push(`  ${terminal.style('red', entry.problem)} ${entry.remedy ?? ''}\n`);
	for (const { level, code, message } of entry.findings ?? []) {
		lines.push(`  ${terminal.style(level === 'hold' ? 'red' : 'yellow', `${level} ${code}`)}  ${message}\n`);
	}
	for (const { entitlement, reason } of entry.refused ?? []) lines.push(`  refused  ${entitlement}: ${reason}\n`);
	if (plan !== undefined) lines.push(...showPlan(plan, terminal));
	if (entry.applied !== undefined) lines.push(`  ${entry.applied.length} carried out\n`);
	return lines.join('');
}

function showPlan(plan: NonNullable<ReplayEntry['plan']>, terminal: Terminal): string[] {
	const lines: string[] = [];
	if (plan.actions.length > 0) lines.push(columns(plan.actions.map(actionRow), '  '));
	for (const { subject, entitlement, reason } of plan.blocked) {
		lines.push(`  ${terminal.style('yellow', 'blocked')}  ${subject}  ${entitlement ?? ''}  ${reason}\n`);
	}
	for (const { entitlement, from, until } of plan.exposures) {
		lines.push(`  ${terminal.style('yellow', 'exposed')}  ${entitlement}  ${from} – ${until}\n`);
	}
	for (const { message } of plan.guards.tripped) lines.push(`  ${terminal.style('red', 'halted')}  ${message}\n`);
	for (const { message } of plan.guards.alarms) lines.push(`  ${terminal.style('yellow', 'alarm')}  ${message}\n`);
	if (plan.superseded.length > 0) lines.push(`  ${plan.superseded.length} earlier action(s) superseded\n`);
	if (lines.length === 0) lines.push('  No change of access.\n');
	return lines;
}

function actionRow(action: ReplayAction): string[] {
	const { subject, operation, entitlement, application, dueAt, approval, disabled, approvalRule } = action;
	const what = entitlement ?? application;
	const extra = [
		disabled === true ? 'disabled' : '',
		approval === 'not_needed' ? '' : `${approval}${approvalRule === undefined ? '' : ` (${approvalRule})`}`,
		action.execution === 'planned' ? '' : action.execution,
	].filter((part) => part !== '');
	return [dueAt, operation, what, subject, extra.join(', ')];
}
