'use strict';
// Says what happened, for a person: aligned columns, bold headings on a terminal, plain text elsewhere.

const { counted } = require('./planned-actions.js');
const { duration } = require('./progress.js');
const { table } = require('./table.js');

/**
 * @typedef {import('./scim-server.js').Holdings} Holdings
 *
 * @typedef {object} Outcome what became of one contract event
 * @property {{ id: string, title?: string, event: string }} contract
 * @property {Array<{ op: string, where: string, detail: string }>} changes
 * @property {Array<{ name: string, before: string, after: string, effect: string }>} terms
 * @property {import('./planned-actions.js').ActionRow[]} actions what follows now
 * @property {import('./planned-actions.js').ScheduledRow[]} scheduled what will be done later
 * @property {Array<{ name: string, before: Holdings, after: Holdings }>} applications
 * @property {Array<{ subject: string, what: string, decideBy: string, links: Array<{ approver: string, url: string }> }>} approvals
 * @property {{ intact: boolean, records: number, head: string, problem?: string }} audit
 * @property {number} eventToAccessMs
 */

const PREFERRED_WIDTH = 120;
/** Names in one cell; more are counted. */
const MOST_NAMES = 5;

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
function reportLines(outcome, options = {}) {
	const { colour = process.stdout.isTTY === true, width = process.stdout.columns ?? PREFERRED_WIDTH } = options;
	const { contract, changes, terms, applications, approvals, audit, eventToAccessMs } = outcome;
	const print = (title, rows) => section(title, table(rows, width), colour);
	return [
		'',
		heading(`Contract ${contract.id}${contract.title ? `, ${contract.title}` : ''}: ${contract.event}`, colour),
		...print(
			'What changed in the contract',
			changes.map(({ op, where, detail }) => [op, where, detail]),
		),
		...print(
			'Terms that access follows from',
			terms.map(({ name, before, after, effect }) => [name, `${before} → ${after}`, effect]),
		),
		...print('What followed from it', actionRows(outcome.actions)),
		...(outcome.scheduled.length === 0 ? [] : print('Scheduled', scheduledCells(outcome.scheduled))),
		...print('What each application holds now, read back over SCIM', applications.flatMap(holdingRows)),
		...section(
			'Waiting for approval',
			approvals.flatMap((approval) => approvalLines(approval, width)),
			colour,
		),
		...print('Audit log', [auditRow(audit)]),
		...section('From the signed event to the last access read back', [`  ${duration(eventToAccessMs)}`], colour),
		'',
	];
}

/** Person by person, in the order in which the first thing happens to each. */
function actionRows(actions) {
	const people = [...new Set(actions.map(({ subject }) => subject))];
	return people.flatMap((person) =>
		actions
			.filter(({ subject }) => subject === person)
			.map(({ application, what, state, reason }, index) => [
				index === 0 ? person : '',
				application,
				what,
				state,
				reason,
			]),
	);
}

function scheduledCells(scheduled) {
	return scheduled.map(({ application, what, actions }) => [
		application,
		`${what} (${counted(actions, 'scheduled action', 'scheduled actions')})`,
	]);
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
	const came = after.filter((email) => !before.includes(email));
	const went = before.filter((email) => !after.includes(email));
	const difference = [...names('+', came), ...names('−', went)].join('\n') || 'unchanged';
	return [application, what, `${before.length} → ${after.length}`, difference];
}

function names(sign, emails) {
	const shown = emails
		.slice(0, emails.length > MOST_NAMES ? MOST_NAMES - 1 : MOST_NAMES)
		.map((email) => `${sign} ${email}`);
	return shown.length === emails.length ? shown : [...shown, `${sign} ${emails.length - shown.length} more`];
}

/** A link stands on a line of its own and is never folded: it has to survive being clicked or copied. */
function approvalLines({ subject, what, decideBy, links }, width) {
	const question = (rest) => table([[`${subject}: ${what}${rest}`]], width);
	if (links.length === 0) return question(' (no link was found)');
	return links.flatMap(({ approver, url }) => [...question(`, asked of ${approver}, by ${decideBy}`), `  ${url}`]);
}

function auditRow({ intact, records, head, problem }) {
	if (!intact) return ['BROKEN', problem ?? 'the chain does not verify'];
	return ['intact', `${records} records, head ${head.slice(0, 16)}…`];
}

module.exports = { reportLines };
