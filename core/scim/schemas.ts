import { isUrn } from './attributes';
import { asBoolean, asObject, attribute, foldCase, textAttribute, type ScimObject } from './resource';

export type Mutability = 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly';
export type Returned = 'always' | 'never' | 'default' | 'request';

/** One attribute as a schema describes it (RFC 7643 §7), with the RFC's defaults where the schema is silent. */
export interface AttributeDefinition {
	name: string;
	/** Path as PATCH writes it: `name.familyName`, `urn:…:User:department`. */
	path: string;
	type: string;
	multiValued: boolean;
	required: boolean;
	/** `undefined` where the schema doesn't say: then the attribute's own rule holds (userName has no case). */
	caseExact?: boolean;
	mutability: Mutability;
	returned: Returned;
	/** Whether the application refuses a second entry with the same value; `undefined` where the schema doesn't say. */
	unique?: boolean;
	canonicalValues: readonly string[];
	sub: ReadonlyMap<string, AttributeDefinition>;
}

export interface SchemaDefinition {
	id: string;
	name: string;
	attributes: ReadonlyMap<string, AttributeDefinition>;
}

const MUTABILITIES = new Map(
	(['readOnly', 'readWrite', 'immutable', 'writeOnly'] as const).map((each) => [foldCase(each), each]),
);
const RETURNED = new Map((['always', 'never', 'default', 'request'] as const).map((each) => [each as string, each]));
/** Deeper than any SCIM schema: sub-attributes have no sub-attributes (RFC 7643 §2.3.8). */
const MAX_DEPTH = 3;

/** The schemas of an application, by URN and attribute. Answers `undefined` for whatever no schema names. */
export class SchemaIndex {
	readonly schemas: ReadonlyMap<string, SchemaDefinition>;

	constructor(schemas: readonly SchemaDefinition[]) {
		this.schemas = new Map(schemas.map((schema) => [foldCase(schema.id), schema]));
	}

	/**
	 * The definition of an attribute.
	 *
	 * @param schema URN of the resource's core schema, for paths without one of their own
	 * @param path `name.familyName`, `emails`, `urn:…:User:department`, `urn:…:User:manager.value`
	 */
	attribute(schema: string, path: string): AttributeDefinition | undefined {
		const [urn, rest] = isUrn(path) ? this.#split(path) : [schema, path];
		if (rest === undefined) return undefined;
		const [first = '', ...others] = rest.split('.');
		let found = this.schemas.get(foldCase(urn))?.attributes.get(foldCase(first));
		for (const name of others) found = found?.sub.get(foldCase(name));
		return found;
	}

	/** True where the schema itself is known, so that an attribute it doesn't name is unknown to the application. */
	knows(schema: string): boolean {
		return (this.schemas.get(foldCase(schema))?.attributes.size ?? 0) > 0;
	}

	/** The longest known URN that the path begins with; URNs hold dots and colons themselves. */
	#split(path: string): [string, string?] {
		const folded = foldCase(path);
		let best = '';
		for (const urn of this.schemas.keys()) {
			if (urn.length > best.length && folded.startsWith(`${urn}:`)) best = urn;
		}
		return best === '' ? [path] : [best, path.slice(best.length + 1)];
	}
}

/** Reads schemas as servers give them: a listing, an array, one schema; whatever isn't understood is left out. */
export function readSchemas(body: unknown): SchemaDefinition[] {
	const object = asObject(body);
	const listed = object === undefined ? body : (attribute(object, 'Resources') ?? body);
	const entries: unknown[] = Array.isArray(listed) ? listed : [listed];
	return entries.flatMap((entry) => {
		const schema = asObject(entry);
		const id = schema && textAttribute(schema, 'id');
		if (schema === undefined || id === undefined || id.length > 512) return [];
		const attributes = readAttributes(attribute(schema, 'attributes'), `${id}:`, 1);
		return [{ id, name: textAttribute(schema, 'name') ?? id, attributes }];
	});
}

function readAttributes(value: unknown, prefix: string, depth: number): ReadonlyMap<string, AttributeDefinition> {
	const found = new Map<string, AttributeDefinition>();
	if (!Array.isArray(value) || depth > MAX_DEPTH) return found;
	for (const entry of value) {
		const definition = asObject(entry);
		const name = definition && textAttribute(definition, 'name');
		if (definition === undefined || name === undefined || name.length > 256) continue;
		found.set(foldCase(name), readDefinition(definition, name, prefix, depth));
	}
	return found;
}

function readDefinition(definition: ScimObject, name: string, prefix: string, depth: number): AttributeDefinition {
	const text = (key: string): string => foldCase(firstText(attribute(definition, key)));
	const caseExact = asBoolean(attribute(definition, 'caseExact'));
	const canonical = attribute(definition, 'canonicalValues');
	return {
		name,
		path: `${prefix}${name}`,
		type: text('type') === '' ? 'string' : text('type'),
		multiValued: asBoolean(attribute(definition, 'multiValued')) === true,
		required: asBoolean(attribute(definition, 'required')) === true,
		...(caseExact === undefined ? {} : { caseExact }),
		mutability: MUTABILITIES.get(text('mutability')) ?? 'readWrite',
		returned: RETURNED.get(text('returned')) ?? 'default',
		...(text('uniqueness') === '' ? {} : { unique: text('uniqueness') !== 'none' }),
		canonicalValues: Array.isArray(canonical) ? canonical.filter((each) => typeof each === 'string') : [],
		sub: readAttributes(attribute(definition, 'subAttributes'), `${prefix}${name}.`, depth + 1),
	};
}

/** Some servers write arrays where texts belong. */
function firstText(value: unknown): string {
	const first: unknown = Array.isArray(value) ? value[0] : value;
	return typeof first === 'string' ? first : '';
}
