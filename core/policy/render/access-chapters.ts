import type { CompiledPolicy } from '../compile';
import { code, names } from './blocks';
import type { Block, Inline, Text } from './blocks';
import { conditionText, contractSentence, ruleSentence } from './sentences';

const NONE: Text = ['none'];
const owner = (name: string | undefined): Text => (name === undefined ? ['nobody'] : [name]);

/** A heading with its content; nothing where there is none. */
export function chapter(title: string, anchor: string, blocks: readonly Block[]): Block[] {
	return blocks.length === 0 ? [] : [{ kind: 'heading', level: 2, text: [title], anchor }, ...blocks];
}

export function table(head: readonly string[], rows: readonly (readonly Text[])[]): Block[] {
	return rows.length === 0 ? [] : [{ kind: 'table', head, rows }];
}

export function list(items: readonly Text[]): Block[] {
	return items.length === 0 ? [] : [{ kind: 'list', items }];
}

const ENFORCEMENT = {
	record: 'reported only',
	approve: 'after its owner approved each change',
	enforce: 'carried out',
} as const;

function applications({ policy }: CompiledPolicy): Block[] {
	const rows = Object.entries(policy.applications).map(([name, application]): Text[] => [
		[code(name)],
		[application.connector],
		owner(application.owner),
		[ENFORCEMENT[application.enforcement ?? 'enforce']],
	]);
	return table(['Application', 'Reached by', 'Owner', 'Changes are'], rows);
}

function entitlements({ policy }: CompiledPolicy): Block[] {
	const rows = Object.entries(policy.entitlements).map(([name, declaration]): Text[] => {
		const { account, group, role, privileged, maxDuration, requestable } = declaration;
		const what: Inline[] =
			account === true ? ['account'] : group !== undefined ? ['group ', code(group)] : ['role ', code(role ?? '')];
		const notes: Inline[][] = [];
		if (privileged === true) notes.push(['privileged']);
		if (maxDuration !== undefined) notes.push([`at most ${maxDuration}`]);
		if (requestable !== undefined) {
			const by = conditionText(requestable.by);
			notes.push(by.length === 0 ? ['everybody may ask for it'] : ['may be asked for where ', ...by]);
		}
		const joined = notes.flatMap((note, index): Inline[] => (index === 0 ? note : ['; ', ...note]));
		return [[code(name)], what, owner(declaration.owner ?? policy.applications[declaration.app]?.owner), joined];
	});
	return table(['Entitlement', 'Is', 'Owner', 'Notes'], rows);
}

function roles(compiled: CompiledPolicy): Block[] {
	const rows = Object.entries(compiled.policy.roles ?? {}).map(([name, role]): Text[] => {
		const all = compiled.roles.get(name);
		const included = role.includes ?? [];
		return [
			[code(name)],
			all === undefined || all.entitlements.length === 0 ? NONE : names(all.entitlements),
			included.length === 0 ? NONE : names(included),
			all === undefined || all.exclude.length === 0 ? NONE : names(all.exclude),
			owner(role.owner),
		];
	});
	return table(['Role', 'Gives, in all', 'Includes', 'Never has', 'Owner'], rows);
}

function attributes({ policy }: CompiledPolicy): Block[] {
	const rows = Object.entries(policy.attributes ?? {}).map(([name, { type, from, values, owner: who }]): Text[] => [
		[code(name)],
		[type ?? 'text'],
		from === undefined ? ['any source'] : [from.join(', then ')],
		values === undefined ? ['any'] : [values.map(String).join(', ')],
		owner(who),
	]);
	return table(['Attribute', 'Type', 'Told by', 'Values', 'Owner'], rows);
}

function terms({ policy }: CompiledPolicy): Block[] {
	const rows = Object.entries(policy.terms ?? {}).map(([name, { type, clause, definition, schedule }]): Text[] => {
		const places = { clause, definition, schedule };
		const where = Object.entries(places).flatMap(([kind, place]) =>
			place === undefined ? [] : [`${kind} "${place}"`],
		);
		return [[code(`terms.${name}`)], [type], [where.join(', ')]];
	});
	return table(['Term', 'Type', 'Read from'], rows);
}

/** What can be given, to whom it is given, and what that is decided by. */
export function accessChapters(compiled: CompiledPolicy): Block[] {
	const { rules, contracts, groups } = compiled.policy;
	return [
		...chapter('Applications', 'applications', applications(compiled)),
		...chapter('Entitlements', 'entitlements', entitlements(compiled)),
		...chapter('Roles', 'roles', roles(compiled)),
		...chapter('Rules', 'rules', list((rules ?? []).map(ruleSentence))),
		...chapter('Access by contract', 'contracts', [
			...list((contracts ?? []).map(contractSentence)),
			...terms(compiled),
		]),
		...chapter('What is known of people', 'attributes', attributes(compiled)),
		...chapter(
			'Groups',
			'groups',
			table(
				['Group', 'Members'],
				Object.entries(groups ?? {}).map(([name, members]): Text[] => [[code(name)], [members.join(', ') || 'none']]),
			),
		),
	];
}
