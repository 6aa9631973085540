import type { AttributeValue } from '../../model';
import { indexKey } from '../condition';
import { domainOf, withinDeclaration } from '../lint/domain';
import type { PolicyDocument } from '../schema';

/** An attribute's value as one text; of a list its parts, joined. */
export function keyOfValue(value: AttributeValue | undefined): string | undefined {
	if (value === undefined) return undefined;
	return typeof value === 'object' ? [...value].sort().join(' + ') : indexKey(value);
}

/** Values of an attribute that are declared, named by a rule or had by somebody. */
export function dimensionValues(policy: PolicyDocument, name: string, seen?: ReadonlySet<string>): string[] {
	const attributes = policy.attributes ?? {};
	const declaration = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
	const values = new Set<string>([...(declaration?.values ?? []).map(indexKey), ...(seen ?? [])]);
	if (declaration?.type === 'boolean') for (const each of ['false', 'true']) values.add(each);
	for (const { when, status } of policy.rules ?? []) {
		if (status === 'proposed') continue;
		for (const key of [name, `person.${name}`]) {
			const entry = when === undefined || !Object.hasOwn(when, key) ? undefined : when[key];
			if (entry === undefined) continue;
			const domain = withinDeclaration(domainOf(entry, declaration?.type === 'list'), declaration);
			for (const value of [...(domain.anyOf ?? []), ...domain.exclude]) values.add(value);
		}
	}
	return [...values].sort();
}
