'use strict';
// The main job: a contract is amended, and minutes of work in two applications are done before the signer puts the pen away.

const { build } = require('../../tools/command.js');
const { amendedEvent, signedEvent } = require('./demo.js');
const { startEnvironment } = require('./environment.js');
const { executionError } = require('./n8n-api.js');
const { ensureN8n } = require('./n8n-install.js');
const { collectOutcome, holdingsOf, shortcomings } = require('./outcome.js');
const { step, writeLine } = require('./progress.js');
const { reportLines } = require('./report.js');

/**
 * @param {{ once: boolean }} options `once`: end after the job instead of staying up
 * @returns {Promise<number>} exit code
 */
async function runMainJob({ once }) {
	const interrupted = interruption();
	const prepared = await Promise.race([prepare(), interrupted]);
	// Builds and installations have nothing to put away: what still runs of them is ended with this process.
	if (prepared === 'interrupted') process.exit(130);
	const starting = startEnvironment({ name: 'start' });
	const environment = await Promise.race([starting, interrupted]);
	if (environment === 'interrupted') {
		const stopHalfway = () => starting.then(({ stop }) => stop()).catch(() => undefined);
		await step('Stopping', stopHalfway);
		return 130;
	}
	let outcome;
	try {
		outcome = await Promise.race([amendContract(environment), interrupted]);
		if (outcome === 'interrupted') return 130;
		if (!once) {
			printWhereToLookAround(environment);
			await interrupted;
			return 0;
		}
	} finally {
		await step('Stopping', () => environment.stop());
	}
	writeLine(JSON.stringify(summary(outcome)));
	return shortcomings(outcome).length === 0 ? 0 : 1;
}

async function prepare() {
	await build();
	writeLine(`n8n ${await ensureN8n()}`);
}

// One Ctrl-C arrives more than once: from the terminal, and again from the launchers above us.
const SAME_SIGNAL_MS = 1_500;

/** Resolves with `interrupted` on the first Ctrl-C; another one later ends at once. @returns {Promise<'interrupted'>} */
function interruption() {
	return new Promise((resolve) => {
		let first = 0;
		const onSignal = () => {
			if (first === 0) first = Date.now();
			else if (Date.now() - first > SAME_SIGNAL_MS) process.exit(130);
			resolve('interrupted');
		};
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
	});
}

/** Signs the agreement, amends it, waits, reports. @returns {Promise<import('./report.js').Outcome>} */
async function amendContract(environment) {
	await step('The agreement is signed', () => deliver(environment, signedEvent(), 1));
	const before = await holdingsOf(environment.applications);
	const sentAt = Date.now();
	const execution = await step('Its first amendment is signed', () => deliver(environment, amendedEvent(), 2));
	const outcome = await collectOutcome(environment, { execution, event: amendedEvent(), before, sentAt });
	for (const line of reportLines(outcome)) writeLine(line);
	for (const sentence of shortcomings(outcome)) process.stderr.write(`NOT AS EXPECTED: ${sentence}\n`);
	return outcome;
}

/** Sends an event and waits until the execution it started has ended or waits for a decision. */
async function deliver({ sendEvent, session, workflow }, event, count) {
	const answer = await sendEvent(event);
	if (answer.status !== 202) throw new Error(`The event was answered with ${answer.status}: ${answer.body}`);
	const settled = await session.settledExecutions(workflow.id, { count });
	const execution = await session.execution(settled.at(-1).id);
	const error = executionError(execution);
	if (error) throw new Error(`The workflow failed on ${event.id}. ${error}`);
	return execution;
}

/** The last line of `--once`, for machines. */
function summary(outcome) {
	return {
		event_to_access_ms: Math.round(outcome.eventToAccessMs),
		actions: outcome.actions.length,
		scheduled: outcome.scheduled.reduce((sum, { actions }) => sum + actions, 0),
		verified: outcome.actions.filter(({ state }) => state === 'verified').length,
		pending_approvals: outcome.approvals.length,
		audit: outcome.audit.intact ? 'intact' : 'broken',
	};
}

function printWhereToLookAround({ n8n, owner, workflow, webhookUrl }) {
	writeLine(`The workflow    ${n8n.url}/workflow/${workflow.id}`);
	writeLine(`Sign in as      ${owner.email}`);
	writeLine(`Password        ${owner.password}`);
	writeLine(`Events go to    ${webhookUrl}`);
	writeLine(`n8n's log       ${n8n.logFile}`);
	writeLine('');
	writeLine('Ctrl-C stops everything.');
}

module.exports = { runMainJob };
