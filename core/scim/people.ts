import { DomainError, type ActionContent, type ActionOperation } from '../model';
import type { ClaimedAction } from '../ports';
import { ambiguous, type AccountKeys } from './account-keys';
import { normaliseAttributes } from './attributes';
import { foldCase, textAttribute, type ScimObject, type ScimResource } from './resource';

/** All claimed actions of one identity in one application, and what the run learns of its account. */
export interface Person {
	identityId: string;
	keys: AccountKeys;
	accountActions: ClaimedAction[];
	groupActions: ClaimedAction[];
	roleActions: ClaimedAction[];
	/** Role actions that went out with the creation of the account. */
	carried?: readonly ClaimedAction[];
	/** The account, once it was found or created. */
	resource?: ScimResource;
	/** Why nothing can be given to the account. */
	failure?: DomainError;
	/** Requests sent to find the account, until an action has reported them. */
	searches: number;
}

/** People to work on, and actions that can't be carried out, each with the reason. */
export interface Work {
	people: Person[];
	refused: Map<ClaimedAction, DomainError>;
	/** What SCIM has no requests for: n8n's own nodes, or people, carry it out. */
	elsewhere: ClaimedAction[];
}

const ACCOUNT_OPERATIONS: ReadonlySet<ActionOperation> = new Set([
	'create_account',
	'update_account',
	'enable_account',
	'disable_account',
]);
const GROUP_OPERATIONS: ReadonlySet<ActionOperation> = new Set(['add_to_group', 'remove_from_group']);
const ROLE_OPERATIONS: ReadonlySet<ActionOperation> = new Set(['assign_role', 'remove_role']);
const ELSEWHERE: ReadonlySet<ActionOperation> = new Set(['revoke_sessions', 'revoke_tokens', 'transfer_ownership']);

/** What SCIM has requests for. */
export const SCIM_OPERATIONS: readonly ActionOperation[] = [
	...ACCOUNT_OPERATIONS,
	...ROLE_OPERATIONS,
	...GROUP_OPERATIONS,
];

/** Whether SCIM has requests for an operation at all: it knows neither sessions nor tokens nor who owns what. */
export function isForScim(operation: ActionOperation): boolean {
	return !ELSEWHERE.has(operation);
}

/** Sorts claimed actions by person; refuses what this client can't do and what contradicts itself. Pure. */
export function sortByPerson(claimed: readonly ClaimedAction[], application: string): Work {
	const refused = new Map<ClaimedAction, DomainError>();
	const elsewhere: ClaimedAction[] = [];
	const people = new Map<string, Person>();
	for (const action of claimed) {
		const problem = unsuitable(action.content, application);
		if (problem !== undefined) {
			refused.set(action, problem);
			continue;
		}
		const { identityId, operation } = action.content;
		if (!isForScim(operation)) {
			elsewhere.push(action);
			continue;
		}
		const person = people.get(identityId) ?? {
			identityId,
			keys: {},
			accountActions: [],
			groupActions: [],
			roleActions: [],
			searches: 0,
		};
		people.set(identityId, person);
		person.keys = mergeKeys(person.keys, keysOf(action));
		listFor(person, operation).push(action);
	}
	for (const person of people.values()) {
		withdraw(person, refused);
		person.keys = withIdentity(person);
	}
	return { people: [...people.values()].filter(hasActions), refused, elsewhere };
}

function listFor(person: Person, operation: ActionOperation): ClaimedAction[] {
	if (GROUP_OPERATIONS.has(operation)) return person.groupActions;
	return ROLE_OPERATIONS.has(operation) ? person.roleActions : person.accountActions;
}

/** All actions of a person. */
export function actionsOf({ accountActions, roleActions, groupActions }: Person): ClaimedAction[] {
	return [...accountActions, ...roleActions, ...groupActions];
}

/** Mapped attributes of an action in one form. */
export function attributesOf(content: ActionContent): Record<string, unknown> {
	return normaliseAttributes(content.attributes ?? {});
}

/** What an account action is about to write. */
export function wantedBy({ content }: ClaimedAction): Record<string, unknown> {
	if (content.operation === 'update_account') return attributesOf(content);
	if (content.operation === 'disable_account') return { active: false };
	return content.operation === 'create_account' ? { ...attributesOf(content), active: true } : { active: true };
}

/** Whether somebody loses the account. */
export function isLeaving(person: Person): boolean {
	return person.accountActions.some(({ content }) => content.operation === 'disable_account');
}

/** Marks people whose accounts would be one and the same: by the account found, or by the userName to be created. */
export function markCollisions(people: readonly Person[]): void {
	const byPlace = new Map<string, Person[]>();
	for (const person of people) {
		if (person.failure !== undefined) continue;
		const place = placeOf(person);
		if (place === undefined) continue;
		const others = byPlace.get(place);
		if (others === undefined) byPlace.set(place, [person]);
		else others.push(person);
	}
	for (const group of byPlace.values()) {
		if (group.length < 2) continue;
		const names = group.map(({ identityId }) => identityId).join(', ');
		for (const person of group) person.failure = ambiguous(`identities ${names} lead to one account`);
	}
}

function placeOf(person: Person): string | undefined {
	if (person.resource !== undefined) return `id\n${person.resource.id}`;
	const creates = person.accountActions.find(({ content }) => content.operation === 'create_account');
	if (creates === undefined) return undefined;
	const mapped: ScimObject = attributesOf(creates.content);
	const userName = textAttribute(mapped, 'userName') ?? person.keys.userName ?? person.keys.email;
	return userName === undefined ? undefined : `userName\n${foldCase(userName)}`;
}

function hasActions(person: Person): boolean {
	return actionsOf(person).length > 0;
}

function unsuitable(content: ActionContent, application: string): DomainError | undefined {
	if (content.application !== application) {
		return invalid(
			`The action belongs to another application ("${content.application}").`,
			'Apply it with the credential of that application.',
		);
	}
	if (ACCOUNT_OPERATIONS.has(content.operation) || !isForScim(content.operation)) return undefined;
	if (content.target !== undefined && content.target !== '') return undefined;
	const what = ROLE_OPERATIONS.has(content.operation) ? 'role' : 'group';
	return invalid(`The action names no ${what}.`, `Give the entitlement a \`${what}\` in the policy.`);
}

function keysOf({ account, content }: ClaimedAction): AccountKeys {
	const attributes: ScimObject = content.attributes ?? {};
	const match: ScimObject = content.match;
	return present({
		remoteId: account?.remoteId,
		externalId: account?.externalId ?? textAttribute(match, 'externalId') ?? textAttribute(attributes, 'externalId'),
		userName: textAttribute(match, 'userName') ?? textAttribute(attributes, 'userName'),
		email: textAttribute(match, 'email'),
	});
}

/** New accounts carry the identity's id as externalId, so that is what they are found by again. */
function withIdentity(person: Person): AccountKeys {
	if (Object.keys(person.keys).length === 0) {
		person.failure ??= invalid(
			'The action names no key to find the account by.',
			'Let the policy map userName or an e-mail address for this application.',
		);
	}
	return { externalId: person.identityId, ...person.keys };
}

function mergeKeys(left: AccountKeys, right: AccountKeys): AccountKeys {
	return { ...right, ...left };
}

function present(keys: Record<keyof AccountKeys, string | undefined>): AccountKeys {
	return Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined && value !== ''));
}

/** Takes out what contradicts itself: giving and taking the same thing at once is the plan's fault, not ours to guess. */
function withdraw(person: Person, refused: Map<ClaimedAction, DomainError>): void {
	const disables = person.accountActions.some(({ content }) => content.operation === 'disable_account');
	const gives = person.accountActions.some(({ content }) => content.operation !== 'disable_account');
	if (disables && gives) {
		for (const action of person.accountActions.splice(0)) refused.set(action, contradiction('the account'));
	}
	person.groupActions = withoutTorn(person.groupActions, 'group', refused);
	person.roleActions = withoutTorn(person.roleActions, 'role', refused);
}

function withoutTorn(
	actions: readonly ClaimedAction[],
	what: string,
	refused: Map<ClaimedAction, DomainError>,
): ClaimedAction[] {
	const operations = new Map<string, Set<ActionOperation>>();
	for (const { content } of actions) {
		const target = content.target ?? '';
		operations.set(target, (operations.get(target) ?? new Set()).add(content.operation));
	}
	return actions.filter((action) => {
		const target = action.content.target ?? '';
		if ((operations.get(target)?.size ?? 0) < 2) return true;
		refused.set(action, contradiction(`${what} "${target}"`));
		return false;
	});
}

function contradiction(what: string): DomainError {
	return invalid(
		`The claimed actions both give and take ${what}.`,
		'Evaluate the policy again, so that one plan replaces both.',
	);
}

function invalid(message: string, remedy: string): DomainError {
	return new DomainError('INPUT_INVALID', message, remedy);
}
