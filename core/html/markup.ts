import { UNREADABLE } from './display-text';

/** Markup that is already safe. Only this file makes it, so that nothing reaches a page unescaped. */
export class Html {
	readonly #markup: string;

	constructor(markup: string) {
		this.#markup = markup;
	}

	toString(): string {
		return this.#markup;
	}
}

type Part = string | number | Html | readonly Html[] | undefined;

/**
 * Builds markup from a template: what stands in the template is markup, every value is text and gets escaped, unless
 * it is `Html` itself. Attribute values must stand in double quotes. (Not named `html`: formatters re-indent such
 * templates, which would change quoted contract text and the style sheet that the CSP hash covers.)
 */
export function markup(template: TemplateStringsArray, ...parts: readonly Part[]): Html {
	let result = template[0] ?? '';
	parts.forEach((part, index) => {
		result += render(part) + (template[index + 1] ?? '');
	});
	return new Html(result);
}

function render(part: Part): string {
	if (part === undefined) return '';
	if (part instanceof Html) return part.toString();
	if (typeof part === 'object') return part.map((each) => each.toString()).join('');
	return escapeHtml(String(part));
}

const ENTITIES = new Map([
	['&', '&amp;'],
	['<', '&lt;'],
	['>', '&gt;'],
	['"', '&quot;'],
	["'", '&#39;'],
]);

/**
 * Escapes text for element content and quoted attributes. Unreadable characters become a visible replacement
 * character: a name must not be able to rewrite what the approver reads next to it.
 */
export function escapeHtml(text: string): string {
	return text
		.replace(UNREADABLE, '\ufffd')
		.replace(/[\u2028\u2029]/g, '\n')
		.replace(/[&<>"']/g, (character) => ENTITIES.get(character) ?? '');
}
