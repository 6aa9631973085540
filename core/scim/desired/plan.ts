import { DomainError } from '../../model';
import type { ScimClient } from '../client';
import type { CapabilityProfile } from '../profiles';
import { ActionList, planHash } from './action-list';
import { ActiveHistory } from './active-history';
import { parseDesired } from './desired-file';
import { Findings } from './findings';
import { recordsFor, type JournalRecord } from './journal';
import { MemberHistory } from './member-history';
import { minimumRequests } from './minimum';
import { planGroups } from './plan-groups';
import { planUsers } from './plan-users';
import { readAccounts } from './read-accounts';
import { readGroups } from './read-groups';
import { lookBeside } from './unlisted';
import {
	MATCH_ORDER,
	emptyMemory,
	remember,
	type MatchKey,
	type ScimAction,
	type ScimActionKind,
	type ScimPlan,
} from './types';

export interface PlanOptions {
	/** What the hash is bound to, e.g. the base URL. */
	application?: string;
	/** Deactivate active accounts that the state doesn't name. */
	deactivateMissing?: boolean;
	/** Create groups that the application doesn't have. */
	createGroups?: boolean;
	/** Give new accounts a generated password; without a word, where the application demands one. */
	passwords?: boolean;
	match?: readonly MatchKey[];
	/** People of whom the state doesn't say whether they are active stay as they are; without a word they are wanted active. */
	keepActive?: boolean;
	/**
	 * Records of earlier runs for the same application. Members that they sent to a group which doesn't show its members
	 * count as there, and are taken out when they aren't wanted any more.
	 */
	earlier?: readonly JournalRecord[];
}

/**
 * What has to change in an application so that it shows the desired state. Only reads. What is as wanted is not planned,
 * what could not be read to the end is not taken away, and whoever can't be told apart is left alone, with a finding.
 *
 * @param profile what is known of the application; `client.profile` where there is nothing better
 * @param desired `{ users: [SCIM User …], groups: [SCIM Group …] }`, parsed or not
 * @throws DomainError INPUT_INVALID (the state), SCIM_FAILED (the application can't be read)
 */
export async function planScim(
	client: ScimClient,
	profile: CapabilityProfile,
	desired: unknown,
	options: PlanOptions = {},
): Promise<ScimPlan> {
	const state = parseDesired(desired);
	if (options.deactivateMissing === true && state.statesUsers !== true) throw noUsers();
	const view = client.tracked();
	const findings = new Findings();
	const actions = new ActionList(emptyMemory());
	const keepStrays = options.deactivateMissing === true;
	const order = options.match ?? MATCH_ORDER;
	const application = options.application ?? '';
	const earlier = options.earlier ?? [];
	const listed = await readAccounts(view, state, { order, keepStrays }, findings);
	const groups = await readGroups(view, state, findings);
	const records = recordsFor(earlier, application);
	const beside = { client: view, desired: state, accounts: listed, groups, earlier: records, findings };
	const { accounts, untold } = await lookBeside(beside);
	const passwords = options.passwords ?? profile.capabilities.requiredUser.includes('password');
	const common = { client: view, desired: state, accounts, actions, findings };
	const holders = planUsers({
		...common,
		deactivateMissing: keepStrays,
		passwords,
		keepActive: options.keepActive === true,
		activity: new ActiveHistory(records),
	});
	const membership = await planGroups({
		...common,
		groups,
		holders,
		createGroups: options.createGroups === true,
		history: new MemberHistory(earlier, application),
		untold,
	});
	// What the hash stands for can't be changed between planning and applying.
	const list = actions.list().map((action) => Object.freeze(action));
	const plan: ScimPlan = Object.freeze<ScimPlan>({
		v: 1,
		application,
		hash: planHash(application, list),
		actions: Object.freeze(list),
		counts: countKinds(list),
		population: {
			...(accounts.population === undefined ? {} : { activeAccounts: accounts.population }),
			...membership,
			deactivations: list.filter(({ kind }) => kind === 'deactivate_user').length,
		},
		complete: (accounts.complete || !accounts.listed) && groups.complete,
		reads: view.traffic.reads,
		minimum: minimumRequests(list, profile.capabilities, actions.memory.aside.size),
		findings: findings.list(),
	});
	return remember(plan, actions.memory);
}

function noUsers(): DomainError {
	return new DomainError(
		'INPUT_INVALID',
		'The desired state has no list "users", and whoever is missing from it is to be deactivated: that would be everybody.',
		'Give the list of users, or leave out the deactivation of missing people (--deactivate-missing).',
	);
}

function countKinds(actions: readonly ScimAction[]): Partial<Record<ScimActionKind, number>> {
	const counts: Partial<Record<ScimActionKind, number>> = {};
	for (const { kind } of actions) counts[kind] = (counts[kind] ?? 0) + 1;
	return counts;
}
