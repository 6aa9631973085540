import { isUrn, normaliseAttributes } from '../attributes';
import type { Capabilities } from '../profiles';
import { USER_SCHEMA, asBoolean, asObject, attribute, foldCase, type ScimObject } from '../resource';
import type { AttributeDefinition, SchemaIndex } from '../schemas';

export interface MappingFinding {
	severity: 'error' | 'warning' | 'info';
	code:
		'unknown_attribute' | 'read_only' | 'required_missing' | 'wrong_type' | 'one_value' | 'not_canonical' | 'no_schema';
	/** As PATCH names it. */
	path: string;
	message: string;
	remedy: string;
}

/** Set by us or by the application itself, never by a mapping. */
const NOT_MAPPED = new Set(['id', 'meta', 'schemas', 'groups', 'active', 'password']);

/**
 * Checks an attribute mapping against the application's schemas: attributes that it doesn't know, that nobody may write,
 * that it demands and the mapping lacks, and values of another type. Texts with `{placeholders}` stand for texts.
 */
export function checkMapping(
	schemas: SchemaIndex,
	mapping: unknown,
	capabilities?: Readonly<Capabilities>,
): MappingFinding[] {
	const stated = asObject(mapping);
	if (stated === undefined) return [];
	const attributes = normaliseAttributes(stated);
	if (!schemas.knows(USER_SCHEMA)) {
		return [
			{
				severity: 'info',
				code: 'no_schema',
				path: '',
				message: 'The application shows no schema of its users.',
				remedy: 'Check the mapping against its documentation.',
			},
		];
	}
	const findings: MappingFinding[] = [];
	for (const [name, value] of Object.entries(attributes)) {
		if (NOT_MAPPED.has(foldCase(name))) continue;
		if (!isUrn(name)) check(schemas, name, name, value, findings);
		else
			for (const [inner, part] of Object.entries(asObject(value) ?? {}))
				check(schemas, `${name}:${inner}`, inner, part, findings);
	}
	return [...findings, ...missing(schemas, attributes, capabilities)];
}

function check(schemas: SchemaIndex, path: string, name: string, value: unknown, findings: MappingFinding[]): void {
	const definition = schemas.attribute(USER_SCHEMA, path);
	if (definition === undefined) {
		const urn = isUrn(path) ? path.slice(0, path.lastIndexOf(':')) : USER_SCHEMA;
		const known = schemas.knows(urn);
		findings.push({
			severity: known ? 'error' : 'warning',
			code: 'unknown_attribute',
			path,
			message: known ? `The application does not know "${name}".` : `The application shows no schema "${urn}".`,
			remedy: 'Take it out of the mapping, or ask the application for the extension.',
		});
		return;
	}
	if (definition.mutability === 'readOnly') {
		findings.push({
			severity: 'error',
			code: 'read_only',
			path,
			message: `Nobody may write "${name}" in the application.`,
			remedy: 'Take it out of the mapping.',
		});
		return;
	}
	checkValue(path, definition, value, findings);
}

function checkValue(path: string, definition: AttributeDefinition, value: unknown, findings: MappingFinding[]): void {
	if (value === null || value === undefined) return;
	const isList = Array.isArray(value);
	if (isList && !definition.multiValued) {
		findings.push(wrong(path, 'takes one value, and the mapping gives a list', 'Give one value.', 'one_value'));
		return;
	}
	for (const element of isList ? (value as readonly unknown[]) : [value]) {
		const object = asObject(element);
		if (definition.type === 'complex' && object !== undefined) checkParts(path, definition, object, findings);
		else if (!fits(definition, element)) {
			findings.push(
				wrong(
					path,
					`is of type ${definition.type}, and the mapping gives ${describe(element)}`,
					`Give a ${definition.type}.`,
				),
			);
		}
	}
}

function checkParts(
	path: string,
	definition: AttributeDefinition,
	object: ScimObject,
	findings: MappingFinding[],
): void {
	for (const [name, value] of Object.entries(object)) {
		const part = definition.sub.get(foldCase(name));
		const place = `${path}.${name}`;
		if (part === undefined) {
			// A schema that names no parts says nothing about them.
			if (definition.sub.size === 0) continue;
			findings.push({
				severity: 'error',
				code: 'unknown_attribute',
				path: place,
				message: `The application does not know "${name}" of "${definition.name}".`,
				remedy: 'Take it out of the mapping.',
			});
		} else if (part.mutability === 'readOnly') {
			findings.push({
				severity: 'error',
				code: 'read_only',
				path: place,
				message: `Nobody may write "${name}" of "${definition.name}" in the application.`,
				remedy: 'Take it out of the mapping.',
			});
		} else {
			checkValue(place, part, value, findings);
			notCanonical(place, part, value, findings);
		}
	}
}

function notCanonical(path: string, definition: AttributeDefinition, value: unknown, findings: MappingFinding[]): void {
	const { canonicalValues } = definition;
	if (canonicalValues.length === 0 || typeof value !== 'string' || value.includes('{')) return;
	if (canonicalValues.some((each) => foldCase(each) === foldCase(value))) return;
	findings.push({
		severity: 'warning',
		code: 'not_canonical',
		path,
		message: `The application names other values for "${definition.name}": ${canonicalValues.slice(0, 10).join(', ')}.`,
		remedy: 'Use one of them, where the application insists.',
	});
}

function missing(
	schemas: SchemaIndex,
	attributes: ScimObject,
	capabilities: Readonly<Capabilities> | undefined,
): MappingFinding[] {
	const required = new Map<string, string>();
	for (const definition of schemas.schemas.get(foldCase(USER_SCHEMA))?.attributes.values() ?? []) {
		if (definition.required && definition.mutability !== 'readOnly')
			required.set(foldCase(definition.name), definition.name);
	}
	for (const path of capabilities?.requiredUser ?? []) required.set(foldCase(path), path);
	return [...required.values()].flatMap((path): MappingFinding[] => {
		const [name = '', sub] = path.split('.');
		const value = attribute(attributes, name);
		const object = asObject(value);
		const given = sub === undefined || object === undefined ? value : attribute(object, sub);
		if ((given !== undefined && given !== null) || NOT_MAPPED.has(foldCase(name))) return [];
		return [
			{
				severity: 'error',
				code: 'required_missing',
				path,
				message: `The application demands "${path}", and the mapping does not give it.`,
				remedy: `Map ${path}.`,
			},
		];
	});
}

/** Whether a value may stand for an attribute; a text with placeholders may stand for any simple one. */
function fits({ type }: AttributeDefinition, value: unknown): boolean {
	if (typeof value === 'string' && /\{[^}]*\}/.test(value)) return type !== 'complex';
	switch (type) {
		case 'boolean':
			return asBoolean(value) !== undefined;
		case 'integer':
			return Number.isInteger(value);
		case 'decimal':
			return typeof value === 'number';
		case 'datetime':
			return typeof value === 'string' && !Number.isNaN(Date.parse(value));
		case 'complex':
			return asObject(value) !== undefined;
		default:
			return typeof value === 'string';
	}
}

function wrong(
	path: string,
	what: string,
	remedy: string,
	code: MappingFinding['code'] = 'wrong_type',
): MappingFinding {
	return { severity: 'error', code, path, message: `"${path}" ${what}.`, remedy };
}

function describe(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
