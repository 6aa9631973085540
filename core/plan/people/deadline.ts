import { addDuration } from '../../policy';
import type { CompiledPolicy } from '../../policy';
import type { EventKind } from '../action-book';

/** By when a result must be verified: what the application says of itself, else what the policy says for the kind of event. */
export function verifyBy(
	{ policy, zone }: CompiledPolicy,
	application: string,
	kind: EventKind,
	dueAt: string,
): string | undefined {
	const { applications, sla } = policy;
	const own = Object.hasOwn(applications, application) ? applications[application]?.sla : undefined;
	const duration = own ?? sla?.[kind];
	return duration === undefined ? undefined : addDuration(dueAt, duration, zone, 'end');
}
