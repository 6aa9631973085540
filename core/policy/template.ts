export type TemplatePart = { kind: 'text'; text: string } | { kind: 'placeholder'; name: string };

/** A text with `{name}` placeholders, read once. */
export interface Template {
	source: string;
	parts: readonly TemplatePart[];
	/** Names in order of appearance, each once. */
	placeholders: readonly string[];
	/** What is wrong with it, if anything. */
	problem?: string;
}

const PLACEHOLDER = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

/** Reads a template in one pass. A problem (an open brace, an empty name) makes it unusable, never a guess. */
export function parseTemplate(source: string): Template {
	const parts: TemplatePart[] = [];
	const names = new Set<string>();
	let at = 0;
	while (at < source.length) {
		const open = source.indexOf('{', at);
		const text = open === -1 ? source.slice(at) : source.slice(at, open);
		if (text.includes('}')) return { source, parts, placeholders: [...names], problem: 'has a "}" without a "{"' };
		if (text !== '') parts.push({ kind: 'text', text });
		if (open === -1) break;
		const close = source.indexOf('}', open);
		if (close === -1) return { source, parts, placeholders: [...names], problem: 'has a "{" without a "}"' };
		const name = source.slice(open + 1, close).trim();
		if (!PLACEHOLDER.test(name)) {
			return { source, parts, placeholders: [...names], problem: `has a placeholder that is not a name: "{${name}}"` };
		}
		parts.push({ kind: 'placeholder', name });
		names.add(name);
		at = close + 1;
	}
	return { source, parts, placeholders: [...names] };
}

/** Fills a template. Undefined where a placeholder has no value: half an identifier is worse than none. */
export function fillTemplate(template: Template, lookup: (name: string) => string | undefined): string | undefined {
	if (template.problem !== undefined) return undefined;
	let text = '';
	for (const part of template.parts) {
		const value = part.kind === 'text' ? part.text : lookup(part.name);
		if (value === undefined || value === '') return undefined;
		text += value;
	}
	return text;
}
