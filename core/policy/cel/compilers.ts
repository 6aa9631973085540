import { BUILT_IN_ATTRIBUTES } from '../built-in-attributes';
import type { AttributeType } from '../compile';
import type { PolicyDocument } from '../schema';
import { CelCompiler } from './expression';

const PERSON_NAME = /\bperson\s*\.\s*([A-Za-z_][A-Za-z0-9_]{0,99})/g;
/** More undeclared names than this are a mistake; the rest are errors. */
const MAX_UNDECLARED = 200;

/** Every name that follows `person.` in an expression; one inside a text does no harm. */
function undeclaredNames(policy: PolicyDocument, declared: ReadonlyMap<string, AttributeType>): Set<string> {
	const names = new Set<string>();
	for (const rule of [...(policy.rules ?? []), ...(policy.contracts ?? [])]) {
		for (const [, name = ''] of (rule.if ?? '').matchAll(PERSON_NAME)) {
			if (!declared.has(name) && names.size < MAX_UNDECLARED) names.add(name);
		}
	}
	return names;
}

/** Compilers for the two places of a policy where expressions may stand. */
export function celCompilers(policy: PolicyDocument): { rules: CelCompiler; contracts: CelCompiler } {
	const attributes = new Map<string, AttributeType>(BUILT_IN_ATTRIBUTES.map((name) => [name, 'text']));
	for (const [name, { type }] of Object.entries(policy.attributes ?? {})) attributes.set(name, type ?? 'text');
	const undeclared = undeclaredNames(policy, attributes);
	return {
		rules: new CelCompiler({ attributes, undeclared, contract: false }),
		contracts: new CelCompiler({ attributes, undeclared, contract: true }),
	};
}
