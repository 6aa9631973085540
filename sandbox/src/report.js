'use strict';
// Says what happened, for a person: aligned columns, bold headings on a terminal, plain text elsewhere.

const { duration } = require('./progress.js');

/**
 * @typedef {import('./scim-server.js').Holdings} Holdings
 *
 * @typedef {object} Outcome what became of one contract event
 * @property {{ id: string, title?: string, event: string }} contract
 * @property {Array<{ op: string, where: string, detail: string }>} changes
 * @property {Array<{ name: string, before: string, after: string, effect: string }>} terms
 * @property {Array<{ application: string, what: string, subject: string, state: string, reason: string }>} actions
 * @property {Array<{ name: string, before: Holdings, after: Holdings }>} applications
 * @property {Array<{ subject: string, what: string, links: Array<{ approver: string, url: string }> }>} approvals
 * @property {{ intact: boolean, records: number, head: string, problem?: string }} audit
 * @property {number} eventToAccessMs
 */

const NARROWEST_LAST_COLUMN = 40;

/**
 * Rows with columns as wide as their longest cell; the last column is folded at the terminal's width.
 *
 * @param {string[][]} rows
 * @param {number} [width] of a line
 * @returns {string[]} lines, indented by two
 */
function table(rows, width = process.stdout.columns ?? 140) {
	const columns = Math.max(0, ...rows.map((row) => row.length));
	const widths = Array.from({ length: columns }, (_, column) =>
		Math.max(0, ...rows.map((row) => length(row[column] ?? ''))),
	);
	return rows.flatMap((row) => {
		const head = row.slice(0, -1).map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - length(cell)));
		const prefix = ['', ...head].join('  ') + '  ';
		const folded = fold(row.at(-1) ?? '', Math.max(NARROWEST_LAST_COLUMN, width - length(prefix)));
		return folded.map((part, index) => (index === 0 ? prefix : ' '.repeat(length(prefix))) + part);
	});
}

/** Code points, so that accents and dashes do not shift columns. */
function length(text) {
	return [...text].length;
}

function fold(text, width) {
	const lines = [''];
	for (const word of text.split(' ')) {
		const line = lines.at(-1) ?? '';
		if (line !== '' && length(line) + 1 + length(word) > width) lines.push(word);
		else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
	}
	return lines;
}

/** @param {string} text @param {boolean} colour */
function heading(text, colour) {
	return colour ? `\u001b[1m${text}\u001b[0m` : text;
}

/** @param {string} title @param {string[]} lines @param {boolean} colour */
function section(title, lines, colour) {
	return ['', heading(title, colour), ...(lines.length > 0 ? lines : ['  (nothing)'])];
}

/**
 * The whole report as lines.
 *
 * @param {Outcome} outcome
 * @param {{ colour?: boolean, width?: number }} [options]
 * @returns {string[]}
 */
function reportLines(outcome, { colour = process.stdout.isTTY === true, width } = {}) {
	const { contract, changes, terms, actions, applications, approvals, audit } = outcome;
	const print = (rows) => table(rows, width);
	return [
		'',
		heading(`Contract ${contract.id}${contract.title ? `, ${contract.title}` : ''}: ${contract.event}`, colour),
		...section(
			'What changed in the contract',
			print(changes.map(({ op, where, detail }) => [op, where, detail])),
			colour,
		),
		...section(
			'Terms that access follows from',
			print(terms.map(({ name, before, after, effect }) => [name, `${before} → ${after}`, effect])),
			colour,
		),
		...section(
			'What followed from it',
			print(
				actions.map(({ application, what, subject, state, reason }) => [application, what, subject, state, reason]),
			),
			colour,
		),
		...section(
			'What each application holds now, read back over SCIM',
			print(applications.flatMap(holdingRows)),
			colour,
		),
		...section('Waiting for approval', print(approvals.flatMap(approvalRows)), colour),
		...section('Audit log', print([auditRow(audit)]), colour),
		...section('From event to access', [`  ${duration(outcome.eventToAccessMs)}`], colour),
		'',
	];
}

/** One row per account set and group: how many, and who came and went. */
function holdingRows({ name, before, after }) {
	const active = (holdings) =>
		Object.entries(holdings.accounts)
			.filter(([, account]) => account.active)
			.map(([email]) => email);
	const rows = [row(name, 'active accounts', active(before), active(after))];
	for (const group of Object.keys(after.groups)) {
		rows.push(row('', `group ${group}`, before.groups[group] ?? [], after.groups[group] ?? []));
	}
	return rows;
}

function row(application, what, before, after) {
	const came = after.filter((email) => !before.includes(email)).map((email) => `+ ${email}`);
	const went = before.filter((email) => !after.includes(email)).map((email) => `− ${email}`);
	const difference = [...came, ...went].join(', ') || 'unchanged';
	return [application, what, `${before.length} → ${after.length}`, difference];
}

function approvalRows({ subject, what, links }) {
	if (links.length === 0) return [[subject, what, '(no link was found)']];
	return links.map(({ approver, url }) => [subject, what, `${approver}: ${url}`]);
}

function auditRow({ intact, records, head, problem }) {
	if (!intact) return ['BROKEN', problem ?? 'the chain does not verify'];
	return ['intact', `${records} records, head ${head.slice(0, 16)}…`];
}

module.exports = { reportLines, table };
