import { DomainError } from '../../model';
import { normaliseAttributes } from '../attributes';
import {
	ENTERPRISE_USER_SCHEMA,
	asBoolean,
	asObject,
	attribute,
	emailsOf,
	foldCase,
	textAttribute,
	type ScimObject,
} from '../resource';
import type { DesiredGroup, DesiredState, DesiredUser, MatchKey, Reference } from './types';

const REMEDY =
	'The file is { "users": [SCIM User …], "groups": [SCIM Group with members by externalId or userName …] }.';
const MAX_NAME = 1024;

/**
 * Reads a desired state: `{ users: [SCIM User …], groups: [SCIM Group …] }`. Both lists are optional, one of them isn't.
 * Members are `{ externalId }`, `{ userName }`, `{ value }` or a text; `{ type: "Group", displayName }` names a group.
 *
 * @throws DomainError INPUT_INVALID naming the place: no userName, the same userName, externalId or group twice.
 */
export function parseDesired(value: unknown): DesiredState {
	const file = asObject(value);
	if (file === undefined) throw invalid('The desired state is no JSON object.');
	const users = list(file, 'users');
	const groups = list(file, 'groups');
	if (users === undefined && groups === undefined) throw invalid('The desired state has neither "users" nor "groups".');
	const state = {
		statesUsers: users !== undefined,
		users: (users ?? []).map((user, index) => readUser(user, `users[${index}]`)),
		groups: (groups ?? []).map((group, index) => readGroupEntry(group, `groups[${index}]`)),
	};
	refuseTwins(state);
	return state;
}

function list(file: ScimObject, name: string): readonly unknown[] | undefined {
	const value = attribute(file, name);
	if (value === undefined) return undefined;
	if (Array.isArray(value)) return value as readonly unknown[];
	throw invalid(`"${name}" of the desired state is no list.`);
}

/** One user of the file. */
export function readUser(value: unknown, place: string): DesiredUser {
	const user = asObject(value);
	if (user === undefined) throw invalid(`${place} is no SCIM User.`);
	const userName = name(user, 'userName', place);
	if (userName === undefined) throw invalid(`${place} has no userName.`);
	const active = attribute(user, 'active');
	const wanted = active === undefined || active === null ? true : asBoolean(active);
	if (wanted === undefined) throw invalid(`${place}.active is neither true nor false.`);
	const { attributes, manager } = withoutManager(normaliseAttributes(user));
	const password = textAttribute(user, 'password');
	const managed = Object.entries(attributes).filter(
		([key]) => foldCase(key) !== 'active' && foldCase(key) !== 'password',
	);
	return {
		subject: userName,
		keys: keysOf(user, userName, place),
		attributes: Object.fromEntries(managed),
		active: wanted,
		statesActive: active !== undefined && active !== null,
		...(manager === undefined ? {} : { manager }),
		...(password === undefined ? {} : { password }),
	};
}

function keysOf(user: ScimObject, userName: string, place: string): DesiredUser['keys'] {
	const email = emailsOf(user)[0];
	const keys: Partial<Record<MatchKey, string | undefined>> = {
		id: name(user, 'id', place),
		externalId: name(user, 'externalId', place),
		userName,
		email,
	};
	return Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined));
}

/** The manager apart: whom it means is known only when all accounts are there. */
function withoutManager(attributes: ScimObject): { attributes: ScimObject; manager?: Reference } {
	const urn = Object.keys(attributes).find((key) => foldCase(key) === foldCase(ENTERPRISE_USER_SCHEMA));
	const extension = urn === undefined ? undefined : asObject(attributes[urn]);
	if (urn === undefined || extension === undefined) return { attributes };
	const stated = asObject(attribute(extension, 'manager'));
	const names = stated === undefined ? [] : referenceNames(stated);
	if (names.length === 0) return { attributes };
	const rest = Object.fromEntries(Object.entries(extension).filter(([key]) => foldCase(key) !== 'manager'));
	const kept = Object.entries(attributes).filter(([key]) => key !== urn);
	const others = Object.fromEntries([...kept, ...(Object.keys(rest).length === 0 ? [] : [[urn, rest] as const])]);
	return { attributes: others, manager: { type: 'User', names } };
}

function readGroupEntry(value: unknown, place: string): DesiredGroup {
	const group = asObject(value);
	if (group === undefined) throw invalid(`${place} is no SCIM Group.`);
	const displayName = name(group, 'displayName', place);
	if (displayName === undefined) throw invalid(`${place} has no displayName.`);
	const members = attribute(group, 'members');
	if (members !== undefined && members !== null && !Array.isArray(members)) {
		throw invalid(`${place}.members is no list.`);
	}
	const id = name(group, 'id', place);
	const externalId = name(group, 'externalId', place);
	const own = new Set(['displayname', 'externalid', 'members', 'id']);
	const attributes = Object.entries(normaliseAttributes(group)).filter(([key]) => !own.has(foldCase(key)));
	return {
		displayName,
		...(id === undefined ? {} : { id }),
		...(externalId === undefined ? {} : { externalId }),
		attributes: Object.fromEntries(attributes),
		...(Array.isArray(members)
			? { members: members.map((member, index) => readMember(member, `${place}.members[${index}]`)) }
			: {}),
	};
}

function readMember(value: unknown, place: string): Reference {
	if (typeof value === 'string' && value !== '') return { type: 'User', names: [value] };
	const member = asObject(value);
	const type = member === undefined ? undefined : textAttribute(member, 'type');
	const names = member === undefined ? [] : referenceNames(member);
	if (names.length === 0) throw invalid(`${place} names nobody.`);
	return { type: type !== undefined && foldCase(type) === 'group' ? 'Group' : 'User', names };
}

function referenceNames(object: ScimObject): string[] {
	const names = ['externalId', 'userName', 'value', 'displayName', 'display'].flatMap((key) => {
		const text = textAttribute(object, key);
		return text === undefined ? [] : [[key, text] as const];
	});
	// A display name is no key of a person; of a group it is, and where nothing else is given there is nothing better.
	const strong = names.filter(([key]) => !key.startsWith('display'));
	return (strong.length > 0 ? strong : names).map(([, text]) => text);
}

function name(object: ScimObject, key: string, place: string): string | undefined {
	const value = attribute(object, key);
	if (value === undefined || value === null || value === '') return undefined;
	if (typeof value !== 'string') throw invalid(`${place}.${key} is no text.`);
	if (value.length > MAX_NAME) throw invalid(`${place}.${key} is longer than ${MAX_NAME} characters.`);
	return value;
}

function refuseTwins({ users, groups }: DesiredState): void {
	const seen = new Map<string, number>();
	const claim = (label: string, key: string, place: string, index: number): void => {
		const before = seen.get(`${label}\n${key}`);
		if (before !== undefined) throw invalid(`${place}[${before}] and ${place}[${index}] have the same ${label}.`);
		seen.set(`${label}\n${key}`, index);
	};
	users.forEach(({ keys }, index) => {
		if (keys.userName !== undefined) claim('userName', foldCase(keys.userName), 'users', index);
		if (keys.externalId !== undefined) claim('externalId', keys.externalId, 'users', index);
		if (keys.id !== undefined) claim('id', keys.id, 'users', index);
	});
	groups.forEach(({ displayName }, index) => claim('displayName', displayName, 'groups', index));
}

function invalid(message: string): DomainError {
	return new DomainError('INPUT_INVALID', message, REMEDY);
}
