'use strict';
// What became of an event: from the execution what n8n shows, from the ledger what counts, from the applications what is.

const { randomBytes } = require('node:crypto');
const path = require('node:path');
const { contractChanges } = require('./contract-changes.js');
const { nodeOutput } = require('./n8n-api.js');
const { ROOT } = require('./paths.js');
const { actionRow, isScheduled, localTime, scheduledRows } = require('./planned-actions.js');

/** @typedef {import('./environment.js').Environment} Environment @typedef {import('./report.js').Outcome} Outcome */

const AUDIT_PAGE = 1000;

/**
 * Everything there is to say about one event.
 *
 * @param {Environment} environment
 * @param {{ execution: any, event: any, before: Record<string, import('./scim-server.js').Holdings>, sentAt: number }} run
 *   `sentAt` in milliseconds since the epoch
 * @returns {Promise<Outcome>}
 */
async function collectOutcome(environment, { execution, event, before, sentAt }) {
	const after = await holdingsOf(environment.applications);
	const fromLedger = await withLedger(environment, async (ledger) => {
		const planIds = await ledger.plansOfExecution(execution.id);
		const actions = await ledger.readActions({ planIds });
		const zone = await zoneOf(ledger, actions);
		const now = new Date().toISOString();
		const later = actions.filter((action) => isScheduled(action, now));
		const bundle = await ledger.bundleOfExecution(execution.id);
		return {
			actions: actions.filter((action) => !later.includes(action)).map(actionRow),
			scheduled: scheduledRows(later, zone),
			approvals: pendingApprovals(bundle, actions, { links: approvalLinks(execution), zone }),
			audit: auditVerdict(await ledger.verifyLog()),
			eventToAccessMs: (await lastVerified(ledger, sentAt)) - sentAt,
		};
	});
	return {
		contract: { id: event.contract.id, title: event.contract.title, event: event.amendment?.title ?? event.type },
		...contractChanges(environment.workflow, execution),
		applications: Object.keys(after).map((name) => ({ name, before: before[name], after: after[name] })),
		...fromLedger,
	};
}

function auditVerdict({ ok, records, head, problems }) {
	if (ok) return { intact: true, records, head };
	return {
		intact: false,
		records,
		head,
		problem: problems.map(({ seq, what }) => `record ${seq}: ${what}`).join('; '),
	};
}

/** The zone in which the days of the policy end that these actions follow from. */
async function zoneOf(ledger, actions) {
	const { parsePolicy } = require(path.join(ROOT, 'dist', 'core', 'policy'));
	const hash = actions[0]?.content.policyHash;
	const version = hash === undefined ? undefined : await ledger.readPolicy({ hash });
	return version === undefined ? 'UTC' : parsePolicy(version.source).policy.zone;
}

/** @param {Environment} environment @returns {string} the embedded ledger of its n8n */
function ledgerFile({ n8n }) {
	return path.join(n8n.userFolder, '.n8n', 'contract-provisioning', 'ledger.sqlite');
}

/**
 * @param {Record<string, import('./scim-server.js').ScimApplication>} applications
 * @returns {Promise<Record<string, import('./scim-server.js').Holdings>>} by application
 */
async function holdingsOf(applications) {
	const entries = Object.entries(applications).map(async ([name, application]) => [name, await application.holdings()]);
	return Object.fromEntries(await Promise.all(entries));
}

function pendingApprovals(bundle, actions, { links, zone }) {
	const pending = (bundle?.requests ?? []).filter((request) => request.state === 'pending');
	return pending.map((request) => {
		const asked = Object.values(request.approvers).flat();
		const covered = actions.filter(({ id }) => request.actions.some(({ actionId }) => actionId === id));
		return {
			subject: request.subject,
			what: covered
				.map(({ content }) => `${content.target ?? content.entitlement} in ${content.application}`)
				.join(', '),
			decideBy: localTime(request.expiresAt, zone),
			links: links.filter(({ approver }) => approver === undefined || asked.includes(approver)),
		};
	});
}

/**
 * The approval links in an execution's items: they exist nowhere else, the ledger keeps only their hashes.
 *
 * @param {any} execution
 * @returns {Array<{ approver: string, url: string }>}
 */
function approvalLinks(execution) {
	const found = new Map();
	for (const name of Object.keys(execution.data?.resultData?.runData ?? {})) {
		for (const item of nodeOutput(execution, name)) {
			for (const value of Object.values(item)) {
				if (typeof value !== 'string' || !URL.canParse(value)) continue;
				if (new URL(value).searchParams.has('approval')) found.set(value, { approver: item.approver, url: value });
			}
		}
	}
	return [...found.values()];
}

/** When the last access was there and read back, in the ledger's own time. */
async function lastVerified(ledger, notBefore) {
	const verified = (await recordsOf(ledger)).filter(({ type }) => type === 'action.verified');
	return verified.reduce((last, { recordedAt }) => Math.max(last, Date.parse(recordedAt)), notBefore);
}

async function recordsOf(ledger) {
	const leaves = [];
	for (let after = 0; ;) {
		const records = await ledger.readLog({ after, limit: AUDIT_PAGE });
		for (const { seq, leaf } of records) {
			leaves.push(JSON.parse(leaf));
			after = seq;
		}
		if (records.length < AUDIT_PAGE) return leaves;
	}
}

/**
 * The audit log of an environment's ledger.
 *
 * @param {Environment} environment
 * @returns {Promise<{ ok: boolean, records: Array<{ type: string, recordedAt: string, data?: any }> }>}
 */
async function auditLogOf(environment) {
	return withLedger(environment, async (ledger) => ({
		ok: (await ledger.verifyLog()).ok,
		records: await recordsOf(ledger),
	}));
}

async function withLedger(environment, work) {
	const { Ledger } = require(path.join(ROOT, 'dist', 'core', 'store'));
	const ledger = await Ledger.open({ file: ledgerFile(environment), clock: Date.now, random: randomBytes });
	try {
		return await work(ledger);
	} finally {
		await ledger.close();
	}
}

/**
 * What is not as the demo's amendment should have it, one sentence each.
 *
 * @param {Outcome} outcome
 * @returns {string[]}
 */
function shortcomings({ actions, approvals, audit, changes, eventToAccessMs }) {
	const open = actions.filter(({ state }) => !['verified', 'waits for approval'].includes(state));
	return [
		...open.map(({ application, what, subject, state }) => `${what} for ${subject} in ${application} is "${state}".`),
		...(actions.some(({ state }) => state === 'verified') ? [] : ['No access was changed.']),
		...(changes.length > 0 ? [] : ['No change of the contract was found.']),
		...(approvals.length === 1 ? [] : [`One approval should be waiting, there are ${approvals.length}.`]),
		...(approvals.every(({ links }) => links.length > 0) ? [] : ['An approval is waiting and nobody has its link.']),
		...(audit.intact ? [] : ['The audit log does not verify.']),
		...(eventToAccessMs > 0 ? [] : ['No time from event to access could be taken.']),
	];
}

module.exports = { approvalLinks, auditLogOf, collectOutcome, holdingsOf, ledgerFile, shortcomings };
