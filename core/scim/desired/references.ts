import { foldCase, type ScimResource } from '../resource';
import type { AccountsRead } from './read-accounts';
import type { DesiredUser, Reference } from './types';

/** Who has which account: the id of the application, or nothing yet where the plan creates it. */
export type Holders = ReadonlyMap<DesiredUser, ScimResource | 'created' | 'nobody'>;

export interface Whom {
	/** The application's id, or the userName of an account that will be created. */
	name: string;
	created: boolean;
}

/** The account that a reference means, also where the plan creates it only. */
export function whoIs(
	reference: Reference,
	byName: ReadonlyMap<string, DesiredUser>,
	accounts: AccountsRead,
	holders: Holders,
): Whom | undefined {
	for (const name of reference.names) {
		const user = byName.get(`x\n${name}`) ?? byName.get(`u\n${foldCase(name)}`) ?? byName.get(`i\n${name}`);
		if (user === undefined) continue;
		const holder = holders.get(user);
		if (holder === 'created') return { name: user.subject, created: true };
		// Whoever could not be told apart must not be taken for an account that merely has the name.
		return holder === undefined || holder === 'nobody' ? undefined : { name: holder.id, created: false };
	}
	const found = accounts.index.resolve(reference);
	return found === undefined || found === 'several' ? undefined : { name: found.id, created: false };
}

/** Users of the file by externalId, userName and id. */
export function namesOf(users: readonly DesiredUser[]): ReadonlyMap<string, DesiredUser> {
	const names = new Map<string, DesiredUser>();
	for (const user of users) {
		const { externalId, userName, id } = user.keys;
		if (externalId !== undefined) names.set(`x\n${externalId}`, user);
		if (userName !== undefined) names.set(`u\n${foldCase(userName)}`, user);
		if (id !== undefined) names.set(`i\n${id}`, user);
	}
	return names;
}
