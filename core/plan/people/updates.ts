import type { Action, Source } from '../../model';
import { resolveEntitlement } from '../../policy';
import { accountAttributes, displayName, updateContent } from '../content';
import { enforcementOf } from './assessment';
import { identityAt } from './attributes';
import { windowOpening } from './batch';
import { verifyBy } from './deadline';
import { renameCollision } from './name-collision';
import { sameValue } from './same-value';
import type { PlanSink } from './sink';
import type { PersonToPlan } from './types';

/** An account that the person has and keeps. */
export interface KeptAccount {
	application: string;
	sources: Source[];
}

/** Accounts of somebody whom nothing else changes for. */
export function accountsHeld({ input }: PlanSink, { held }: PersonToPlan): KeptAccount[] {
	return held.flatMap(({ entitlement, source }) => {
		const resolved = resolveEntitlement(input.compiled, entitlement);
		return resolved?.kind === 'account' ? [{ application: resolved.application, sources: [source] }] : [];
	});
}

/** Brings accounts that stay in line with what is known of the person now. Accounts of unknown state are left alone. */
export function planUpdates(sink: PlanSink, person: PersonToPlan, accounts: readonly KeptAccount[]): void {
	const { input, context, book } = sink;
	const { asOf, compiled } = input;
	const open = person.openActions.filter(
		({ content, executionState }) => content.operation === 'update_account' && executionState !== 'claimed',
	);
	const { identityId } = person.timeline;
	const waiting = new Set<Action>(open);
	for (const { application, sources } of accounts) {
		const known = sink.account(application, identityId);
		if (known === undefined || isEmpty(known.attributes)) {
			for (const action of open) if (action.content.application === application) waiting.delete(action);
			continue;
		}
		const identity = identityAt(person.timeline, asOf);
		const taken = renameCollision(sink, identity, application);
		if (taken !== undefined && enforcementOf(compiled, application) !== 'record') {
			book.blocked.push({ identityId, subject: displayName(identity), ...taken });
		}
		if (sameValue(accountAttributes(context, application, identity), known.attributes)) continue;
		if (enforcementOf(compiled, application) === 'record') continue;
		const content = updateContent(context, identity, application, asOf);
		content.dueAt = windowOpening(compiled, 'update_account', asOf);
		if (book.keep(waiting, content, sources, { asOf, earliest: asOf }) !== undefined) continue;
		const deadline = verifyBy(compiled, application, 'mover', content.dueAt);
		const reason = `Attributes in ${application} changed`;
		book.plan(identity, {
			content,
			sources,
			reason,
			privileged: false,
			...(deadline !== undefined && { verifyBy: deadline }),
		});
	}
	book.supersede(waiting, 'The account is up to date, ends, or changes differently.');
}

function isEmpty(attributes: Readonly<Record<string, unknown>>): boolean {
	for (const name in attributes) if (Object.hasOwn(attributes, name)) return false;
	return true;
}
