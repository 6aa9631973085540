import type { PathSegment } from '../finding';
import type { When } from '../schema';
import { domainOf, withinDeclaration } from './domain';
import type { LintReport } from './report';
import { personAttribute } from './rules-together';

/** What follows where a condition can never hold. */
const NEVER = 'so it never holds: mend or remove it';

/** Conditions that nobody can meet: by what they say, or by what the attribute can be. */
export function lintWhen(report: LintReport, when: When | undefined, path: readonly PathSegment[]): void {
	const attributes = report.policy.attributes ?? {};
	for (const [key, value] of Object.entries(when ?? {})) {
		const name = personAttribute(key);
		const declaration = name !== undefined && Object.hasOwn(attributes, name) ? attributes[name] : undefined;
		const written = domainOf(value, declaration?.type === 'list');
		if (written.never !== undefined) {
			report.warn('CONTRADICTION', [...path, key], `the condition contradicts itself: ${written.never}`, NEVER, 'key');
			continue;
		}
		const { never } = withinDeclaration(written, declaration);
		if (never !== undefined) {
			report.warn('UNREACHABLE', [...path, key], `the condition cannot be met: ${never}`, NEVER, 'key');
		} else if (declaration !== undefined)
			lintValues(report, name ?? key, written.anyOf ?? [], declaration, [...path, key]);
	}
}

/** Some of the listed values can be met and some cannot: a slip of the pen, usually. */
function lintValues(
	report: LintReport,
	name: string,
	values: readonly string[],
	declaration: NonNullable<LintReport['policy']['attributes']>[string],
	path: readonly PathSegment[],
): void {
	const aliases = new Map(Object.entries(declaration.aliases ?? {}));
	const list = declaration.type === 'list';
	for (const value of values) {
		const meant = aliases.get(value);
		if (meant !== undefined && String(meant) !== value) {
			const message = `"${value}" is an alias of "${meant}", and aliases are replaced before rules are asked`;
			report.warn('UNREACHABLE', path, message, `write "${meant}"`, 'key');
			continue;
		}
		const alone = withinDeclaration(domainOf(value, list), declaration);
		if (alone.never === undefined) continue;
		report.warn('UNREACHABLE', path, `"${value}" of ${name} cannot occur: ${alone.never}`, 'mend or remove it', 'key');
	}
}
