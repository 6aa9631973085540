import { isWider, ruleFacts } from '../lint/rules-together';
import type { RuleFacts } from '../lint/rules-together';
import type { PolicyDocument } from '../schema';

export type RuleEffect =
	/** A new rule, or one that starts to give. */
	| 'added'
	/** Gone, or it gives nothing any more. */
	| 'removed'
	/** Holds for more people, or gives more. */
	| 'widened'
	/** Holds for fewer people, or gives less. */
	| 'narrowed'
	/** Some get more and some get less, or it cannot be told. */
	| 'changed'
	/** Nobody new gets what it gives; whoever holds it keeps it. */
	| 'deprecated';

export interface AccessEffect {
	section: 'rules' | 'contracts';
	rule: string;
	effect: RuleEffect;
	/** Entitlements that it gives now and did not before, roles unfolded. */
	gives: string[];
	/** Entitlements that it gave before and does not now. */
	takes: string[];
	says: string;
}

const without = (some: readonly string[], others: readonly string[]) => some.filter((each) => !others.includes(each));

type Width = 'same' | 'wider' | 'narrower' | 'other';

function widthOf(before: RuleFacts, after: RuleFacts): Width {
	if (before.cel !== after.cel && before.cel !== undefined && after.cel !== undefined) return 'other';
	const [wider, narrower] = [isWider(after, before), isWider(before, after)];
	if (wider && narrower) return 'same';
	return wider ? 'wider' : narrower ? 'narrower' : 'other';
}

function effectOf(before: RuleFacts, after: RuleFacts): RuleEffect | undefined {
	const width = widthOf(before, after);
	const more = without(after.gives, before.gives).length > 0 || without(before.forbids, after.forbids).length > 0;
	const less = without(before.gives, after.gives).length > 0 || without(after.forbids, before.forbids).length > 0;
	const grows = more || width === 'wider';
	const shrinks = less || width === 'narrower';
	if (width === 'other' || (grows && shrinks)) return 'changed';
	return grows ? 'widened' : shrinks ? 'narrowed' : undefined;
}

const gives = (rule: RuleFacts | undefined) => rule !== undefined && rule.status !== 'proposed';

function compareRule(before: RuleFacts | undefined, after: RuleFacts | undefined): AccessEffect | undefined {
	const known = after ?? before;
	if (known === undefined || (!gives(before) && !gives(after))) return undefined;
	const was = gives(before) ? before : undefined;
	const is = gives(after) ? after : undefined;
	const tell = (effect: RuleEffect): AccessEffect => {
		const change = {
			section: known.section,
			rule: known.id,
			effect,
			gives: without(is?.gives ?? [], was?.gives ?? []),
			takes: without(was?.gives ?? [], is?.gives ?? []),
		};
		return { ...change, says: sayEffect(change) };
	};
	if (was === undefined) return tell('added');
	if (is === undefined) return tell('removed');
	if (was.status === 'active' && is.status === 'deprecated') return tell('deprecated');
	const effect = effectOf(was, is);
	if (was.status === 'deprecated' && is.status === 'active') return tell(effect === 'narrowed' ? 'changed' : 'widened');
	return effect === undefined ? undefined : tell(effect);
}

const SAYS: Readonly<Record<RuleEffect, string>> = {
	added: 'begins to give access',
	removed: 'gives nothing any more',
	widened: 'gives more, or to more people',
	narrowed: 'gives less, or to fewer people',
	changed: 'gives other access, or to other people',
	deprecated: 'gives nobody anything new; whoever holds it keeps it',
};

function sayEffect({ section, rule, effect, gives: more, takes }: Omit<AccessEffect, 'says'>): string {
	const noun = section === 'rules' ? 'rule' : 'contract rule';
	const parts = [`${noun} "${rule}" ${SAYS[effect]}`];
	if (more.length > 0) parts.push(`more: ${more.join(', ')}`);
	if (takes.length > 0) parts.push(`less: ${takes.join(', ')}`);
	return parts.join('; ');
}

/**
 * What a new version does to access, rule by rule: which rules begin, end, widen or narrow, with roles unfolded, so that
 * a change of a role shows at every rule that gives it. What it does to people, simulation tells.
 */
export function effectOnAccess(before: PolicyDocument, after: PolicyDocument): AccessEffect[] {
	const keyed = (policy: PolicyDocument) =>
		new Map(ruleFacts(policy).map((rule) => [`${rule.section}\n${rule.id}`, rule]));
	const [old, now] = [keyed(before), keyed(after)];
	const keys = [...new Set([...old.keys(), ...now.keys()])].sort();
	return keys.flatMap((key) => compareRule(old.get(key), now.get(key)) ?? []);
}
