'use strict';
const { leavers, peopleWhoWillLeave, workforcePolicy } = require('../../sandbox/src/demo-people.js');
const { Canvas } = require('./canvas.js');
const { APPLICATION, manualTasks, reportOfTask } = require('./manual-tasks.js');
const part = require('./parts.js');

/** Somebody leaves: shut out at once, everywhere, and looked at again a quarter of an hour later. */
function leaverWithVerification() {
	const canvas = new Canvas({ id: 'cpLeaver00001', name: 'Leaver with verification' });
	const policy = workforcePolicy();
	const trigger = part.hrisTrigger(canvas, [0, 0], { path: 'hr-leavers', policy });
	const manual = part.manual(canvas, [0, 1]);
	const settings = part.settings(canvas, [1, 0], { policy });
	const cases = { 'Try It Out': '$json.eventId === undefined', Unclear: "$json.status === 'held'" };
	const what = part.route(canvas, part.WHAT_CAME_IN, [2, 0], cases, 'Event');
	const evaluate = part.evaluate(canvas, part.EVALUATE, [4, 0]);
	const blocked = part.blocked(canvas, [6, -5]);
	const apply = part.applications(canvas, [11, -1]);
	const tasks = manualTasks(canvas, [11, 3], { scope: 'items' });
	const gate = part.gate(canvas, [6, 8], [...apply.targets, tasks.entry]);
	const scheduled = part.placeholder(
		canvas,
		'Leaves Later',
		[6, 2],
		'Nothing to do: the workflow “Heartbeat” carries these out on the day. Add a message to the manager if you like.',
	);
	// Below all that writes: n8n finishes the upper branches before it begins to wait in a lower one.
	const check = verification(canvas, [11, 5]);
	const done = reportOfTask(canvas, [0, 7], { path: 'leaver-task-done' });
	const scene = sampleScene(canvas, [2, 10], evaluate);
	canvas.wire(trigger, 0, settings);
	canvas.wire(manual, 0, settings);
	canvas.wire(settings, 0, what);
	canvas.wire(what, 0, scene.entry);
	canvas.wire(what, 1, 'Ask HR Who It Is');
	canvas.wire(what, 2, evaluate);
	canvas.wire(evaluate, 0, blocked.entry);
	canvas.wire(evaluate, 1, ...apply.targets, tasks.entry, check.entry);
	canvas.wire(evaluate, 2, gate.entry);
	canvas.wire(evaluate, 3, scheduled);
	const takeIn = [trigger, manual, settings, what];
	notes(canvas, { takeIn, evaluate, blocked, gate, apply, tasks, check, done, scene, scheduled });
	return canvas;
}

function verification(canvas, [column, row]) {
	const once = part.only(
		canvas,
		'Each Person Once',
		[column, row],
		'$input.all().findIndex(({ json }) => json.identityId === $json.identityId) === $itemIndex',
	);
	const wait = canvas.node(
		'Wait 15 Minutes',
		[column + 1, row],
		['base.wait', 1.1],
		{ amount: 15, unit: 'minutes' },
		{ webhook: true },
	);
	const look = part.ledger(canvas, 'Who Has What Now', [column + 2, row], 'getIdentity', {
		lookUpBy: 'identityId',
		person: '={{ $json.identityId }}',
		options: {},
	});
	const gone = part.route(
		canvas,
		'Is Everything Gone',
		[column + 3, row],
		{ Gone: '$json.holdings.every((holding) => !holding.current) && $json.openActions.length === 0' },
		'Still There',
	);
	const confirm = part.placeholder(
		canvas,
		'Confirm to HR',
		[column + 4, row],
		'Replace with a message to HR and the manager: every access has ended and was read back.',
	);
	const alert = part.placeholder(
		canvas,
		'Still There: Alert',
		[column + 4, row + 1],
		'Replace with an alarm. {{ $json.openActions }} says what is not done yet, {{ $json.verdict }} which account still lets somebody in.',
	);
	const unverified = part.ledger(
		canvas,
		'What Nobody Has Verified',
		[column + 2, row + 1],
		'getDue',
		{ kinds: ['verify'], limit: 200, options: {} },
		{ once: true },
	);
	const byHand = part.placeholder(
		canvas,
		'Look in the Application',
		[column + 3, row + 1],
		'Applied, and nobody has read it back in time: replace with a message to the application’s owner.',
	);
	const accounts = ['slack', 'github'].map((application, index) =>
		canvas.node(`Verify ${application === 'slack' ? 'Slack' : 'GitHub'}`, [column + 2, row + 2 + index], ['scim', 1], {
			authentication: 'bearerToken',
			operation: 'verify',
			application,
			accountsOf: 'items',
		}),
	);
	canvas.wire(once, 0, wait);
	canvas.wire(wait, 0, look, unverified, ...accounts);
	// Somebody may have switched an account on again in the application itself: the ledger would not know.
	for (const account of accounts) canvas.wire(account, 0, alert);
	canvas.wire(look, 0, gone);
	canvas.wire(gone, 0, confirm);
	canvas.wire(gone, 1, alert);
	canvas.wire(unverified, 0, byHand);
	return { entry: once, names: [once, wait, look, gone, confirm, alert, unverified, byHand, ...accounts] };
}

/** Gives the people of the sample what they will lose, so that a new ledger has something to show. */
function sampleScene(canvas, [column, row], evaluate) {
	const hired = part.samples(canvas, 'Sample: Hired', [column, row], peopleWhoWillLeave());
	const give = part.evaluate(canvas, 'Sample: Evaluate', [column + 2, row]);
	const slack = part.apply(canvas, 'Sample: Slack', [column + 3, row], 'slack');
	const github = part.apply(canvas, 'Sample: GitHub', [column + 4, row], 'github');
	const claim = part.ledger(canvas, 'Sample: Claim ERP', [column + 5, row], 'claim', {
		application: APPLICATION,
		scope: 'items',
		options: {},
	});
	const done = part.ledger(canvas, 'Sample: ERP Done', [column + 6, row], 'recordResult', {
		actionId: '={{ $json.actionId }}',
		leaseId: '={{ $json.leaseId }}',
		outcome: 'verified',
		note: '',
		options: {},
	});
	const [leave, each] = ['Sample: Leave', 'Sample: Leave, Each'];
	part.sample(canvas, leave, [column + 7, row], { events: leavers() }, { once: true });
	canvas.node(each, [column + 8, row], ['base.splitOut', 1], { fieldToSplitOut: 'events', options: {} });
	canvas.wire(hired, 0, give);
	canvas.wire(give, 1, slack);
	for (const each of [slack, github]) canvas.wire(each, 0, 'Record Failure');
	canvas.wire(slack, 2, github);
	canvas.wire(github, 2, claim);
	canvas.wire(claim, 1, done);
	canvas.wire(done, 0, leave);
	canvas.wire(leave, 0, each);
	canvas.wire(each, 0, evaluate);
	const names = ['Sample: Hired', hired, give, slack, github, claim, done, leave, each];
	return { entry: 'Sample: Hired', names };
}

function notes(canvas, { takeIn, evaluate, blocked, gate, apply, tasks, check, done, scene, scheduled }) {
	canvas.overview(
		[
			'**How it works**',
			'1. The HR system says that somebody leaves: at once, at the end of a day, or on a date. A leave is never held back.',
			'2. *Access Policy* ends everything from every source: accounts disabled first, then groups. No overlap, no approval.',
			'3. SCIM writes and reads back. What people have to do by hand (here: the ERP system) goes out as a task.',
			'4. A quarter of an hour later the applications and the ledger are asked again: does an account still let somebody in, is anything still there, or not verified? Then somebody is alarmed.',
			'',
			'**Set up (five minutes)**',
			'1. Put your policy into **Settings**, its name into **HRIS Trigger**, and press *Execute workflow* once: that brings the policy into the ledger, by which events are read. Until then they are refused.',
			'2. Give **HRIS Trigger** a *Contract Webhook Secret*, and **Task Done (Form)** a *Basic Auth* credential.',
			'3. Give each **Apply to …**, **Verify …** and **Sample: …** node the SCIM credential of its application.',
			'4. Replace **Send ERP Task**, **Still There: Alert**, **Confirm to HR** and the other messages by nodes of your own.',
			'5. Publish, and publish **Heartbeat** too: it does what failed again, and what is due on a later day.',
			'',
			'To try it, press *Execute workflow*: Timo and Carla are given accounts, and leave. It works once in a ledger; change their HR ids to see it again. The groups that the policy names have to exist in your applications. You may delete the lowest section afterwards.',
		].join('\n'),
		{ width: 1070 },
	);
	canvas.section('1 · Take in', 'An event of the HR system, or the sample.', takeIn);
	canvas.section('2 · Decide', 'All of it ends.', [evaluate]);
	canvas.section('3 · What stands in the way', 'Somebody has to know.', blocked.names);
	canvas.section('4 · Approve', 'Only where an application’s `enforcement` is `approve`, or others are evaluated too.', gate.names);
	canvas.section('5 · Apply, read back, verify', 'Disables come first. Each node takes only its own actions.', apply.names);
	canvas.section('6 · Tasks for people', 'Applications with the connector `manual` or `n8n`.', tasks.names);
	canvas.section('7 · A quarter of an hour later', 'What is still there is an alarm, not a footnote.', check.names);
	canvas.section('Later', 'Due on a date.', [scheduled]);
	canvas.section('A task is done', 'The lease shows that it was theirs to do.', done.names);
	canvas.section('Only for trying it out', 'Two people get accounts, and then leave.', scene.names);
}

module.exports = { draw: leaverWithVerification };
