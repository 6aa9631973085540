import { parsePath, valueAt } from './attribute-path';
import { isUnassigned } from './attributes';
import type { ScimClient } from './client';
import type { Capabilities } from './profiles';
import { USER_SCHEMA, foldCase, type ScimObject } from './resource';
import type { AttributeDefinition, SchemaIndex } from './schemas';

/** What is known of an application's attributes when states are compared. */
export interface DiffRules {
	/** Whether two texts of an attribute are the same to the application. */
	sameText(path: string, left: string, right: string): boolean;
	/** Whether an attribute may be written on a resource as it is, and whether it would be seen. */
	access(path: string, current: ScimObject): 'writable' | 'read_only' | 'hidden';
	/** False where the application takes one value per attribute. */
	multiValued: boolean;
}

/** Attributes whose texts compare without regard to case (RFC 7643 §4.1; mail domains are, mail boxes in practice). */
const CASE_INSENSITIVE = new Set(['username', 'emails', 'emails.value', 'type']);
/** Writable by their nature, hidden by it too (RFC 7643 §4.1.1). */
const NEVER_SHOWN = new Set(['password']);

/** Rules where nothing is known of the application: those of the core schema. */
export const CORE_RULES: DiffRules = rulesFrom(undefined, undefined);

/** Rules of an application: its schemas where discovery has read them, its vendor's limits, what was learned. */
export function rulesOf(client: ScimClient): DiffRules {
	return rulesFrom(client.capabilities, client.schemas);
}

function rulesFrom(capabilities: Readonly<Capabilities> | undefined, schemas: SchemaIndex | undefined): DiffRules {
	const normalised = new Set(capabilities?.normalises.map(foldCase));
	const mutable = capabilities?.mutableUser;
	const define = (path: string): AttributeDefinition | undefined => schemas?.attribute(USER_SCHEMA, path);
	return {
		multiValued: capabilities?.multiValued ?? true,
		sameText(path, left, right) {
			if (left === right) return true;
			if (normalised.has(foldCase(path))) return looselyEqual(left, right);
			const insensitive = CASE_INSENSITIVE.has(foldCase(path)) || CASE_INSENSITIVE.has(foldCase(lastName(path)));
			return insensitive && define(path)?.caseExact !== true && foldCase(left) === foldCase(right);
		},
		access(path, current) {
			const { urn, name } = parsePath(path);
			if (urn === undefined && NEVER_SHOWN.has(foldCase(name))) return 'hidden';
			if (capabilities?.hiddenUser.includes(foldCase(name)) === true && isUnassigned(valueAt(current, path)))
				return 'hidden';
			if (mutable !== undefined && !mutable.includes(foldCase(name))) return 'read_only';
			const definition = define(path);
			const parent = define(urn === undefined ? name : `${urn}:${name}`);
			const strictest = [parent, definition].map((each) => each?.mutability);
			if (strictest.includes('readOnly')) return 'read_only';
			if (strictest.includes('immutable') && !isUnassigned(valueAt(current, path))) return 'read_only';
			const returned = [parent, definition].map((each) => each?.returned);
			const shown = !isUnassigned(valueAt(current, path));
			if (strictest.includes('writeOnly') || returned.includes('never')) return 'hidden';
			return returned.includes('request') && !shown ? 'hidden' : 'writable';
		},
	};
}

/** Equal but for case, blanks and the composition of letters: what applications normalise on their own. */
export function looselyEqual(left: string, right: string): boolean {
	const plain = (text: string): string => text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
	return plain(left) === plain(right);
}

function lastName(path: string): string {
	const { name, sub } = parsePath(path);
	return sub ?? name;
}
