import type { IDataObject } from 'n8n-workflow';
import { attribute, emailsOf, isActive, type ScimResource } from '../../../core/scim';
import { toJson } from '../../runtime/items';

/** An account as an item: all that the application shows, or the few things that most workflows want. */
export function userItem(resource: ScimResource, simplify: boolean): IDataObject {
	if (!simplify) return plain(resource);
	return toJson({
		id: resource.id,
		externalId: attribute(resource, 'externalId'),
		userName: attribute(resource, 'userName'),
		displayName: attribute(resource, 'displayName'),
		name: nameOf(attribute(resource, 'name')),
		active: isActive(resource),
		emails: emailsOf(resource),
		groups: references(attribute(resource, 'groups')),
	});
}

/** A group as an item. */
export function groupItem(resource: ScimResource, simplify: boolean): IDataObject {
	if (!simplify) return plain(resource);
	return toJson({
		id: resource.id,
		externalId: attribute(resource, 'externalId'),
		displayName: attribute(resource, 'displayName'),
		members: references(attribute(resource, 'members')),
	});
}

/** The parts of a name under the names of RFC 7643, however the application spells them. */
function nameOf(value: unknown): Record<string, string> | undefined {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
	const parts = ['formatted', 'givenName', 'middleName', 'familyName'].flatMap((name) => {
		const part = attribute(value as Record<string, unknown>, name);
		return typeof part === 'string' ? [[name, part] as const] : [];
	});
	return Object.fromEntries(parts);
}

/** Never a password, whatever an application shows. */
function plain(resource: ScimResource): IDataObject {
	const entries = Object.entries(resource).filter(([name]) => name.toLowerCase() !== 'password');
	return toJson(Object.fromEntries(entries));
}

function references(value: unknown): Array<{ id: string; display?: string }> {
	const list: unknown[] = Array.isArray(value) ? value : [];
	return list.flatMap((each) => {
		if (typeof each !== 'object' || each === null) return [];
		const id = attribute(each as Record<string, unknown>, 'value');
		const display = attribute(each as Record<string, unknown>, 'display');
		if (typeof id !== 'string' && typeof id !== 'number') return [];
		return [{ id: String(id), ...(typeof display === 'string' ? { display } : {}) }];
	});
}
