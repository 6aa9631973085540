import type { ActionOperation } from '../../model';
import { addDuration, atLocal, localTime } from '../../policy';
import type { CompiledPolicy } from '../../policy';

type ActionClass = 'grant' | 'revoke' | 'update' | 'disable';

const CLASSES: Readonly<Record<ActionOperation, ActionClass>> = {
	create_account: 'grant',
	enable_account: 'grant',
	add_to_group: 'grant',
	assign_role: 'grant',
	update_account: 'update',
	disable_account: 'disable',
	revoke_sessions: 'disable',
	revoke_tokens: 'disable',
	remove_from_group: 'revoke',
	remove_role: 'revoke',
	transfer_ownership: 'revoke',
};

/**
 * When an action may be done: at once, or at the opening of the next window of its class (in the policy's zone). A window
 * that ends before it begins runs over midnight.
 */
export function windowOpening({ policy, zone }: CompiledPolicy, operation: ActionOperation, dueAt: string): string {
	const window = policy.batch?.[CLASSES[operation]];
	if (window === undefined || window === 'realtime') return dueAt;
	const { from, to } = window;
	const { date, time } = localTime(dueAt, zone);
	const within = from <= to ? from <= time && time < to : time >= from || time < to;
	if (within || from === to) return dueAt;
	const today = atLocal(date, from, zone, 'start');
	if (today >= dueAt) return today;
	return atLocal(localTime(addDuration(today, 'P1D', zone, 'start'), zone).date, from, zone, 'start');
}
