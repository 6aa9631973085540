import { DomainError, type AttributeValue } from '../model';
import { compileWhen, firstUnmet, type CompiledPolicy, type Entitlement, type PolicyDocument } from '../policy';
import { nearestName } from '../spelling';

export type Attributes = Readonly<Record<string, AttributeValue>>;

type When = NonNullable<NonNullable<PolicyDocument['rules']>[number]['when']>;

/** The condition of a policy that a person does not meet, in words; undefined where all hold. */
export function unmet(by: When | undefined, person: Attributes): string | undefined {
	const first = firstUnmet(compileWhen(by), (subject, name) =>
		subject === 'person' && Object.hasOwn(person, name) ? person[name] : undefined,
	);
	return first?.condition.text;
}

/**
 * What a policy declares under a name, with the declaration as written.
 *
 * @throws DomainError INPUT_INVALID where it declares nothing
 */
export function declared(
	compiled: CompiledPolicy,
	name: string,
): { entitlement: Entitlement; declaration: PolicyDocument['entitlements'][string] } {
	const entitlement = compiled.entitlements.resolve(name);
	const declaration = entitlement && compiled.policy.entitlements[entitlement.declaredAs];
	if (entitlement && declaration) return { entitlement, declaration };
	const near = nearestName(name, compiled.entitlements.names());
	throw new DomainError(
		'INPUT_INVALID',
		`Parameter "Entitlements": policy "${compiled.policy.policy}" declares no "${name.slice(0, 200)}".`,
		near === undefined ? 'Take a name from the policy.' : `Did you mean "${near}"?`,
	);
}
