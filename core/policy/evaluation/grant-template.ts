import type { AttributeValue } from '../../model';
import type { CompiledPolicy, GrantItem } from '../compile';
import { fillTemplate } from '../template';

/** The entitlement that a template names, or why it names none. */
export function fillGrant(
	compiled: CompiledPolicy,
	{ template, pattern }: GrantItem & { kind: 'template' },
	lookup: (placeholder: string) => AttributeValue | undefined,
): { name: string } | { reason: string } {
	const absent: string[] = [];
	const name = fillTemplate(template, (placeholder) => {
		const value = lookup(placeholder);
		// A name is made of one value.
		if (value !== undefined && typeof value !== 'object') return String(value);
		absent.push(placeholder);
		return undefined;
	});
	if (name === undefined) {
		return { reason: `"${template.source}" needs ${absent[0] ?? 'a value'}, which is not known.` };
	}
	if (compiled.entitlements.resolve(name) !== undefined) return { name };
	return { reason: `"${template.source}" becomes a name that "${pattern}" does not allow.` };
}
