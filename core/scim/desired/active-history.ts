import { valueAt } from '../attribute-path';
import { asBoolean, attribute, foldCase, isActive, type ScimResource } from '../resource';
import type { ScimClient } from '../client';
import type { Findings } from './findings';
import { readJournal, type JournaledAction, type JournalRecord } from './journal';
import type { DesiredUser } from './types';

/** People named in one finding at most. */
const NAMED = 5;

/** Which accounts a journal left active and which not: all there is to go by where an application doesn't show it. */
export class ActiveHistory {
	readonly #active = new Map<string, boolean>();

	constructor(records: readonly JournalRecord[]) {
		for (const action of readJournal(records).actions) {
			const id = action.after?.remoteId ?? action.before.remoteId;
			const sent = activeSent(action);
			if (id === undefined || sent === undefined) continue;
			// What failed or was cut off may have been carried out.
			if (isSettled(action)) this.#active.set(id, sent);
			else if (action.after?.outcome !== 'not_applied') this.#active.delete(id);
		}
	}

	/** `undefined` where the journal doesn't tell. */
	of(id: string): boolean | undefined {
		return this.#active.get(id);
	}

	/** The account, with what the journal knows of it where the application doesn't show whether it is active. */
	shownBy(account: ScimResource): ScimResource {
		const known = this.of(account.id);
		return known === undefined || isActive(account) !== undefined ? account : { ...account, active: known };
	}
}

/** What an action wrote to `active`; `undefined` where it left that alone. */
export function activeSent({ before }: Pick<JournaledAction, 'before'>): boolean | undefined {
	const isOurs = before.paths?.some((path) => foldCase(path) === 'active') === true;
	const isCreation = before.kind === 'create_user' && before.before === null;
	if (!isOurs && !isCreation) return undefined;
	return asBoolean(valueAt(before.desired ?? {}, 'active'));
}

function isSettled({ after }: JournaledAction): boolean {
	return after?.outcome === 'verified' || after?.outcome === 'applied' || after?.outcome === 'conflict';
}

/** Accounts that are wanted active, and of which nobody knows whether they are: one finding for all of them. */
export function tellUntoldActive(findings: Findings, users: readonly DesiredUser[]): void {
	const [first] = users;
	if (first === undefined) return;
	const names = users.slice(0, NAMED).map(({ subject }) => subject);
	const more = users.length > NAMED ? ` and ${users.length - NAMED} more` : '';
	findings.add(
		'warning',
		'active_hidden',
		first.subject,
		`These accounts are to be active, and the application does not show whether they are: ${names.join(', ')}${more}. Nothing was sent.`,
		'Look in the application, and activate there whoever is not. With a journal (--journal FILE), accounts that its runs disabled are activated again.',
	);
}

/** Whether a look at an account alone could tell more: it is to be active, and isn't shown either way. */
export function isActiveOpen(user: DesiredUser, account: ScimResource, { capabilities }: ScimClient): boolean {
	if (!user.active || !user.statesActive || capabilities.hiddenUser.includes('active')) return false;
	return isActive(account) === undefined && attribute(account, 'active') === undefined;
}
