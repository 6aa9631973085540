import { DomainError } from '../model';
import { withValueAt } from './attribute-path';
import type { PatchOperation } from './diff';
import { elementPath, equalsFilter } from './filter';
import type { Capabilities, RoleForm } from './profiles';
import { elementsOf, roleName, roleValue, type RoleAttribute } from './role-attribute';
import { sameValue } from './same-value';
import type { WireOperation } from './write-forms';

/** One wanted change of one account's roles. */
export interface RoleChange {
	kind: 'give' | 'take';
	/** Value or name of the role in the application. */
	role: string;
}

/** The form that is known to work first, then the others. What was tried in vain in all of them is tried in one only. */
export function roleForms({ roleForm, patch, put }: Readonly<Capabilities>, attribute: RoleAttribute): RoleForm[] {
	if (patch === 'put') return ['put'];
	// Of a list that isn't shown, nobody can tell what else is in it.
	if (attribute.hidden) return ['element'];
	const forms = ([roleForm, 'element', 'path', 'nested', 'put'] as const).filter((form) => form !== 'put' || put);
	return [...new Set(forms)].filter((form) => form !== 'element' || !attribute.scalar);
}

/** Operations that name each role by itself, so that none of them can hit another one. */
export function elementOperations(
	changes: readonly RoleChange[],
	present: readonly unknown[],
	attribute: RoleAttribute,
): PatchOperation[] {
	const removals = changes.flatMap(({ kind, role }) => (kind === 'take' ? pathsOf(role, present, attribute) : []));
	const value = changes.flatMap(({ kind, role }) => (kind === 'give' ? [newRole(role, present, attribute)] : []));
	return [
		...[...new Set(removals)].map((path): PatchOperation => ({ op: 'remove', path })),
		...(value.length === 0 ? [] : [{ op: 'add' as const, path: attribute.path, value }]),
	];
}

function pathsOf(role: string, present: readonly unknown[], { path, caseExact }: RoleAttribute): string[] {
	const found = elementsOf(present, role, caseExact);
	if (found.length === 0) return [elementPath(path, role)];
	return found.map((element) => {
		const value = roleValue(element);
		return value === undefined
			? `${path}[${equalsFilter('display', roleName(element) ?? role)}]`
			: elementPath(path, value);
	});
}

/** Roles to be added, in an operation without path. */
export function nestedOperation(
	changes: readonly RoleChange[],
	present: readonly unknown[],
	lost: readonly unknown[],
	attribute: RoleAttribute,
): WireOperation {
	const value = [...lost, ...changes.map(({ role }) => newRole(role, present, attribute))];
	return { op: 'add', value: withValueAt({}, attribute.path, attribute.scalar ? value[0] : value) };
}

/** The whole list as it shall be, in one operation: what is there and none of our business stays as it is. */
export function listOperation(wanted: readonly unknown[], { path, scalar }: RoleAttribute): PatchOperation {
	if (wanted.length === 0) return { op: 'remove', path };
	return { op: 'replace', path, value: scalar ? wanted[0] : [...wanted] };
}

/**
 * All roles that an account shall have.
 *
 * @param present what it shows
 * @param lost what it showed before and must not lose
 */
export function wantedRoles(
	changes: readonly RoleChange[],
	present: readonly unknown[],
	lost: readonly unknown[],
	attribute: RoleAttribute,
): unknown[] {
	const { caseExact } = attribute;
	const gone = changes.flatMap(({ kind, role }) => (kind === 'take' ? elementsOf(present, role, caseExact) : []));
	// A form that was misread may have left elements twice.
	const stay = distinct([...present.filter((element) => !gone.includes(element)), ...lost]);
	const given = changes.filter(({ kind, role }) => kind === 'give' && elementsOf(stay, role, caseExact).length === 0);
	return [...stay, ...given.map(({ role }) => newRole(role, present, attribute))];
}

function distinct(elements: readonly unknown[]): unknown[] {
	return [...new Map(elements.map((element) => [JSON.stringify(element), element])).values()];
}

/** Elements that are in the one list and in no form in the other. */
export function missingFrom(list: readonly unknown[], elements: readonly unknown[]): unknown[] {
	return elements.filter((element) => !list.some((other) => isSame(element, other)));
}

function isSame(left: unknown, right: unknown): boolean {
	const [one, other] = [roleValue(left), roleValue(right)];
	return one === undefined || other === undefined ? sameValue(left, right) : one === other;
}

export function newRole(role: string, present: readonly unknown[], { plain }: RoleAttribute): unknown {
	const asTexts = plain || (present.length > 0 && present.every((element) => typeof element === 'string'));
	return asTexts ? role : { value: role };
}

/** The error for a success that is never shown. Names roles of the policy, nothing of the account. */
export function rolesNotApplied(changes: readonly RoleChange[]): DomainError {
	const names = changes.map(({ role }) => `"${role}"`).join(', ');
	return new DomainError(
		'SCIM_NOT_APPLIED',
		`The application accepted the change of roles but does not show it: ${names}.`,
		'Check whether the application has a role of exactly this value (Import Catalogue lists them) and lets the credential give and take it.',
	);
}

/** The error where giving or taking one role costs the others, whatever the form: all of them were put back. */
export function takesOthersAlong(isBack: boolean): DomainError {
	return new DomainError(
		'SCIM_NOT_APPLIED',
		isBack
			? 'The application took other roles of the account away with this change; it was undone.'
			: 'The application took other roles of the account away with this change, and did not take them back.',
		isBack
			? 'It seems to keep one role an account: let the policy give one, or set the role in the application.'
			: 'Give the account its other roles again in the application. The journal has them, before the change.',
	);
}

export function oneRoleOnly(role: string): DomainError {
	return new DomainError(
		'SCIM_FAILED',
		`The application takes one role an account, and this one has another than "${role}".`,
		'Take the other role away first, in the policy that gives it or in the application.',
		{ ambiguous: false },
	);
}

export function severalRoles(role: string): DomainError {
	return new DomainError(
		'SCIM_AMBIGUOUS',
		`The account has several roles that "${role}" may stand for.`,
		'Name the role in the policy by its value in the application; Import Catalogue lists them.',
	);
}
