import { Tokenizer } from 'htmlparser2';

export interface HtmlEvents {
	open(name: string, attributes: ReadonlyMap<string, string>): void;
	text(text: string): void;
	close(name: string): void;
}

const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));

const BLOCK =
	'address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre section summary table ul';
/** Elements that an opening tag closes first if they are open (HTML Living Standard, 13.2.6.4), up to a boundary. */
const CLOSES = new Map<string, { closes: string[]; until: string[] }>([
	...BLOCK.split(' ').map((name): [string, { closes: string[]; until: string[] }] => [
		name,
		{ closes: ['p'], until: ['td', 'th', 'table', 'li', 'dd', 'button'] },
	]),
	['li', { closes: ['li'], until: ['ul', 'ol', 'menu', 'dir', 'table', 'td', 'th'] }],
	['dt', { closes: ['dt', 'dd'], until: ['dl', 'table', 'td', 'th'] }],
	['dd', { closes: ['dt', 'dd'], until: ['dl', 'table', 'td', 'th'] }],
	['tr', { closes: ['tr'], until: ['table'] }],
	['td', { closes: ['td', 'th'], until: ['tr', 'table'] }],
	['th', { closes: ['td', 'th'], until: ['tr', 'table'] }],
	['thead', { closes: ['thead', 'tbody', 'tfoot', 'caption'], until: ['table'] }],
	['tbody', { closes: ['thead', 'tbody', 'tfoot', 'caption'], until: ['table'] }],
	['tfoot', { closes: ['thead', 'tbody', 'tfoot', 'caption'], until: ['table'] }],
	['option', { closes: ['option'], until: ['select'] }],
	['body', { closes: ['head'], until: [] }],
]);
/** How far up an element is looked for that an opening tag would close: real pages need a few steps. */
const REACH = 64;

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

/**
 * Well-nested events of a page, whatever its tags are like. Own stack instead of a parser's: an end tag that nothing
 * opened costs a look into a map, not a walk up a stack of thousands.
 */
export class HtmlWalker {
	readonly #stack: string[] = [];
	readonly #count = new Map<string, number>();
	#name = '';
	#attribute = '';
	#value = '';
	#attributes: Map<string, string> | undefined;

	constructor(
		private readonly source: string,
		private readonly events: HtmlEvents,
		private readonly maxDepth: number,
	) {}

	walk(): void {
		const nothing = (): void => undefined;
		const tokenizer = new Tokenizer(
			{ xmlMode: false, decodeEntities: true },
			{
				ontext: (start, end) => this.events.text(this.source.slice(start, end)),
				ontextentity: (code) => this.events.text(characterOf(code)),
				onopentagname: (start, end) => this.#startTag(this.source.slice(start, end).toLowerCase()),
				onattribname: (start, end) => this.#startAttribute(this.source.slice(start, end).toLowerCase()),
				onattribdata: (start, end) => (this.#value += this.source.slice(start, end)),
				onattribentity: (code) => (this.#value += characterOf(code)),
				onattribend: () => this.#endAttribute(),
				onopentagend: () => this.#open(false),
				onselfclosingtag: () => this.#open(true),
				onclosetag: (start, end) => this.#close(this.source.slice(start, end).toLowerCase()),
				oncdata: nothing,
				oncomment: nothing,
				ondeclaration: nothing,
				onprocessinginstruction: nothing,
				onend: nothing,
			},
		);
		tokenizer.write(this.source);
		tokenizer.end();
		while (this.#stack.length > 0) this.#pop();
	}

	#startTag(name: string): void {
		this.#name = name;
		this.#attributes = undefined;
	}

	#startAttribute(name: string): void {
		this.#attribute = name;
		this.#value = '';
	}

	/** The first of two equal attributes counts. */
	#endAttribute(): void {
		this.#attributes ??= new Map();
		if (!this.#attributes.has(this.#attribute)) this.#attributes.set(this.#attribute, this.#value);
	}

	#open(selfClosing: boolean): void {
		const name = this.#name;
		const attributes = this.#attributes ?? NO_ATTRIBUTES;
		const implied = CLOSES.get(name);
		if (implied) this.#closeImplied(implied.closes, implied.until);
		this.events.open(name, attributes);
		// SVG and XHTML close themselves; on other elements of HTML the slash means nothing.
		if (VOID.has(name) || (selfClosing && !CLOSES.has(name) && name !== 'a' && name !== 'span'))
			return this.events.close(name);
		if (this.#stack.length >= this.maxDepth) return this.events.close(name);
		this.#stack.push(name);
		this.#count.set(name, (this.#count.get(name) ?? 0) + 1);
	}

	#closeImplied(closes: string[], until: string[]): void {
		if (!closes.some((name) => (this.#count.get(name) ?? 0) > 0)) return;
		const lowest = Math.max(0, this.#stack.length - REACH);
		for (let at = this.#stack.length - 1; at >= lowest; at--) {
			const open = this.#stack[at] ?? '';
			if (closes.includes(open)) {
				while (this.#stack.length > at) this.#pop();
				return;
			}
			if (until.includes(open)) return;
		}
	}

	#close(name: string): void {
		if (name === 'br') {
			this.events.open('br', NO_ATTRIBUTES);
			return this.events.close('br');
		}
		if (VOID.has(name) || (this.#count.get(name) ?? 0) === 0) return;
		// A stray end tag inside a cell does not end the table around it.
		const boundary = name === 'table' ? '' : 'table';
		let at = this.#stack.length - 1;
		while (at >= 0 && this.#stack[at] !== name && this.#stack[at] !== boundary) at--;
		if (this.#stack[at] !== name) return;
		while (this.#stack.length > at) this.#pop();
	}

	#pop(): void {
		const name = this.#stack.pop();
		if (name === undefined) return;
		this.#count.set(name, (this.#count.get(name) ?? 1) - 1);
		this.events.close(name);
	}
}

function characterOf(code: number): string {
	return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}
