'use strict';
// What changed in a contract, as rows for a person: from the change set that the Contract Diff node gives.

const { nodeOutput } = require('./n8n-api.js');

const LONGEST_TEXT = 160;
const LONGEST_PLACE = 60;
/** Unchanged words kept on each side of a change. */
const CONTEXT = 28;

/** @typedef {{ op: string, where: string, detail: string }} ChangeRow */

/**
 * Changes and changed terms in the order of the contract. Clauses that only got another number share one row.
 *
 * @param {{ nodes: Array<{ name: string, type: string }> }} workflow
 * @param {{ data: any }} execution
 */
function contractChanges(workflow, execution) {
	const diff = workflow.nodes.find((node) => node.type.endsWith('.contractDiff'));
	const items = diff === undefined ? [] : nodeOutput(execution, diff.name);
	const changes = items.flatMap(({ changeSet, change }) => changeSet?.changes ?? (change ? [change] : []));
	const terms = items.flatMap(({ changeSet, term }) => changeSet?.terms ?? (term ? [term] : []));
	const onlyRenumbered = changes.filter(({ op }) => op.length === 1 && op[0] === 'renumbered');
	return {
		changes: [
			...changes.filter((change) => !onlyRenumbered.includes(change)).map(changeRow),
			...renumberedRow(onlyRenumbered),
		],
		terms: terms
			.filter((term) => term.changed)
			.map(({ name, before, after, effect }) => ({ name, before: termText(before), after: termText(after), effect })),
	};
}

/** @returns {ChangeRow[]} one row, or none */
function renumberedRow(changes) {
	const tops = changes.filter(({ clause }) => !/\./.test(clause?.numberAfter ?? '.'));
	const [first, last] = [tops[0] ?? changes[0], tops.at(-1) ?? changes.at(-1)];
	if (first === undefined || last === undefined) return [];
	const named = ({ clause }) =>
		[`${clause?.numberBefore ?? '(none)'} → ${clause?.numberAfter ?? '(none)'}`, clause?.heading]
			.filter(Boolean)
			.join(' ');
	const where = changes.length === 1 ? 'one clause' : `${changes.length} clauses`;
	return [{ op: 'renumbered', where, detail: first === last ? named(first) : `${named(first)} … ${named(last)}` }];
}

/** @returns {ChangeRow} */
function changeRow({ op, kind, clause, row, field, text }) {
	const where = row
		? `${row.table}: ${row.key}`
		: [clause?.numberAfter ?? clause?.numberBefore, clause?.heading].filter(Boolean).join(' ');
	return {
		op: op.join(', '),
		where: shortened(where || kind, LONGEST_PLACE),
		detail: detailOf({ clause, row, field, text }),
	};
}

function detailOf({ clause, row, field, text }) {
	if (field) return `${field.path.at(-1)}: ${field.from ?? '(none)'} → ${field.to ?? '(none)'}`;
	if (row) return rowDetail(row);
	if (text?.after !== undefined && text.before === undefined) return withoutHeading(text.after, clause);
	if (text?.before !== undefined && text.after === undefined) return withoutHeading(text.before, clause);
	if (text?.inline) return inlineText(text.inline);
	if (clause?.numberBefore !== clause?.numberAfter) return `was ${clause?.numberBefore ?? '(unnumbered)'}`;
	return '';
}

/** The changed cells; of a row that came or went all of them but its key, which the column beside names. */
function rowDetail({ key, before, after }) {
	if (before && after) {
		const changed = Object.keys(after).filter((column) => before[column] !== after[column]);
		return changed.map((column) => `${column}: ${before[column] ?? ''} → ${after[column]}`).join(', ');
	}
	return Object.values(after ?? before ?? {})
		.filter((cell) => cell !== key)
		.join(', ');
}

/** The column beside it names the heading already. */
function withoutHeading(text, clause) {
	const heading = clause?.heading ?? '';
	return shortened(heading !== '' && text.startsWith(heading) ? text.slice(heading.length) : text);
}

/** Removed words in [− −], added ones in [+ +], long unchanged stretches shortened. */
function inlineText(parts) {
	let line = '';
	for (const [index, { op, t }] of parts.entries()) {
		if (op === '=') line += stretch(t, { first: index === 0, last: index === parts.length - 1 });
		else line += `${line.endsWith(']') ? ' ' : ''}${marked(t, op === '-' ? '−' : '+')}`;
	}
	return oneLine(line);
}

/** The mark goes round the words, not round the spaces beside them. */
function marked(text, sign) {
	const words = text.trim();
	if (words === '') return text;
	const start = text.indexOf(words);
	return `${text.slice(0, start)}[${sign}${words}${sign}]${text.slice(start + words.length)}`;
}

function stretch(text, { first, last }) {
	const characters = [...text];
	if (characters.length <= 2 * CONTEXT + 3) return text;
	const head = characters.slice(0, CONTEXT).join('').replace(/\S*$/, '');
	const tail = characters.slice(-CONTEXT).join('').replace(/^\S*/, '');
	return `${first ? '' : head}…${last ? '' : tail}`;
}

function oneLine(text) {
	return text.replace(/\s+/g, ' ').trim();
}

/** One line, cut before a word where it is too long. */
function shortened(text, longest = LONGEST_TEXT) {
	const characters = [...oneLine(text)];
	if (characters.length <= longest) return characters.join('');
	const cut = characters.slice(0, longest - 1).join('');
	return `${cut.slice(0, cut.lastIndexOf(' ') + 1).trimEnd() || cut} …`;
}

function termText(term) {
	const value = term?.value;
	if (value === undefined) return term?.problem ?? '(none)';
	return value.type === 'table' ? `${value.rows.length} rows` : String(value.value);
}

module.exports = { contractChanges };
