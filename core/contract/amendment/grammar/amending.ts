import type { Target } from '../types';
import {
	type Context,
	NONE,
	type Outcome,
	endsWithColon,
	has,
	placeOf,
	quotesOf,
	withUnread,
	wordsBetween,
} from './clause';
import type { Draft, Words } from './draft';
import type { Item } from './items';
import { readChange } from './change';
import { kindFor, unreadWords, withFrame } from './roles';

/** `is amended to read …`, `is amended to be …`, `is amended as follows:`. */
export function readAmend(context: Context): Outcome {
	const { clause, next } = context;
	const own = placeOf(context);
	const target =
		own.places.length > 0 ? own : { ...(context.frame ?? { places: [] }), ...own, places: context.frame?.places ?? [] };
	const rest = next ? clause.post : context.all.slice(context.all.indexOf(clause.verb) + 1);
	if (has(rest, 'read')) return readsNow(context, target, rest);
	if (next && !has(clause.post, 'toBe'))
		return { drafts: [], ...(target.places.length > 0 || target.document ? { frame: target } : {}) };
	if (has(rest, 'toBe')) return { drafts: [toBe(context, target, rest)] };
	if (has(rest.slice(0, 2), 'from') && has(rest, 'to')) return { drafts: readChange(context) };
	if (has(rest, 'provide', 'such')) {
		const draft: Draft = {
			kind: 'supplement',
			target,
			notes: [],
			reason: 'It says what the clause is to achieve, not its words.',
		};
		return target.places.length > 0 ? { drafts: [draft], frame: target } : NONE;
	}
	if (has(rest, 'follows', 'by') || endsWithColon(context)) return { drafts: [], frame: target };
	return NONE;
}

/** `is amended to read "…"`, `all references to "X" are amended to read "Y"`, `… to read in its entirety as follows:`. */
function readsNow(context: Context, target: Target, rest: readonly Item[]): Outcome {
	const at = rest.findIndex((item) => item.type === 'phrase' && item.name === 'read');
	const fresh = quotesOf(rest.slice(at))[0];
	const old = quotesOf(context.subject)[0] ?? quotesOf(rest.slice(0, at)).at(-1);
	if (has(context.subject, 'everywhere') && old && fresh) return { drafts: [rename(old, fresh, target)] };
	if (old && fresh)
		return {
			drafts: [{ kind: 'replace_words', target: withFrame(target, context.frame), old, new: fresh, notes: [] }],
		};
	// `the "Categories of data" are amended to read: …`: what stands behind that label, or else these words.
	const labelled = old && !fresh && endsWithColon(context) ? withFrame(target, context.frame) : undefined;
	if (old && labelled && labelled.places.length > 0) {
		const places = labelled.places.map((place) => ({
			...place,
			steps: [...place.steps, { by: 'heading' as const, text: old.text }],
		}));
		return { drafts: [{ kind: 'restate_clause', target: { ...labelled, places }, old, takes: 'new', notes: [] }] };
	}
	const draft: Draft = {
		kind: kindFor('restate', target),
		target,
		notes: [],
		...(fresh ? { new: fresh } : { takes: 'new' as const }),
	};
	return { drafts: [withUnread(draft, context)], frame: target };
}

function rename(old: Words, fresh: Words, target: Target): Draft {
	return { kind: 'rename_term', target: { ...target, everywhere: true }, old, new: fresh, notes: [] };
}

/** `the Territory listed in Section 2 is amended to be the United States`: a value, not the clause's words. */
function toBe(context: Context, target: Target, rest: readonly Item[]): Draft {
	const at = rest.findIndex((item) => item.type === 'phrase' && item.name === 'toBe');
	const quoted = quotesOf(rest.slice(at))[0];
	const value = quoted ?? wordsBetween(context.text, rest.slice(at + 1));
	const named = unreadWords(context.subject).join(' ');
	// `Section 2, TERRITORY, is amended to be …`: the thing that the clause is headed by.
	const places =
		named === ''
			? target.places.map((place) =>
					place.title === undefined
						? place
						: { ...place, steps: [...place.steps, { by: 'value' as const, name: place.title }] },
				)
			: target.places.map((place) => ({ ...place, steps: [...place.steps, { by: 'value' as const, name: named }] }));
	const instead = rest.findIndex((item) => item.type === 'phrase' && item.name === 'insteadOf');
	const old = instead < 0 ? undefined : quotesOf(rest.slice(instead))[0];
	return {
		kind: 'change_value',
		target: { ...target, places },
		notes: [],
		...(old ? { old } : {}),
		...(value ? { new: value } : {}),
	};
}
