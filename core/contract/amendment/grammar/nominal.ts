import type { Token } from './lexer';

const VERBS: ReadonlyMap<string, string> = new Map([
	['deletion', 'deleting'],
	['removal', 'removing'],
	['omission', 'omitting'],
	['replacement', 'replacing'],
	['substitution', 'substituting'],
	['insertion', 'inserting'],
	['addition', 'adding'],
	['inclusion', 'adding'],
	['renumbering', 'renumbering'],
	['relettering', 're-lettering'],
]);
const BEFORE = new Set(['by', 'and', ',', ';', ')', 'through', 'with', 'or']);

/** `by the deletion of "X" and its replacement with "Y"` reads as `by deleting "X" and replacing with "Y"`. */
export function withVerbs(tokens: readonly Token[]): Token[] {
	const read: Token[] = [];
	for (let i = 0; i < tokens.length; i++) {
		const token = tokens[i];
		if (!token) break;
		const determined = /^(?:the|its|their)$/.test(token.lower);
		const noun = tokens[determined ? i + 1 : i];
		const verb = noun ? VERBS.get(noun.lower) : undefined;
		const behind = determined ? i + 2 : i + 1;
		const end = verb === undefined ? -1 : objectStart(tokens, behind, determined && token.lower !== 'the');
		if (verb === undefined || !noun || end < 0 || !BEFORE.has(read.at(-1)?.lower ?? '')) {
			read.push(token);
			continue;
		}
		const last = tokens[end - 1] ?? noun;
		if (read.at(-1)?.lower === 'with' || read.at(-1)?.lower === 'through')
			read[read.length - 1] = asBy(read.at(-1) ?? token);
		read.push({ kind: 'word', text: verb, lower: verb, start: token.start, end: end > behind ? last.end : noun.end });
		i = end - 1;
	}
	return read;
}

/** Behind the noun stands `of`, or what tells the new words; -1 where the noun is none of amending (`in addition to`). */
function objectStart(tokens: readonly Token[], at: number, possessive: boolean): number {
	const lower = (ahead: number): string => tokens[at + ahead]?.lower ?? '';
	if (lower(0) === 'of') return at + 1;
	if (/^(?:thereto|therein|thereof|therefrom|therefor)$/.test(lower(0)) && lower(1) === 'of') return at + 2;
	if (possessive && /^(?:with|by)$/.test(lower(0))) return at;
	return /^(?:after|before|for|therefor|thereafter|in|at|to|from|immediately)$/.test(lower(0)) && hasOf(tokens, at)
		? at
		: -1;
}

/** `by the insertion after "X" of "Y"`. */
function hasOf(tokens: readonly Token[], at: number): boolean {
	return tokens.slice(at, at + 12).some(({ lower }) => lower === 'of');
}

function asBy(token: Token): Token {
	return { ...token, text: 'by', lower: 'by' };
}
