/**
 * Namespaces by the prefix that the standards write them with; transitional (ECMA-376) and strict (ISO/IEC 29500)
 * files differ in the addresses only. What is not listed here is seen through.
 */
const PREFIXES = new Map<string, string>([
	['http://schemas.openxmlformats.org/wordprocessingml/2006/main', 'w'],
	['http://purl.oclc.org/ooxml/wordprocessingml/main', 'w'],
	['http://schemas.openxmlformats.org/officeDocument/2006/math', 'm'],
	['http://purl.oclc.org/ooxml/officeDocument/math', 'm'],
	['http://schemas.openxmlformats.org/officeDocument/2006/relationships', 'r'],
	['http://purl.oclc.org/ooxml/officeDocument/relationships', 'r'],
	['http://schemas.openxmlformats.org/markup-compatibility/2006', 'mc'],
	['http://schemas.microsoft.com/office/word/2010/wordml', 'w14'],
	['http://schemas.microsoft.com/office/word/2023/wordml/word16du', 'w16du'],
	['http://schemas.openxmlformats.org/package/2006/relationships', 'rel'],
	['http://schemas.openxmlformats.org/package/2006/content-types', 'ct'],
]);

/** Declarations that change what a prefix stands for, until the element that makes them ends. */
interface Scope {
	/** Elements that were open when it began. */
	depth: number;
	/** Standard prefix by the prefix declared here; '' where the namespace is none of ours. */
	prefixes: Array<readonly [written: string, standard: string]>;
}

const UNKNOWN = '';
/** Names of elements and attributes are few; a file made of different ones shall not fill the memory. */
const MOST_REMEMBERED = 4_096;

/** Turns the file's names into standard ones. Elements of other namespaces get a name without a colon. */
export class Namespaces {
	readonly #scopes: Scope[] = [];
	/** Names as they are read in the outermost scope, where nearly all are. */
	readonly #elements = new Map<string, string>();
	readonly #attributes = new Map<string, string>();
	#depth = 0;

	/** Enters an element with its attributes as written, some of which may declare namespaces. */
	enter(attributes: Record<string, string>): void {
		let declared: Scope['prefixes'] | undefined;
		for (const key in attributes) {
			if (!key.startsWith('xmlns') || (key.length > 5 && key.charCodeAt(5) !== 0x3a)) continue;
			const standard = PREFIXES.get(attributes[key] ?? '') ?? UNKNOWN;
			// Most inner declarations say again what is known, or name what is none of ours.
			if (this.#standard(key.slice(6)) === standard) continue;
			declared ??= [];
			declared.push([key.slice(6), standard]);
		}
		this.#depth++;
		if (!declared) return;
		this.#scopes.push({ depth: this.#depth, prefixes: declared });
		// The outermost declarations are those of the first element that makes some.
		if (this.#scopes.length > 1) return;
		this.#elements.clear();
		this.#attributes.clear();
	}

	leave(): void {
		if (this.#scopes.length > 1 && this.#scopes.at(-1)?.depth === this.#depth) this.#scopes.pop();
		this.#depth--;
	}

	element(name: string): string {
		if (this.#scopes.length > 1) return this.#elementName(name);
		return this.#elements.get(name) ?? remember(this.#elements, name, this.#elementName(name));
	}

	/** Undefined for namespace declarations and attributes of other namespaces. */
	attribute(name: string): string | undefined {
		const known =
			this.#scopes.length > 1
				? this.#attributeName(name)
				: (this.#attributes.get(name) ?? remember(this.#attributes, name, this.#attributeName(name)));
		return known === UNKNOWN ? undefined : known;
	}

	#elementName(name: string): string {
		const colon = name.indexOf(':');
		const prefix = this.#standard(colon < 0 ? '' : name.slice(0, colon));
		return prefix === UNKNOWN ? name.slice(colon + 1) : `${prefix}:${name.slice(colon + 1)}`;
	}

	#attributeName(name: string): string {
		const colon = name.indexOf(':');
		// An attribute without prefix is in no namespace, whatever the default namespace is.
		if (colon < 0) return name === 'xmlns' ? UNKNOWN : name;
		const prefix = this.#standard(name.slice(0, colon));
		return prefix === UNKNOWN ? UNKNOWN : `${prefix}:${name.slice(colon + 1)}`;
	}

	#standard(written: string): string {
		for (let at = this.#scopes.length - 1; at >= 0; at--)
			for (const [prefix, standard] of this.#scopes[at]?.prefixes ?? []) if (prefix === written) return standard;
		return written === 'xml' ? 'xml' : UNKNOWN;
	}
}

function remember(names: Map<string, string>, name: string, standard: string): string {
	if (names.size < MOST_REMEMBERED) names.set(name, standard);
	return standard;
}
