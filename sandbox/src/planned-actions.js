'use strict';
// The ledger's actions as rows for a person: what follows now one by one, what is only scheduled in one row an application
// and instant.

const IN_WORDS = {
	create_account: 'give account',
	update_account: 'update account',
	disable_account: 'disable account',
	add_to_group: 'add to',
	remove_from_group: 'remove from',
	assign_role: 'assign role',
	remove_role: 'remove role',
};
const TAKES = new Set(['disable_account', 'remove_from_group', 'remove_role']);

/**
 * @typedef {{ application: string, what: string, subject: string, state: string, reason: string }} ActionRow
 * @typedef {{ application: string, what: string, actions: number }} ScheduledRow `actions`: how many it sums up
 */

/**
 * True for what will be done at a later time by itself. What waits for somebody's approval is not: it is asked about now.
 *
 * @param {any} action as the ledger holds it
 * @param {string} now ISO instant
 */
function isScheduled({ content, executionState, approvalState }, now) {
	return executionState === 'planned' && approvalState !== 'pending' && content.dueAt > now;
}

/** @param {any} action @returns {ActionRow} */
function actionRow(action) {
	const { content, subject, executionState, approvalState, note } = action;
	const waiting = approvalState === 'pending' && executionState === 'planned';
	return {
		application: content.application,
		what: [IN_WORDS[content.operation] ?? content.operation, content.target].filter(Boolean).join(' '),
		subject,
		state: waiting ? 'waits for approval' : executionState,
		reason: note ? `${shortReason(action)}: ${note}` : shortReason(action),
	};
}

/** The first source; the ledger and the approval page have them all, with the words of the contract. */
function shortReason({ content, sources }) {
	const [first, ...more] = sources;
	if (first === undefined) return '';
	const rule = `rule ${first.ref.slice(first.ref.lastIndexOf('/') + 1)}`;
	const others = more.length === 0 ? '' : `, +${more.length} more`;
	if (TAKES.has(content.operation)) return `no longer earned by ${rule}${others}`;
	return `${first.quote?.clause ?? first.kind}: ${rule}${others}`;
}

/**
 * @param {any[]} actions scheduled ones
 * @param {string} zone IANA zone in which the policy's days end
 * @returns {ScheduledRow[]} in order of time
 */
function scheduledRows(actions, zone) {
	const groups = new Map();
	for (const action of [...actions].sort(byTime)) {
		const key = `${action.content.dueAt} ${action.content.application}`;
		groups.set(key, [...(groups.get(key) ?? []), action]);
	}
	return [...groups.values()].map((group) => {
		const [{ content }] = group;
		const people = new Set(group.map((action) => action.content.identityId)).size;
		return {
			application: content.application,
			what: `access of ${counted(people, 'person', 'people')} ${verb(group)} on ${localTime(content.dueAt, zone)}`,
			actions: group.length,
		};
	});
}

function byTime({ content: a }, { content: b }) {
	if (a.dueAt !== b.dueAt) return a.dueAt < b.dueAt ? -1 : 1;
	return a.application < b.application ? -1 : a.application > b.application ? 1 : 0;
}

function verb(group) {
	const taking = group.filter(({ content }) => TAKES.has(content.operation)).length;
	if (taking === 0) return 'begins';
	return taking === group.length ? 'ends' : 'changes';
}

function counted(count, one, many) {
	return `${count} ${count === 1 ? one : many}`;
}

/** @returns {string} e.g. `2031-01-01 00:00 Europe/Berlin` */
function localTime(instant, zone) {
	const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
	return `${format.format(new Date(instant))} ${zone}`;
}

module.exports = { actionRow, counted, isScheduled, localTime, scheduledRows };
