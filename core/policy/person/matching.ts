import type { AttributeValue } from '../../model';
import type { CompiledPolicy } from '../compile';
import { evaluatorOf } from '../evaluator';
import type { Birthright } from '../evaluator';
import { ruleGrantsOf } from './rule-grants';
import type { RuleGrants } from './rule-grants';

/** People for whom the same rules hold mostly get the same object from the evaluator, and so from here. */
const remembered = new WeakMap<Birthright, readonly RuleGrants[]>();

/** The rules that hold for one set of attributes, in the order of the document, whatever their status. */
export function matchingRules(
	compiled: CompiledPolicy,
	attributes: Readonly<Record<string, AttributeValue>>,
): readonly RuleGrants[] {
	const birthright = evaluatorOf(compiled).birthright(attributes);
	const known = remembered.get(birthright);
	if (known !== undefined) return known;
	const grants = ruleGrantsOf(compiled);
	const matching = birthright.rules.flatMap(({ id }) => grants.get(id) ?? []);
	remembered.set(birthright, matching);
	return matching;
}
