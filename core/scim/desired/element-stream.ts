import { DomainError } from '../../model';

/** Longest text of one user or group: a group may hold a hundred thousand members. */
const MAX_ELEMENT = 64_000_000;

/**
 * Cuts the elements out of the lists at the top of a JSON document, `{ "users": [ … ], "groups": [ … ] }`, while it is
 * read: the document itself is never held. Linear; strings and escapes are respected, so a brace in a name is no end.
 *
 * @throws DomainError INPUT_INVALID where the document is no object, ends early, or an element is no JSON
 */
export async function* listElements(
	chunks: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<{ list: string; element: unknown }> {
	const cutter = new ElementCutter();
	for await (const chunk of chunks) yield* cutter.take(chunk);
	cutter.end();
}

class ElementCutter {
	#depth = 0;
	#inString = false;
	#escaped = false;
	/** Text of the key or the element that is being read. */
	#parts: string[] = [];
	#length = 0;
	#collecting: 'key' | 'element' | undefined;
	/** The last string at the top, and whether a list follows it. */
	#key = '';
	#list: string | undefined;
	#seen = false;

	*take(chunk: string): Generator<{ list: string; element: unknown }> {
		let start = 0;
		for (let index = 0; index < chunk.length; index++) {
			const code = chunk.charCodeAt(index);
			if (this.#inString) {
				if (this.#escaped) this.#escaped = false;
				else if (code === 0x5c) this.#escaped = true;
				else if (code === 0x22) {
					this.#inString = false;
					if (this.#collecting === 'key') this.#key = String(this.#finish(chunk.slice(start, index + 1)));
				}
				continue;
			}
			if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09 || code === 0xfeff) continue;
			// A scalar in a list ends at the comma or the bracket behind it.
			if ((code === 0x2c || code === 0x5d) && this.#collecting === 'element' && this.#depth === 2) {
				yield this.#element(chunk.slice(start, index));
			}
			if (this.#collecting === undefined && this.#begins(code)) start = index;
			if (code === 0x22) this.#inString = true;
			else if (code === 0x7b || code === 0x5b) this.#open(code);
			else if (code === 0x7d || code === 0x5d) this.#depth--;
			if (this.#depth < 2 && this.#list !== undefined) this.#list = undefined;
		}
		if (this.#collecting !== undefined) this.#keep(chunk.slice(start));
	}

	end(): void {
		if (!this.#seen || this.#depth !== 0 || this.#inString) throw noJson('ends early, or is no object');
	}

	#open(code: number): void {
		if (this.#depth === 0) {
			if (code !== 0x7b || this.#seen) throw noJson('is no single object');
			this.#seen = true;
		}
		if (this.#depth === 1 && code === 0x5b) this.#list = this.#key;
		this.#depth++;
	}

	/** Whether something worth keeping begins here. */
	#begins(code: number): boolean {
		if (this.#depth === 0 && code !== 0x7b) throw noJson('is no object');
		if (this.#depth === 1 && code === 0x22) this.#collecting = 'key';
		else if (this.#depth === 2 && this.#list !== undefined && code !== 0x2c && code !== 0x5d)
			this.#collecting = 'element';
		return this.#collecting !== undefined;
	}

	#keep(text: string): void {
		this.#length += text.length;
		if (this.#length > MAX_ELEMENT) throw noJson(`holds an entry of more than ${MAX_ELEMENT} characters`);
		this.#parts.push(text);
	}

	#element(text: string): { list: string; element: unknown } {
		return { list: this.#list ?? '', element: this.#finish(text) };
	}

	#finish(text: string): unknown {
		this.#keep(text);
		const whole = this.#parts.join('');
		this.#parts = [];
		this.#length = 0;
		this.#collecting = undefined;
		try {
			return JSON.parse(whole) as unknown;
		} catch {
			throw noJson('is no JSON');
		}
	}
}

function noJson(what: string): DomainError {
	return new DomainError(
		'INPUT_INVALID',
		`The desired state ${what}.`,
		'The file is { "users": [SCIM User …], "groups": [SCIM Group …] }.',
	);
}
