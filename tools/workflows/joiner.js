'use strict';
const { joiners, workforcePolicy } = require('../../sandbox/src/demo-people.js');
const { Canvas } = require('./canvas.js');
const part = require('./parts.js');

/** Somebody joins: accounts on the first day, not before and not later. */
function joiner() {
	const canvas = new Canvas({ id: 'cpJoiner00001', name: 'Joiner' });
	const policy = workforcePolicy();
	const trigger = part.hrisTrigger(canvas, [0, 0], { path: 'hr-joiners', policy });
	const manual = part.manual(canvas, [0, 1]);
	const settings = part.settings(canvas, [1, 0], { policy });
	const cases = { 'Try It Out': '$json.eventId === undefined', Unclear: "$json.status === 'held'" };
	const what = part.route(canvas, part.WHAT_CAME_IN, [2, 0], cases, 'Event');
	const days = { today: part.dayFromNow(0), later: part.dayFromNow(24), end: part.dayFromNow(120) };
	const sampled = part.samples(canvas, 'Sample Joiners', [3, 1], joiners(days));
	const evaluate = part.evaluate(canvas, part.EVALUATE, [5, 0]);
	const blocked = part.blocked(canvas, [7, -5]);
	const apply = part.applications(canvas, [12, -1]);
	const gate = part.gate(canvas, [7, 4], apply.targets);
	const scheduled = part.placeholder(
		canvas,
		'Scheduled for Later',
		[7, 2],
		'Nothing to do: the workflow “Heartbeat” carries these out when they are due. Add a message to the manager if you like.',
	);
	canvas.wire(trigger, 0, settings);
	canvas.wire(manual, 0, settings);
	canvas.wire(settings, 0, what);
	canvas.wire(what, 0, 'Sample Joiners');
	canvas.wire(what, 1, 'Ask HR Who It Is');
	canvas.wire(what, 2, evaluate);
	canvas.wire(sampled, 0, evaluate);
	canvas.wire(evaluate, 0, blocked.entry);
	canvas.wire(evaluate, 1, ...apply.targets);
	canvas.wire(evaluate, 2, gate.entry);
	canvas.wire(evaluate, 3, scheduled);
	notes(canvas, { takeIn: [trigger, manual, settings, what, 'Sample Joiners', sampled], evaluate, blocked, gate, apply, scheduled });
	return canvas;
}

function notes(canvas, { takeIn, evaluate, blocked, gate, apply, scheduled }) {
	canvas.overview(
		[
			'**How it works**',
			'1. The HR system says by a signed event that somebody joins. It lands in the ledger once, however often it is sent.',
			'2. *Access Policy* works out what the person earns, from when until when, and why.',
			'3. Who starts today gets their accounts now. Who starts later gets them made ready, disabled, seven days before (`joiner.preProvision`), and enabled on the first day in their own time zone.',
			'4. What the policy wants to be approved waits at the gate. A contractor gets an end with the beginning.',
			'',
			'**Set up (five minutes)**',
			'1. Put your policy into **Settings**, its name into **HRIS Trigger**, and press *Execute workflow* once: that brings the policy into the ledger, by which events are read. Until then they are refused.',
			'2. Give **HRIS Trigger** a *Contract Webhook Secret* and tell your HR system its URL. The package’s page on lifecycle events says what to send.',
			'3. Give each **Apply to …** node the SCIM credential of its application.',
			'4. Replace **Send Links** and the messages by nodes of your own.',
			'5. Publish, and publish **Heartbeat** too: without it nothing that is due later happens.',
			'',
			'To try it, press *Execute workflow*: Lena joins today, Jonas in three weeks, Cem as a contractor. The groups that the policy names have to exist in your applications. Moves and leaves that come in here are handled as well.',
		].join('\n'),
		{ width: 1290 },
	);
	canvas.section('1 · Take in', 'An event of the HR system, or the sample. Who it is about must be certain.', takeIn);
	canvas.section('2 · Decide', 'The exact difference.', [evaluate]);
	canvas.section('3 · What stands in the way', 'Nobody gets anything by these branches. Somebody has to know.', blocked.names);
	canvas.section('4 · Approve', 'One link per approver. Not answered in time means no.', gate.names);
	canvas.section('5 · Apply, read back, verify', 'Each node serves one application and takes only its own actions.', apply.names);
	canvas.section('Later', 'Due on a date.', [scheduled]);
}

module.exports = { draw: joiner };
