import type { Identity } from '../model';
import type { CompiledPolicy } from './compile';
import type { PolicyDocument } from './schema';
import { fillTemplate, parseTemplate } from './template';

type Mapped = string | number | boolean | Mapped[] | { [name: string]: Mapped };

const MAX_DEPTH = 20;

/** Stands for the id of the manager's account in the same application. */
const MANAGER_ACCOUNT = 'manager.account';

/** Applications whose accounts name the account of the manager. */
export function applicationsWithManagers({ applications }: PolicyDocument): string[] {
	const named = Object.entries(applications).filter(([, { attributes }]) =>
		JSON.stringify(attributes ?? {}).includes(`{${MANAGER_ACCOUNT}}`),
	);
	return named.map(([name]) => name).sort();
}

/** Attributes of an identity as templates see them. */
function lookupIn(identity: Identity, managerAccount: string | undefined): (name: string) => string | undefined {
	return (name) => {
		if (name === MANAGER_ACCOUNT) return managerAccount;
		if (!Object.hasOwn(identity.attributes, name)) {
			return name === 'email' ? identity.keys.email : undefined;
		}
		const value = identity.attributes[name];
		return value === undefined ? undefined : String(value);
	};
}

function fillWhatIsThere(source: string, lookup: (name: string) => string | undefined): string | undefined {
	const template = parseTemplate(source);
	if (template.placeholders.length < 2) return fillTemplate(template, lookup);
	// "{firstName} {lastName}" of somebody with one name is that name; with nothing known there is nothing to write.
	if (template.problem !== undefined || template.placeholders.every((name) => lookup(name) === undefined))
		return undefined;
	const text = template.parts.map((part) => (part.kind === 'text' ? part.text : (lookup(part.name) ?? ''))).join('');
	return text.replace(/ {2,}/g, ' ').trim();
}

function render(value: unknown, lookup: (name: string) => string | undefined, depth: number): Mapped | undefined {
	if (depth > MAX_DEPTH) return undefined;
	if (typeof value === 'string') {
		const text = fillWhatIsThere(value, lookup);
		return text === '' ? undefined : text;
	}
	if (typeof value === 'number' || typeof value === 'boolean') return value;
	if (Array.isArray(value)) {
		const items = value.flatMap((item) => render(item, lookup, depth + 1) ?? []);
		return items.length === 0 ? undefined : items;
	}
	if (typeof value !== 'object' || value === null) return undefined;
	return renderMembers(value, lookup, depth);
}

/** An entry such as `{ value: "{email}", type: work }` says nothing once its templates are empty: it is left out whole. */
function renderMembers(value: object, lookup: (name: string) => string | undefined, depth: number): Mapped | undefined {
	const members: Array<[string, Mapped]> = [];
	let templated = false;
	let filled = false;
	for (const [name, member] of Object.entries(value)) {
		if (name === '__proto__') continue;
		const rendered = render(member, lookup, depth + 1);
		const dynamic = typeof member === 'object' || (typeof member === 'string' && member.includes('{'));
		templated ||= dynamic;
		filled ||= dynamic && rendered !== undefined;
		if (rendered !== undefined) members.push([name, rendered]);
	}
	return members.length === 0 || (templated && !filled) ? undefined : Object.fromEntries(members);
}

/**
 * Maps an identity to an account's attributes in an application, as the policy says. Attributes without a value are
 * left out, never sent empty. Values are inserted as they are; nothing in a value is read as a template.
 *
 * @param managerAccount id of the manager's account in this application, for `{manager.account}`
 */
export function renderAttributes(
	compiled: CompiledPolicy,
	application: string,
	identity: Identity,
	managerAccount?: string,
): Record<string, unknown> {
	const { applications } = compiled.policy;
	const mapping = Object.hasOwn(applications, application) ? applications[application]?.attributes : undefined;
	if (mapping === undefined) return {};
	const lookup = lookupIn(identity, managerAccount);
	const rendered = Object.entries(mapping)
		.filter(([name]) => name !== '__proto__')
		.map(([name, value]) => [name, render(value, lookup, 0)] as const)
		.filter(([, value]) => value !== undefined);
	return Object.fromEntries(rendered);
}
