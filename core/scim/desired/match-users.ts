import {
	asObject,
	attribute,
	foldCase,
	isActive,
	textAttribute,
	type ScimObject,
	type ScimResource,
} from '../resource';
import type { Match } from './account-index';
import type { Findings } from './findings';
import type { AccountsRead } from './read-accounts';
import type { DesiredUser } from './types';

export interface Matched {
	/** Whoever could be told apart: the account, or that there is none. */
	holders: Map<DesiredUser, ScimResource | 'created' | 'nobody'>;
	/** Accounts that somebody has, or may have: none of them is absent from the desired state. */
	claimed: ReadonlySet<string>;
}

interface Matching {
	accounts: AccountsRead;
	findings: Findings;
	keepActive: boolean;
}

/** Finds the account of each user. Whoever can't be told apart, or may be somebody else, is left alone, with a finding. */
export function matchUsers(users: readonly DesiredUser[], matching: Matching): Matched {
	const { accounts, findings } = matching;
	const holders: Matched['holders'] = new Map();
	const taken = new Map<string, DesiredUser>();
	const doubtful = new Set<string>();
	for (const user of users) {
		const match = accounts.index.match(user);
		if (match.found === 'several') {
			for (const id of match.ids) doubtful.add(id);
			findings.add(
				'error',
				'ambiguous',
				user.subject,
				`The account of "${user.subject}" could not be told apart: ${match.because}.`,
				'Merge or rename the accounts in the application, or correct the keys in the file.',
			);
		} else if (match.found === 'one') {
			if (isSomebodyElses(user, match, matching)) {
				doubtful.add(match.resource.id);
				continue;
			}
			const other = taken.get(match.resource.id);
			if (other !== undefined) {
				findings.add(
					'error',
					'ambiguous',
					user.subject,
					`"${user.subject}" and "${other.subject}" of the file stand for one account.`,
					'Keep one of them, or tell them apart by externalId.',
				);
				continue;
			}
			taken.set(match.resource.id, user);
			holders.set(user, match.resource);
		} else if (!accounts.unknown.has(user)) holders.set(user, user.active ? 'created' : 'nobody');
	}
	return { holders, claimed: new Set([...taken.keys(), ...doubtful]) };
}

/**
 * Whether an account that was found by a weaker key may be another person's. An address may be shared by many, so another
 * externalId stops, and another userName unless the person's own name says that it is a rename (applications without a
 * place for externalId have nothing better). A name is one login: whoever signs in with it is the same one, whatever the
 * externalId says; but a name that was given to somebody new must neither lock out its holder of today nor open the
 * account that the former one left.
 */
function isSomebodyElses(
	user: DesiredUser,
	{ resource, by, contradicts }: Extract<Match, { found: 'one' }>,
	{ findings, keepActive }: Matching,
): boolean {
	if (contradicts === undefined) return false;
	const activeNow = isActive(resource) !== false;
	const settled = activeNow === user.active || (keepActive && !user.statesActive);
	if (by === 'email' && contradicts === 'userName' && sameName(user.attributes, resource)) {
		findings.add(
			'warning',
			'renamed_by_email',
			user.subject,
			`The account of "${user.subject}" was found by its e-mail address and the person's name only; its userName differs.`,
			'Check that it is the same person; the id in the file makes it certain.',
		);
		return false;
	}
	const takenOver = by === 'userName' && settled && user.active;
	const which = contradicts === 'externalId' ? 'another externalId' : 'another userName';
	if (takenOver) {
		findings.add(
			'warning',
			'other_external_id',
			user.subject,
			`The account named "${user.subject}" has ${which} than the file; it counts as the same person, and gets the one of the file.`,
			'Check that the name was not passed on to another person. If it was, give the file the id of the right account.',
		);
		return false;
	}
	const outcome = !user.active
		? 'it is not deactivated'
		: by === 'userName'
			? 'it is not reactivated'
			: 'it is neither changed nor is another one created';
	findings.add(
		'error',
		'other_person',
		user.subject,
		`The account found for "${user.subject}" by ${by} has ${which}: it may be somebody else's, so ${outcome}.`,
		'If it is the same person, give the file the id of the account. If not, correct the keys, or match without the shared ones (--match id,externalId,userName).',
	);
	return true;
}

/** Whether both show the same given and family name. */
function sameName(left: ScimObject, right: ScimObject): boolean {
	return ['givenName', 'familyName'].every((part) => {
		const [one, other] = [left, right].map((person) => textAttribute(asObject(attribute(person, 'name')) ?? {}, part));
		return one !== undefined && one !== '' && other !== undefined && foldCase(one) === foldCase(other);
	});
}
