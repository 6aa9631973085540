import { ScimFault, textOf, type Json } from './protocol';

/** `name.familyName`, `members[value eq "1"]`, `emails[type eq "work"].value`, each with a schema URN in front or not. */
interface Path {
	urn?: string;
	name: string;
	filter?: (element: unknown) => boolean;
	sub?: string;
}

const PATH = /^(?:(urn:[^[]*):)?([A-Za-z$][\w$-]*)(?:\[(.+)\])?(?:\.([A-Za-z$][\w$-]*))?$/;

/** Carries out PATCH operations as RFC 7644 §3.5.2 has them; the entry given stays as it is. */
export function patched(entry: Json, operations: readonly unknown[]): Json {
	const result = structuredClone(entry);
	for (const operation of operations) carryOut(result, operation as Json);
	return result;
}

function carryOut(entry: Json, { op, path, value }: Json): void {
	const kind = String(op).toLowerCase();
	if (!['add', 'replace', 'remove'].includes(kind)) throw new ScimFault(400, 'invalidSyntax', `op ${kind}`);
	if (path === undefined) {
		if (kind === 'remove') throw new ScimFault(400, 'noTarget', 'remove needs a path');
		if (typeof value !== 'object' || value === null) throw new ScimFault(400, 'invalidValue', 'no attributes');
		for (const [name, inner] of Object.entries(value)) setWhole(entry, kind, name, inner);
		return;
	}
	const parsed = parse(textOf(path));
	const holder = parsed.urn === undefined ? entry : container(entry, parsed.urn, kind !== 'remove');
	if (holder !== undefined) change(holder, kind, parsed, value);
}

/** One attribute of an operation without path: extensions and complex attributes are merged. */
function setWhole(entry: Json, kind: string, name: string, value: unknown): void {
	if (!isObject(value)) return setValue(entry, kind, name, value);
	const holder = container(entry, name, true);
	if (holder !== undefined) for (const [sub, inner] of Object.entries(value)) setValue(holder, kind, sub, inner);
}

function change(holder: Json, kind: string, { name, filter, sub }: Path, value: unknown): void {
	const key = keyOf(holder, name) ?? name;
	if (filter !== undefined) return changeElements(holder, kind, key, filter, sub, value);
	if (sub !== undefined) {
		const inner = container(holder, key, kind !== 'remove');
		if (inner !== undefined) setValue(inner, kind, sub, value);
		return;
	}
	if (isObject(value) && isObject(holder[key]) && kind !== 'remove') Object.assign(holder[key], value);
	else setValue(holder, kind, key, value);
}

function changeElements(
	holder: Json,
	kind: string,
	key: string,
	filter: (element: unknown) => boolean,
	sub: string | undefined,
	value: unknown,
): void {
	const list = (Array.isArray(holder[key]) ? holder[key] : []) as unknown[];
	const hits = list.filter(filter);
	if (hits.length === 0) {
		if (kind === 'replace') throw new ScimFault(400, 'noTarget', 'nothing matches the filter');
		return;
	}
	if (kind === 'remove' && sub === undefined) holder[key] = list.filter((element) => !hits.includes(element));
	else
		for (const hit of hits) {
			if (sub !== undefined) setValue(hit as Json, kind, sub, value);
			else Object.assign(hit as Json, value);
		}
}

function setValue(holder: Json, kind: string, name: string, value: unknown): void {
	const key = keyOf(holder, name) ?? name;
	if (kind === 'remove' || value === null) Reflect.deleteProperty(holder, key);
	else if (kind === 'add' && Array.isArray(holder[key])) {
		const present = holder[key] as unknown[];
		const known = new Set(present.map(identity));
		const added = (Array.isArray(value) ? (value as unknown[]) : [value]).filter((each) => !known.has(identity(each)));
		holder[key] = [...present, ...added];
	} else holder[key] = value;
}

function identity(element: unknown): string {
	return isObject(element) && element['value'] !== undefined ? textOf(element['value']) : JSON.stringify(element);
}

function container(entry: Json, name: string, make: boolean): Json | undefined {
	const key = keyOf(entry, name) ?? name;
	if (!isObject(entry[key])) {
		if (!make) return undefined;
		entry[key] = {};
	}
	return entry[key] as Json;
}

function parse(path: string): Path {
	// A URN alone names the whole extension.
	const [, urn, name = '', filter, sub] = PATH.exec(path) ?? [];
	if (name === '') throw new ScimFault(400, 'invalidPath', path);
	return {
		name,
		...(urn === undefined ? {} : { urn }),
		...(filter === undefined ? {} : { filter: comparison(filter) }),
		...(sub === undefined ? {} : { sub }),
	};
}

/** `attribute eq value`, joined by `and`: all that these servers filter by. */
export function comparison(filter: string): (entry: unknown) => boolean {
	const tests = filter.split(/ and /i).map((each) => {
		const [, path = '', literal = ''] = /^\s*(\S+)\s+eq\s+(.+?)\s*$/i.exec(each) ?? [];
		if (path === '') throw new ScimFault(400, 'invalidFilter', each);
		let wanted: unknown;
		try {
			wanted = JSON.parse(literal) as unknown;
		} catch {
			throw new ScimFault(400, 'invalidFilter', each);
		}
		const exact = /^(?:id|externalId|value|members\.value)$/i.test(path);
		const plain = (value: unknown): string => (exact ? String(value) : String(value).toLowerCase());
		return (entry: unknown) => valuesAt(entry, path).some((value) => plain(value) === plain(wanted));
	});
	return (entry) => tests.every((test) => test(entry));
}

function valuesAt(entry: unknown, path: string): unknown[] {
	return path.split('.').reduce<unknown[]>(
		(found, name) =>
			found.flatMap((each) => {
				const key = isObject(each) ? keyOf(each, name) : undefined;
				const value = key === undefined ? undefined : (each as Json)[key];
				return Array.isArray(value) ? (value as unknown[]) : value === undefined ? [] : [value];
			}),
		[entry],
	);
}

export function keyOf(object: Json, name: string): string | undefined {
	return Object.keys(object).find((key) => key.toLowerCase() === name.toLowerCase());
}

export function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
