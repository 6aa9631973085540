'use strict';
const { workforcePolicy } = require('../../sandbox/src/demo-people.js');
const { Canvas } = require('./canvas.js');
const { manualTasks, reportOfTask } = require('./manual-tasks.js');
const part = require('./parts.js');

/** Whatever a date brings: the one workflow that has to run all the time. */
function heartbeat() {
	const canvas = new Canvas({ id: 'cpHeartbeat01', name: 'Heartbeat' });
	const schedule = canvas.node('Every 5 Minutes', [0, 0], ['base.scheduleTrigger', 1.2], {
		rule: { interval: [{ field: 'minutes', minutesInterval: 5 }] },
	});
	const manual = part.manual(canvas, [0, 1]);
	const policyName = part.nameOf(workforcePolicy());
	const settings = part.fields(canvas, part.SETTINGS, [1, 0], { policyName }, { keep: true });
	const due = part.ledger(canvas, 'What Is Due', [2, 0], 'getDue', { kinds: [], limit: 500, options: {} });
	const what = part.route(
		canvas,
		'What Kind',
		[3, 0],
		{
			'Evaluate Again': "['event', 'review'].includes($json.type)",
			'Carry Out': "$json.type === 'action'",
			Verify: "$json.type === 'verify'",
			'Nobody Decided': "$json.type === 'approvalExpired'",
			Remind: "['approvalReminder', 'approvalEscalation'].includes($json.type)",
		},
		'Emergency to Review',
	);
	// Lowest of all: n8n finishes the upper branches before it begins to wait for approvals in a lower one.
	const evaluate = part.evaluate(canvas, part.EVALUATE, [5, 9], {
		policySource: 'ledger',
		policyName: part.POLICY_NAME,
	});
	const blocked = part.blocked(canvas, [7, 7]);
	const apply = part.applications(canvas, [12, -1], { scope: 'due' });
	const tasks = manualTasks(canvas, [12, 3], { scope: 'due' });
	const targets = [...apply.targets, tasks.entry];
	const gate = part.gate(canvas, [7, 12], targets);
	const tell = messages(canvas, [5, 5]);
	const done = reportOfTask(canvas, [0, 5], { path: 'task-done' });
	canvas.wire(schedule, 0, settings);
	canvas.wire(manual, 0, settings);
	canvas.wire(settings, 0, due);
	canvas.wire(due, 0, what);
	canvas.wire(what, 0, evaluate);
	canvas.wire(what, 1, ...targets);
	for (const [index, name] of tell.entries()) canvas.wire(what, 2 + index, name);
	canvas.wire(evaluate, 0, blocked.entry);
	canvas.wire(evaluate, 1, ...targets);
	canvas.wire(evaluate, 2, gate.entry);
	notes(canvas, { takeIn: [schedule, manual, settings, due, what], evaluate, blocked, gate, apply, tasks, tell, done });
	return canvas;
}

function messages(canvas, [column, row]) {
	const texts = {
		'Look in the Application': 'Applied, and nobody has read it back in time: replace with a message to the application’s owner.',
		'Ask Again or Let It Be': 'Nobody decided in time, so nothing was given. Replace with a message to who asked for it. Told once.',
		'Send Reminder': 'Replace with a message to {{ $json.to ?? $json.waitingFor }}: {{ $json.subject }} waits for a decision. Told once.',
		'Ask the Reviewers':
			'Emergency access has ended. Replace with a message to {{ $json.reviewers }}; their answer goes into Access Ledger: Resolve.',
	};
	return Object.entries(texts).map(([name, note], index) =>
		part.placeholder(canvas, name, [column + index, row], note),
	);
}

function notes(canvas, { takeIn, evaluate, blocked, gate, apply, tasks, tell, done }) {
	canvas.overview(
		[
			'**How it works**',
			'Work on a date is a row in the ledger, never a timer: it survives restarts, and can be looked at. Every five minutes this workflow asks what is due and has it done.',
			'- An **event** whose run was cut off, or somebody about whom a date has come: evaluated again. Nobody else is.',
			'- An **action** that is due: written by SCIM, or handed to people as a task. What failed comes again, later each time.',
			'- Applied and **not verified** in time, an approval that **nobody decided**, a **reminder** or escalation that the policy wants, **emergency access** that has ended: a message.',
			'',
			'It can only do what the ledger allows: due, approved where the policy asks for it, and unchanged since. When nothing is due, nothing is written. Two heartbeats never get the same task.',
			'',
			'**Set up (five minutes)**',
			'1. Put the name of your policy into **Settings**. The version in force decides; it is in force once it was published, or evaluated.',
			'2. Keep one **Apply to …** node per application, with its SCIM credential, and one **Claim … Tasks** for each where people do the work.',
			'3. Give **Task Done (Form)** a *Basic Auth* credential.',
			'4. Replace the messages by nodes of your own.',
			'5. Publish. Without it nothing begins or ends on its day.',
		].join('\n'),
		{ width: 1290 },
	);
	canvas.section('1 · What is due', 'Each task is leased: it comes again only if it stays undone.', takeIn);
	canvas.section('2 · Decide again', 'By the policy in force.', [evaluate]);
	canvas.section('3 · What stands in the way', 'Somebody has to know.', blocked.names);
	canvas.section('4 · Approve', 'One link per approver. Not answered in time means no.', gate.names);
	canvas.section('5 · Apply, read back, verify', 'All that is due in the application, also from earlier runs.', apply.names);
	canvas.section('6 · Tasks for people', 'Applications with the connector `manual` or `n8n`.', tasks.names);
	canvas.section('7 · Messages', 'What only a person can do.', tell);
	canvas.section('A task is done', 'The lease shows that it was theirs to do.', done.names);
}

module.exports = { draw: heartbeat };
