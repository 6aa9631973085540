import type { Blocked, Identity } from '../../model';
import type { Entitlement } from '../../policy';
import { nameTakenBy } from '../content';
import type { PlanSink } from './sink';

type Collision = Pick<Blocked, 'reason' | 'remedy'>;

/** Why somebody gets neither an account nor what hangs on it: the userName in the application is somebody else's. */
export function nameCollision(
	sink: PlanSink,
	identity: Identity,
	{ application, kind }: Entitlement,
): Collision | undefined {
	const takenBy = nameTakenBy(sink.context, application, identity);
	if (takenBy === undefined) return undefined;
	// Groups and roles of an account that is there find it by the name it has.
	if (kind !== 'account' && sink.account(application, identity.id) !== undefined) return undefined;
	return collision(application, takenBy);
}

/** Why an account keeps the name that it has. */
export function renameCollision(sink: PlanSink, identity: Identity, application: string): Collision | undefined {
	const takenBy = nameTakenBy(sink.context, application, identity);
	return takenBy === undefined ? undefined : collision(application, takenBy);
}

function collision(application: string, takenBy: string): Collision {
	return {
		reason: `The userName that the mapping of ${application} gives is already that of the account of ${takenBy}, or is being given to it.`,
		remedy: `Correct what the userName in ${application} is made of for one of the two, or set "onCollision: suffix" there.`,
	};
}
