/** What the SCIM room calls a JSON object: members by name, nothing promised about them. */
export type ScimObject = Readonly<Record<string, unknown>>;

/** A resource as an application shows it: an object with an id. */
export type ScimResource = ScimObject & { readonly id: string };

export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const ENTERPRISE_USER_SCHEMA = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** The value as an object, or `undefined` when it is none (arrays are none). */
export function asObject(value: unknown): ScimObject | undefined {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as ScimObject) : undefined;
}

/**
 * An attribute by name. Names are case-insensitive (RFC 7643 §2.1), and only an object's own members count, so that an
 * answer can't reach a prototype.
 */
export function attribute(object: ScimObject, name: string): unknown {
	if (Object.hasOwn(object, name)) return object[name];
	const wanted = foldCase(name);
	const key = Object.keys(object).find((candidate) => foldCase(candidate) === wanted);
	return key === undefined ? undefined : object[key];
}

/** An attribute that holds a text, or `undefined`. */
export function textAttribute(object: ScimObject, name: string): string | undefined {
	const value = attribute(object, name);
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The value as a resource, or `undefined` where it has no usable id. Numeric ids become texts. */
export function asResource(value: unknown): ScimResource | undefined {
	const object = asObject(value);
	if (object === undefined) return undefined;
	const id = attribute(object, 'id');
	if (typeof id === 'string' && id !== '') return { ...object, id };
	return typeof id === 'number' && Number.isSafeInteger(id) ? { ...object, id: String(id) } : undefined;
}

/**
 * Lower case for ASCII letters only. Full Unicode folding maps other letters onto ASCII ones (the Kelvin sign becomes
 * `k`), and then somebody else's account would match.
 */
export function foldCase(text: string): string {
	// Called for every name of every attribute: the engine's own way is the fast one, and the same for ASCII.
	if (isAscii(text)) return text.toLowerCase();
	return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function isAscii(text: string): boolean {
	for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7f) return false;
	return true;
}

/** Values of a multi-valued attribute's elements: `emails`, `members`, `groups`. Single objects count as one element. */
export function elementValues(value: unknown): string[] {
	const values: string[] = [];
	for (const element of Array.isArray(value) ? value : [value]) {
		if (typeof element === 'string') values.push(element);
		const object = asObject(element);
		const inner = object && attribute(object, 'value');
		if (typeof inner === 'string') values.push(inner);
		else if (typeof inner === 'number') values.push(String(inner));
	}
	return values;
}

/** E-mail addresses of a user resource. */
export function emailsOf(resource: ScimObject): string[] {
	return elementValues(attribute(resource, 'emails'));
}

/** The `active` flag, also where a server writes it as text; `undefined` where it isn't shown. */
export function isActive(resource: ScimObject): boolean | undefined {
	return asBoolean(attribute(resource, 'active'));
}

/** Booleans as servers write them: `true`, `"True"`, `"false"` … */
export function asBoolean(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	if (typeof value !== 'string') return undefined;
	const text = foldCase(value);
	return text === 'true' ? true : text === 'false' ? false : undefined;
}

/** The resource as it may be journaled: without what must never be stored (RFC 7643 §7, `returned: never`). */
export function withoutSecrets(resource: ScimResource): ScimResource {
	const entries = Object.entries(resource).filter(([name]) => foldCase(name) !== 'password');
	return { ...Object.fromEntries(entries), id: resource.id };
}
