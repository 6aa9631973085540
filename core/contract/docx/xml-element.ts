const NOTHING: readonly string[] = [];
const CHILDLESS: readonly XmlElement[] = [];

/**
 * An element under the name that the standards give it (`w:p`), whatever prefix the file uses. A table of a large
 * document is millions of them: what an element does not have takes no memory.
 */
export class XmlElement {
	/** Character data; kept of elements that hold text. */
	text = '';
	#children: XmlElement[] | undefined;

	constructor(
		readonly name: string,
		/** Names and values in turn, in file order. */
		private readonly written: readonly string[] = NOTHING,
	) {}

	get children(): readonly XmlElement[] {
		return this.#children ?? CHILDLESS;
	}

	add(child: XmlElement): void {
		if (this.#children) this.#children.push(child);
		else this.#children = [child];
	}

	/** Forgets the child that was added last. */
	drop(): void {
		this.#children?.pop();
	}

	/** Forgets the children that nobody asks for. */
	keep(wanted: (child: XmlElement) => boolean): void {
		const kept = this.#children?.filter(wanted);
		this.#children = kept === undefined || kept.length === 0 ? undefined : kept;
	}

	/** By standard name (`w:val`). */
	attribute(name: string): string | undefined {
		for (let at = 0; at < this.written.length; at += 2) if (this.written[at] === name) return this.written[at + 1];
		return undefined;
	}

	/** All attributes in an order of their own, for comparison. */
	get attributes(): string[] {
		const pairs: string[] = [];
		for (let at = 0; at < this.written.length; at += 2) pairs.push(`${this.written[at]}=${this.written[at + 1]}`);
		return pairs.sort();
	}
}

/** The first child of a name. */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
	return element?.children.find((candidate) => candidate.name === name);
}

/** The `w:val` of the first child of a name. */
export function childValue(element: XmlElement | undefined, name: string): string | undefined {
	return child(element, name)?.attribute('w:val');
}

/** A switch such as `<w:b/>` (ST_OnOff): undefined where it is not said. */
export function switched(element: XmlElement | undefined, name: string): boolean | undefined {
	const found = child(element, name);
	if (!found) return undefined;
	const value = found.attribute('w:val');
	return value === undefined || !(value === '0' || value === 'false' || value === 'off' || value === 'none');
}
