import type { Action } from '../../model';
import { renderAttributes, resolveEntitlement, type CompiledPolicy } from '../../policy';
import { identityAt } from './attributes';
import { onCollisionOf, type OnCollision } from './account-name';
import type { KnownAccount, PersonToPlan } from './types';

/** A userName that the mapping gives to a person's account in an application with a say about collisions. */
export interface NameWish {
	application: string;
	identityId: string;
	mapped: string;
	mode: OnCollision;
	/** Names that the person's account has. */
	own: string[];
	/** Names that open actions give to it. */
	coming: Array<{ userName: string; claimed: boolean }>;
	/** Nothing new is given to the person until a finding is resolved. */
	hold: boolean;
}

type AccountOf = (application: string, identityId: string) => KnownAccount | undefined;

/** Names that open actions give to a person's accounts. */
function namesComing(
	openActions: readonly Action[],
): Array<{ application: string; userName: string; claimed: boolean }> {
	return openActions.flatMap(({ content: { operation, application, attributes }, executionState }) => {
		const userName = attributes?.['userName'];
		const gives = operation === 'create_account' || operation === 'update_account';
		return gives && typeof userName === 'string'
			? [{ application, userName, claimed: executionState === 'claimed' }]
			: [];
	});
}

/** What names one person needs, in applications where collisions are decided here: now, and when access begins later. */
export function nameWishes(
	compiled: CompiledPolicy,
	person: PersonToPlan,
	{ accountOf, asOf }: { accountOf: AccountOf; asOf: string },
): NameWish[] {
	const { identityId } = person.timeline;
	const wishes: NameWish[] = [];
	for (const [application, instants] of instantsByApplication(compiled, person, asOf)) {
		const account = accountOf(application, identityId);
		const mode = onCollisionOf(compiled, application);
		const own = [account?.attributes['userName'], account?.userName].filter((each) => typeof each === 'string');
		const coming = namesComing(person.openActions).filter((each) => each.application === application);
		const seen = new Set<string>();
		for (const instant of [...instants].sort()) {
			const mapped = renderAttributes(compiled, application, identityAt(person.timeline, instant))['userName'];
			if (typeof mapped !== 'string' || seen.has(mapped)) continue;
			seen.add(mapped);
			const hold = person.hold !== undefined && account === undefined;
			wishes.push({ application, identityId, mapped, mode, own, coming, hold });
		}
	}
	return wishes;
}

/** The moments as of which an application is told the person's name. */
function instantsByApplication(
	compiled: CompiledPolicy,
	{ access, held }: PersonToPlan,
	asOf: string,
): Map<string, Set<string>> {
	const found = new Map<string, Set<string>>();
	const add = (entitlement: string, instant: string) => {
		const application = resolveEntitlement(compiled, entitlement)?.application;
		if (application === undefined || onCollisionOf(compiled, application) === undefined) return;
		found.set(application, (found.get(application) ?? new Set()).add(instant));
	};
	for (const { entitlement } of held) add(entitlement, asOf);
	for (const [entitlement, tenures] of access.holdings) {
		for (const { from, until } of tenures) {
			if (until === undefined || until > asOf) add(entitlement, from > asOf ? from : asOf);
		}
	}
	return found;
}
