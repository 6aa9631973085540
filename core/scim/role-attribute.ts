import { DomainError } from '../model';
import { isUnassigned, isUrn } from './attributes';
import type { ScimClient } from './client';
import { USER_SCHEMA, asObject, attribute, foldCase, type ScimObject } from './resource';
import { valueAt } from './attribute-path';
import type { SchemaIndex } from './schemas';

/** Where an application keeps what accounts may do beside their groups, and what is known of that attribute. */
export interface RoleAttribute {
	/** As PATCH names it: `roles`, `entitlements`, `urn:…:User:roles`. */
	path: string;
	/** Whether roles whose names differ in case only are two. */
	caseExact: boolean;
	/** Whether roles are bare texts, where the schema says so. */
	plain: boolean;
	/** Whether an account has one role at a time. */
	single: boolean;
	/** Whether that one stands there by itself, in no list. */
	scalar: boolean;
	/** Whether the application never shows it. */
	hidden: boolean;
	/** Whether it is known to be shown: then an account that shows nothing has none. */
	proven: boolean;
}

/** Attributes of users that hold roles (RFC 7643 §4.1.2), the usual one first. */
const NAMES = ['roles', 'entitlements'];
const NO_ROLES =
	'Give the access by a group (`group:` in place of `role:` in the policy), or carry it out by another node or by hand and record the result.';

/**
 * The attribute that holds roles by what the application's schemas say: a writable one first, of the core schema before
 * those of extensions; `null` where no schema of users has one, `undefined` where nothing is known of users.
 *
 * @param preferred what is known so far, e.g. from the vendor's documentation
 * @param extensions URNs of the extensions of users
 */
export function statedRoleAttribute(
	schemas: SchemaIndex,
	preferred: string | null,
	extensions: readonly string[] = [],
): string | null | undefined {
	if (!schemas.knows(USER_SCHEMA)) return undefined;
	const beside = extensions.filter(isUrn).flatMap((urn) => NAMES.map((name) => `${urn}:${name}`));
	const paths = [...(preferred === null ? [] : [preferred]), ...NAMES, ...beside];
	const known = paths.filter((path) => schemas.attribute(USER_SCHEMA, path) !== undefined);
	const writable = known.find((path) => schemas.attribute(USER_SCHEMA, path)?.mutability !== 'readOnly');
	return writable ?? known[0] ?? null;
}

/**
 * The attribute that roles of this application are written to.
 *
 * @throws DomainError INPUT_INVALID where the application has none, or lets nobody write it
 */
export function roleAttributeOf(client: ScimClient): RoleAttribute {
	const { capabilities, schemas, profile } = client;
	const basis = profile.basis.roleAttribute?.from;
	const unasked = basis === undefined || basis === 'documented';
	const stated = unasked && schemas ? statedRoleAttribute(schemas, capabilities.roleAttribute) : undefined;
	const path = stated === undefined ? capabilities.roleAttribute : stated;
	if (path === null) throw noRoles('its schema of users has neither "roles" nor "entitlements"');
	const definition = schemas?.attribute(USER_SCHEMA, path);
	const mutable = capabilities.mutableUser;
	if (definition?.mutability === 'readOnly' || mutable?.includes(foldCase(path)) === false)
		throw noRoles(`it lets nobody change "${path}" of an account`);
	const value = definition?.sub.get('value');
	const returned = [definition?.returned, value?.returned];
	return {
		path,
		// RFC 7643 §8.7.1 has values of both without case.
		caseExact: (value?.caseExact ?? definition?.caseExact) === true,
		plain: definition !== undefined && definition.type !== 'complex',
		single: definition?.multiValued === false || !capabilities.multiValued,
		scalar: definition?.multiValued === false,
		hidden:
			capabilities.hiddenUser.includes(foldCase(path)) ||
			definition?.mutability === 'writeOnly' ||
			returned.includes('never') ||
			returned.includes('request'),
		proven: basis !== undefined || definition !== undefined,
	};
}

/** What an account shows of its roles, element by element. */
export function roleElements(resource: ScimObject, path: string): unknown[] {
	const shown = valueAt(resource, path);
	if (Array.isArray(shown)) return (shown as unknown[]).filter((element) => !isUnassigned(element));
	return isUnassigned(shown) ? [] : [shown];
}

/**
 * The elements that stand for a role: those with this value, else those with this name. Where case makes no difference,
 * one that is written exactly so comes first all the same.
 */
export function elementsOf(elements: readonly unknown[], role: string, caseExact: boolean): unknown[] {
	const same = [(text: string) => text === role];
	if (!caseExact) same.push((text) => foldCase(text) === foldCase(role));
	for (const part of [roleValue, roleName]) {
		for (const is of same) {
			const found = elements.filter((element) => {
				const text = part(element);
				return text !== undefined && is(text);
			});
			if (found.length > 0) return found;
		}
	}
	return [];
}

/** What a filter finds an element by. */
export function roleValue(element: unknown): string | undefined {
	const object = asObject(element);
	return asText(object === undefined ? element : attribute(object, 'value'));
}

export function roleName(element: unknown): string | undefined {
	const object = asObject(element);
	return object && asText(attribute(object, 'display'));
}

/** Names of the roles that an account shows; none where it shows nothing. */
export function rolesShown(client: ScimClient, resource: ScimObject): string[] {
	const { roleAttribute } = client.capabilities;
	if (roleAttribute === null) return [];
	const names = roleElements(resource, roleAttribute).map((element) => roleName(element) ?? roleValue(element));
	return [...new Set(names.filter((name) => name !== undefined))];
}

function asText(value: unknown): string | undefined {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
}

function noRoles(because: string): DomainError {
	return new DomainError('INPUT_INVALID', `The application takes no roles over SCIM: ${because}.`, NO_ROLES, {
		ambiguous: false,
	});
}
