import { Composer, isAlias, isMap, isScalar, isSeq, LineCounter, Parser } from 'yaml';
import type { Document, ParsedNode } from 'yaml';

import { formatPath } from './finding';
import type { Finding, PathSegment } from './finding';

/** Limits on a policy text. They are far above any policy that people maintain, and below what hurts. */
export interface SourceLimits {
	/** UTF-16 code units. */
	maxCharacters: number;
	/** Nested collections. The composer recurses, so depth is measured on the parser's tokens before it runs. */
	maxDepth: number;
	/** Times an alias (`*name`) may be expanded. */
	maxAliases: number;
}

export const DEFAULT_LIMITS: SourceLimits = { maxCharacters: 1_000_000, maxDepth: 40, maxAliases: 100 };

export interface Place {
	line: number;
	column: number;
}

/** A policy text as a value, with the place of every part of it. */
export interface PolicySource {
	value: unknown;
	/** Place of the key or value at a path; of its nearest ancestor where the path does not exist. */
	locate(path: readonly PathSegment[], part?: 'key' | 'value'): Place;
	/** Place of the character at `offset` of a text value, however the document quotes or folds it. */
	locateWithin(path: readonly PathSegment[], text: string, offset: number): Place;
}

/** Names that mean something to JavaScript objects; no application, role or attribute is called so. */
const FORBIDDEN_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

type Token = ReturnType<Parser['parse']> extends Generator<infer T> ? T : never;

function depthOf(tokens: readonly Token[], limit: number): number {
	const stack: Array<{ token: unknown; depth: number }> = tokens.map((token) => ({ token, depth: 0 }));
	let deepest = 0;
	for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
		if (typeof next.token !== 'object' || next.token === null) continue;
		const { value, items } = next.token as { value?: unknown; items?: unknown };
		const depth = next.depth + (Array.isArray(items) ? 1 : 0);
		deepest = Math.max(deepest, depth);
		if (deepest > limit) return deepest;
		if (typeof value === 'object') stack.push({ token: value, depth });
		if (!Array.isArray(items)) continue;
		for (const item of items as Array<{ key?: unknown; value?: unknown }>) {
			stack.push({ token: item.key, depth }, { token: item.value, depth });
		}
	}
	return deepest;
}

/** Aliases can nest values deeper than the text is, without end where one contains itself. */
function isDeeperThan(value: unknown, limit: number): boolean {
	const stack = [{ value, depth: 0 }];
	for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
		if (next.depth > limit) return true;
		if (typeof next.value !== 'object' || next.value === null) continue;
		for (const member of Object.values(next.value)) stack.push({ value: member, depth: next.depth + 1 });
	}
	return false;
}

/**
 * Where the character at `offset` of a scalar's value stands in the document: the value is read along the text, which
 * adds quotes, escapes, indentation and folded line ends to it.
 */
function offsetInSource(document: string, start: number, value: string, offset: number): number {
	let at = start;
	const first = value[0];
	// Quotes, and the header of a block scalar (`|-`, `>`), stand before the first character.
	if (document[at] === '|' || document[at] === '>') at = document.indexOf('\n', at) + 1;
	while (at < document.length && document[at] !== first && /["'\s]/u.test(document[at] ?? '')) at += 1;
	for (let index = 0; index < offset && at < document.length; index += 1) {
		if (document[at] === value[index]) {
			at += 1;
			continue;
		}
		// A folded line end is one blank of the value and any number of blanks here.
		const blank = /\s/u.test(value[index] ?? '');
		while (at < document.length && document[at] !== value[index] && /[\s\\"']/u.test(document[at] ?? '')) at += 1;
		if (document[at] === value[index] && !blank) at += 1;
	}
	while (at < document.length && document[at] !== value[offset] && /[\s\\]/u.test(document[at] ?? '')) at += 1;
	return Math.min(at, document.length);
}

/** Nothing written but blanks and comments. */
function isBlank({ contents, errors }: Document.Parsed): boolean {
	if (errors.length > 0) return false;
	return contents === null || (isScalar(contents) && contents.value === null && contents.source === '');
}

class SourceReader {
	readonly findings: Finding[] = [];
	readonly #lines = new LineCounter();

	constructor(readonly limits: SourceLimits) {}

	read(text: string): PolicySource | undefined {
		if (text.length > this.limits.maxCharacters) {
			const sizes = `${text.length} characters, more than the ${this.limits.maxCharacters} allowed`;
			return this.#refuse('TOO_LARGE', `the document has ${sizes}`, 'split the policy or raise the limit');
		}
		const tokens = [...new Parser(this.#lines.addNewLine).parse(text)];
		if (depthOf(tokens, this.limits.maxDepth) > this.limits.maxDepth) {
			const depth = `is nested deeper than ${this.limits.maxDepth} levels`;
			return this.#refuse('TOO_DEEP', `the document ${depth}`, 'flatten it');
		}
		// uniqueKeys compares all pairs; #check does the same with a set.
		const options = { version: '1.2', schema: 'core', uniqueKeys: false, lineCounter: this.#lines } as const;
		const documents = [...new Composer(options).compose(tokens, true, text.length)];
		const document = documents[0];
		if (document === undefined || isBlank(document)) {
			return this.#refuse('EMPTY', 'the policy is empty', 'start with "policy: NAME"');
		}
		if (documents.length > 1) {
			return this.#refuse('SEVERAL_DOCUMENTS', 'the text holds several YAML documents', 'keep one policy in a text');
		}
		return this.#compose(document, text);
	}

	#compose(document: Document.Parsed, text: string): PolicySource | undefined {
		for (const problem of [...document.errors, ...document.warnings]) {
			this.#report(
				problem.code,
				problem.pos[0],
				[],
				problem.message.split('\n')[0] ?? '',
				'mend the YAML or JSON syntax',
			);
		}
		if (document.errors.length > 0 || document.warnings.length > 0) return undefined;
		this.#check(document.contents, []);
		if (this.findings.length > 0) return undefined;
		try {
			const value: unknown = document.toJS({ maxAliasCount: this.limits.maxAliases });
			if (isDeeperThan(value, this.limits.maxDepth)) {
				return this.#refuse('TOO_DEEP', 'aliases (*name) lead into themselves or too deep', 'write the values out');
			}
			return {
				value,
				locate: (path, part = 'value') => this.#place(this.#offset(document, path, part)),
				locateWithin: (path, within, offset) => {
					const start = this.#offset(document, path, 'value');
					return this.#place(offsetInSource(text, start, within, offset));
				},
			};
		} catch {
			return this.#refuse('TOO_MANY_ALIASES', 'aliases (*name) expand to too much', 'write the values out');
		}
	}

	#check(node: ParsedNode | null, path: readonly PathSegment[]): void {
		if (isSeq(node)) {
			node.items.forEach((item, index) => this.#check(item, [...path, index]));
		} else if (isScalar(node) && typeof node.value === 'number' && !Number.isFinite(node.value)) {
			this.#report('NOT_A_NUMBER', node.range[0], path, 'is not a finite number', 'write a number');
		} else if (isMap(node)) {
			const seen = new Set<string>();
			for (const pair of node.items) this.#checkPair(pair, path, seen);
		}
	}

	#checkPair(pair: { key: ParsedNode; value: ParsedNode | null }, path: readonly PathSegment[], seen: Set<string>) {
		const offset = pair.key.range[0];
		if (!isScalar(pair.key)) {
			this.#report('KEY_NOT_A_NAME', offset, path, 'has a key that is not a name', 'write a plain text as key');
			return;
		}
		const name = String(pair.key.value);
		const here = [...path, name];
		if (FORBIDDEN_NAMES.has(name))
			this.#report('FORBIDDEN_NAME', offset, here, 'is a reserved name', 'choose another name');
		if (seen.has(name)) this.#report('DUPLICATE_KEY', offset, here, 'is written twice', 'keep one of the two');
		seen.add(name);
		this.#check(pair.value, here);
	}

	#offset(document: Document.Parsed, path: readonly PathSegment[], part: 'key' | 'value'): number {
		let node: unknown = document.contents;
		let offset = document.contents?.range[0] ?? 0;
		path.forEach((segment, index) => {
			if (isAlias(node)) node = node.resolve(document);
			const wantsKey = part === 'key' && index === path.length - 1;
			if (isMap(node)) {
				const pair = node.items.find((each) => isScalar(each.key) && String(each.key.value) === String(segment));
				const key = pair?.key as ParsedNode | undefined;
				const value = pair?.value as ParsedNode | null | undefined;
				offset = (wantsKey || !value ? key : value)?.range[0] ?? offset;
				node = value;
			} else if (isSeq(node) && typeof segment === 'number') {
				node = node.items[segment];
				offset = (node as ParsedNode | undefined)?.range[0] ?? offset;
			} else {
				node = undefined;
			}
		});
		return offset;
	}

	#place(offset: number): Place {
		const { line, col } = this.#lines.linePos(offset);
		return { line: Math.max(1, line), column: Math.max(1, col) };
	}

	#report(code: string, offset: number, path: readonly PathSegment[], message: string, remedy: string): void {
		this.findings.push({ severity: 'error', code, message, remedy, path: formatPath(path), ...this.#place(offset) });
	}

	#refuse(code: string, message: string, remedy: string): undefined {
		this.#report(code, 0, [], message, remedy);
		return undefined;
	}
}

/** Reads YAML 1.2 (of which JSON is a part). Never throws on any text: what is wrong comes back as findings. */
export function readSource(text: string, limits: SourceLimits): { source?: PolicySource; findings: Finding[] } {
	const reader = new SourceReader(limits);
	const source = reader.read(text);
	return source === undefined ? { findings: reader.findings } : { source, findings: reader.findings };
}
