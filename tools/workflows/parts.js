'use strict';
// What several example workflows have in common, drawn in one way: what stands in the way, the gate, the applications.

const steps = require('./steps.js');

const { APPLY, apply, placeholder, route } = steps;

/** What an evaluation could not give, by who can do something about it. Four rows. */
function blocked(canvas, [column, row]) {
	const cases = {
		'Who Is It': "['held', 'conflict'].includes($json.type)",
		'Stopped by a Guard': "$json.type === 'halted'",
		'Held Too Long': "$json.type === 'exposure'",
	};
	const why = route(canvas, 'What Stands in the Way', [column, row], cases, 'Blocked');
	const out = [
		placeholder(
			canvas,
			'Ask HR Who It Is',
			[column + 1, row],
			'Replace with a message to HR: {{ $json.reason }} {{ $json.remedy }} Their answer goes into Access Ledger: Resolve.',
		),
		placeholder(
			canvas,
			'Ask Whether to Go On',
			[column + 1, row + 1],
			'A guard stopped more revocations than the policy allows at once. Access Ledger: Resolve goes on with them or cancels them.',
		),
		placeholder(
			canvas,
			'Held Too Long: Look',
			[column + 1, row + 2],
			'Access that should have ended earlier: {{ $json.entitlement }} from {{ $json.from }} until {{ $json.until }}. Moments are the work itself; after hours or days somebody should look at what was done.',
		),
		placeholder(
			canvas,
			'Blocked: Ask the Owner',
			[column + 1, row + 3],
			'Add a message to whoever owns the policy. Each item says what is blocked, why, and how to mend it.',
		),
	];
	for (const [output, name] of out.entries()) canvas.wire(why, output, name);
	return { entry: why, names: [why, ...out] };
}

/**
 * Asks, waits, and lets only what was approved go on to `targets`. One row. It belongs below everything else that an
 * evaluation leads to: n8n works from top to bottom, and what stands below a waiting node waits with it.
 */
function gate(canvas, [column, row], targets) {
	const request = { operation: 'requestApproval', options: {} };
	const ask = canvas.node('Request Approval', [column, row], ['approvalGate', 1], request, { webhook: true });
	const note = 'Replace with an e-mail or chat node: send {{ $json.message }} to {{ $json.approver }}.';
	const send = placeholder(canvas, 'Send Links', [column + 1, row], note);
	const waiting = { operation: 'waitForDecision' };
	const wait = canvas.node('Wait for Decision', [column + 2, row], ['approvalGate', 1], waiting, { webhook: true });
	const not = placeholder(
		canvas,
		'Not Approved',
		[column + 3, row],
		'Nothing is granted on this branch. Add a message to whoever should know.',
	);
	canvas.wire(ask, 0, send);
	canvas.wire(send, 0, wait);
	canvas.wire(wait, 0, not);
	canvas.wire(wait, 1, ...targets);
	return { entry: ask, names: [ask, send, wait, not] };
}

/** One node an application, failures on a path of their own, and the log verified at the end. Three rows. */
function applications(canvas, [column, row], { scope = 'items', verified } = {}) {
	const slack = apply(canvas, APPLY[0], [column, row + 1], 'slack', scope);
	const github = apply(canvas, APPLY[1], [column, row + 2], 'github', scope);
	const failure = canvas.node('Record Failure', [column + 1, row], ['auditLog', 1], {
		operation: 'append',
		type: 'provisioning.failed',
		data: "={{ JSON.stringify({ operation: $json.operation ?? 'unknown', application: $json.application ?? '', code: $json.error?.code ?? '' }) }}",
		personal: "={{ JSON.stringify({ message: $json.error?.message ?? '' }) }}",
	});
	const alert = placeholder(
		canvas,
		'Alert Operations',
		[column + 2, row],
		'Replace with a message to the owner of the application. Failed actions stay open: running again tries them again.',
	);
	const verify = verifyLog(canvas, [column + 1, row + 1]);
	for (const each of [slack, github]) {
		canvas.wire(each, 0, failure);
		canvas.wire(each, 1, ...(verified ?? [verify]));
	}
	canvas.wire(failure, 0, alert);
	return { targets: [slack, github], names: [slack, github, failure, alert, verify] };
}

/**
 * The first half of a sample: what `contract` emits is read, evaluated and given, one application after the other.
 * Four columns. Output 1 of `last` emits what was given there, when everything is given.
 */
function contractGivesAccess(canvas, contract, [column, row]) {
	const read = steps.compare(canvas, 'Sample: Read', [column, row]);
	const give = steps.evaluate(canvas, 'Sample: Evaluate', [column + 1, row]);
	const slack = apply(canvas, 'Sample: Slack', [column + 2, row], 'slack');
	const github = apply(canvas, 'Sample: GitHub', [column + 3, row], 'github');
	canvas.wire(contract, 0, read);
	canvas.wire(read, 0, give);
	canvas.wire(give, 1, slack);
	for (const each of [slack, github]) canvas.wire(each, 0, 'Record Failure');
	canvas.wire(slack, 2, github);
	return { last: github, names: [read, give, slack, github] };
}

function verifyLog(canvas, place) {
	const parameters = { operation: 'verify', failWhenBroken: true, options: {} };
	return canvas.node('Verify Audit Log', place, ['auditLog', 1], parameters);
}

module.exports = { ...steps, applications, blocked, contractGivesAccess, gate };
