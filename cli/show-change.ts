import {
	countsInWords,
	instructionOf,
	isCarriedOut,
	nameOf,
	numbersInWords,
	OPS,
	opsInWords,
	renewalInWords,
	termInWords,
} from '../core/contract';
import type { ContractChange, ContractChangeSet, InlinePart, Term } from '../core/model';
import { columns, wrapped } from './columns';
import type { Terminal } from './terminal';

/** Unchanged words kept on each side of a change; more of them say nothing new. */
const CONTEXT = 60;

/** A change set for people: what needs them, terms, then every change with its marks `[-removed-]{+inserted+}`. */
export function showChangeSet(whole: ContractChangeSet, terminal: Terminal): string {
	// What an amendment orders and was not done is told with its instructions, not as a change of the text.
	const known = new Set(whole.changes.map(({ id }) => id));
	const changeSet = {
		...whole,
		changes: whole.changes.filter(isCarriedOut),
		unresolved: whole.unresolved.filter((id) => !known.has(id)),
	};
	return [
		overview(changeSet, terminal),
		attention(changeSet, terminal),
		termLines(changeSet, terminal),
		...showChanges(changeSet.changes, terminal),
	]
		.filter((part) => part !== '')
		.join('\n');
}

/** Changes one by one; runs of clauses that only got another number stand together. */
function showChanges(changes: readonly ContractChange[], terminal: Terminal): string[] {
	const blocks: string[] = [];
	let run = '';
	for (const change of changes) {
		const shown = showChange(change, terminal);
		if (change.op.length > 0 && change.op.every((op) => op === 'renumbered') && !change.needsHuman) run += shown;
		else {
			blocks.push(run, shown);
			run = '';
		}
	}
	return [...blocks, run];
}

function overview({ contract, changes, terms, stats }: ContractChangeSet, terminal: Terminal): string {
	const parts = countsInWords(changes, stats);
	const changed = terms.filter((term) => term.changed).length;
	if (changed > 0) parts.push(`${changed} of ${terms.length} terms`);
	const total = changes.length === 1 ? '1 change' : `${changes.length} changes`;
	const counts = changes.length === 0 ? 'Nothing changed that has a meaning.' : `${total}: ${parts.join(', ')}`;
	return `${terminal.style('bold', contract.title === '' ? contract.id : contract.title)}\n${counts}\n`;
}

function attention({ changes, warnings, unresolved }: ContractChangeSet, terminal: Terminal): string {
	const lines = [
		...changes.flatMap((change) =>
			change.needsHuman && !instructionOf(change) ? [`${title(change)}: ${change.needsHuman.reason}`] : [],
		),
		...changes.flatMap((change) =>
			(change.needsHuman ? [] : (change.refs?.broken ?? [])).map(
				(broken) => `${title(change)}: the reference to ${broken} leads nowhere now`,
			),
		),
		...unresolved,
		...warnings,
	];
	return lines.map((line) => wrapped(`${terminal.style('yellow', '!')} ${line}`, '')).join('');
}

function termLines({ terms }: ContractChangeSet, terminal: Terminal): string {
	const value = (term: Term | undefined, other: Term | undefined): string =>
		term?.problem === undefined
			? `${termInWords(term)}${termInWords(term) === termInWords(other) ? renewalOf(term) : ''}`
			: `? ${term.problem}`;
	const rows = terms
		.filter((term) => term.changed)
		.map(({ name, before, after, effect }) => [name, `${value(before, after)} → ${value(after, before)}`, effect]);
	return rows.length === 0 ? '' : `${terminal.style('bold', 'Terms')}\n${columns(rows, '  ')}`;
}

/** Of days that are the same, how the contract goes on after them is what changed. */
function renewalOf(term: Term | undefined): string {
	const value = term?.value;
	return value?.type === 'date' && value.renewal ? ` (${renewalInWords(value.renewal)})` : '';
}

function title(change: ContractChange): string {
	const numbers = change.row ? '' : numbersInWords(change);
	return [numbers, nameOf(change)].filter((part) => part !== '').join(' ');
}

/** One change: a line that says what happened to what, and its words where they changed. */
export function showChange(change: ContractChange, terminal: Terminal): string {
	const signs = change.op.map((op) => OPS[op].sign).join('');
	const ops = opsInWords(change);
	const head = `${signs.padEnd(2)} ${terminal.style('bold', title(change) === '' ? `(${change.kind})` : title(change))}  ${terminal.style('dim', ops)}`;
	return [`${head}\n`, ...details(change, terminal).map((line) => wrapped(line, '   '))].join('');
}

function details(change: ContractChange, terminal: Terminal): string[] {
	const lines: string[] = [];
	const { text, field, row, scope, author, refs, termsReached } = change;
	if (row) lines.push(...rowLines(change, terminal));
	else if (text?.inline) lines.push(inlineInWords(text.inline, terminal));
	else if (field) lines.push(`${field.path.join(' › ')}: ${field.from ?? '–'} → ${field.to ?? '–'}`);
	if (refs && refs.retargeted.length > 0)
		lines.push(`references follow: ${refs.retargeted.map(({ from, to }) => `${from} → ${to}`).join('; ')}`);
	if (termsReached && termsReached.length > 0) lines.push(`reaches: ${termsReached.join('; ')}`);
	if (scope !== undefined) lines.push(`applies only: ${scope}`);
	if (author !== undefined) lines.push(`by ${author}`);
	return lines;
}

function rowLines({ row, field }: ContractChange, terminal: Terminal): string[] {
	if (field)
		return [
			`${field.path.at(-1) ?? ''}: ${marked('-', field.from ?? '', terminal)}${marked('+', field.to ?? '', terminal)}`,
		];
	const [before, after] = [new Map(Object.entries(row?.before ?? {})), new Map(Object.entries(row?.after ?? {}))];
	if (before.size === 0) return [marked('+', [...after.values()].join(' | '), terminal)];
	if (after.size === 0) return [marked('-', [...before.values()].join(' | '), terminal)];
	const names = [...new Set([...after.keys(), ...before.keys()])];
	return names.flatMap((name) => {
		const [from, to] = [before.get(name) ?? '', after.get(name) ?? ''];
		return from === to ? [] : [`${name}: ${marked('-', from, terminal)}${marked('+', to, terminal)}`];
	});
}

function marked(op: '-' | '+', text: string, terminal: Terminal): string {
	if (text === '') return '';
	return op === '-' ? terminal.style('red', `[-${text}-]`) : terminal.style('green', `{+${text}+}`);
}

/** The wording with its marks; long stretches without change are shortened. */
export function inlineInWords(parts: readonly InlinePart[], terminal: Terminal): string {
	return parts
		.map(({ op, t }, index) => {
			if (op !== '=') return marked(op, t, terminal);
			const [first, last] = [index === 0, index === parts.length - 1];
			if (t.length <= CONTEXT * 2) return t;
			const head = first ? '' : t.slice(0, Math.max(t.lastIndexOf(' ', CONTEXT), 0));
			const tailFrom = t.indexOf(' ', t.length - CONTEXT);
			const tail = last || tailFrom < 0 ? '' : t.slice(tailFrom + 1);
			return `${head} … ${tail}`;
		})
		.join('');
}
