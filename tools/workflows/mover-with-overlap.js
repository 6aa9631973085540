'use strict';
const { mover, workforcePolicy } = require('../../sandbox/src/demo-people.js');
const { Canvas } = require('./canvas.js');
const part = require('./parts.js');

const FORM = 'Extend Access (Form)';

/** Somebody changes department: the new at once, the old for as long as the policy lets it overlap. */
function moverWithOverlap() {
	const canvas = new Canvas({ id: 'cpMover000001', name: 'Mover with overlap' });
	const policy = workforcePolicy();
	const trigger = part.hrisTrigger(canvas, [0, 0], { path: 'hr-movers', policy });
	const manual = part.manual(canvas, [0, 1]);
	const form = extensionForm(canvas, [0, 2]);
	const formUrl = 'https://YOUR-N8N/form/extend-access';
	const settings = part.settings(canvas, [1, 0], { policy, formUrl });
	const cases = {
		Extend: '$json.Entitlements !== undefined',
		'Try It Out': '$json.eventId === undefined',
		Unclear: "$json.status === 'held'",
	};
	const what = part.route(canvas, part.WHAT_CAME_IN, [2, 0], cases, 'Event');
	const sampled = part.samples(canvas, 'Sample Move', [3, 1], mover({ today: part.dayFromNow(0) }));
	const extend = extendAccess(canvas, [3, 2]);
	const evaluate = part.evaluate(canvas, part.EVALUATE, [5, 0]);
	const blocked = part.blocked(canvas, [7, -5]);
	const apply = part.applications(canvas, [12, -1]);
	const gate = part.gate(canvas, [7, 4], apply.targets);
	const stays = whatStays(canvas, [7, 2]);
	canvas.wire(trigger, 0, settings);
	canvas.wire(manual, 0, settings);
	canvas.wire(form, 0, settings);
	canvas.wire(settings, 0, what);
	canvas.wire(what, 0, extend);
	canvas.wire(what, 1, 'Sample Move');
	canvas.wire(what, 2, 'Ask HR Who It Is');
	canvas.wire(what, 3, evaluate);
	canvas.wire(sampled, 0, evaluate);
	canvas.wire(extend, 0, evaluate);
	canvas.wire(evaluate, 0, blocked.entry);
	canvas.wire(evaluate, 1, ...apply.targets);
	canvas.wire(evaluate, 2, gate.entry);
	canvas.wire(evaluate, 3, stays.entry);
	const takeIn = [trigger, manual, form, settings, what, 'Sample Move', sampled, extend];
	notes(canvas, { takeIn, evaluate, blocked, gate, apply, stays });
	return canvas;
}

function extensionForm(canvas, place) {
	return part.form(canvas, FORM, place, {
		path: 'extend-access',
		title: 'Keep access for longer',
		description: 'What you need for handing over goes on until the day that you choose, as far as the policy allows.',
		labels: {
			Person: { placeholder: 'ID as in the message' },
			Entitlements: { placeholder: 'slack/sales' },
			Until: { placeholder: 'P14D, or 2026-12-31' },
			'Your e-mail address': { fieldType: 'email' },
			Reason: { placeholder: 'Why it is still needed' },
		},
	});
}

function extendAccess(canvas, place) {
	return part.ledger(canvas, 'Extend Access', place, 'extend', {
		lookUpBy: 'identityId',
		person: '={{ $json.Person }}',
		entitlements: '={{ $json.Entitlements }}',
		policyName: part.POLICY_NAME,
		until: '={{ $json.Until }}',
		extendedBy: "={{ $json['Your e-mail address'] }}",
		reason: '={{ $json.Reason }}',
	});
}

/** Of what is due later, the ends: for whom they are news. */
function whatStays(canvas, [column, row]) {
	const ends = part.only(
		canvas,
		'Access That Ends',
		[column, row],
		"['remove_from_group', 'remove_role', 'disable_account'].includes($json.operation)",
	);
	const query =
		"'?Person=' + encodeURIComponent($json.identityId) + '&Entitlements=' + encodeURIComponent($json.entitlement) + '&Until=P14D'";
	const stays = part.fields(
		canvas,
		'What Stays Until When',
		[column + 1, row],
		{
			person: '={{ $json.subject }}',
			access: '={{ $json.entitlement }}',
			until: '={{ $json.dueAt }}',
			because: '={{ $json.reason }}',
			extend: `={{ $('${part.SETTINGS}').first().json.formUrl + ${query} }}`,
		},
		{ keep: false },
	);
	const tell = part.placeholder(
		canvas,
		'Tell Person and Manager',
		[column + 2, row],
		'Replace with a message: you keep {{ $json.access }} until {{ $json.until }}. Need it longer? {{ $json.extend }}',
	);
	canvas.wire(ends, 0, stays);
	canvas.wire(stays, 0, tell);
	return { entry: ends, names: [ends, stays, tell] };
}

function notes(canvas, { takeIn, evaluate, blocked, gate, apply, stays }) {
	canvas.overview(
		[
			'**How it works**',
			'1. The HR system says that somebody changes department, role, place or manager.',
			'2. *Access Policy* compares what the person earns now with what they hold. What both jobs earn is not touched.',
			'3. The new access is given at once. Of the old, what the policy’s `overlap` names stays for a while (here: the channels of the old team, 14 days) and ends by itself.',
			'4. Whoever still needs it follows the link in the message and submits the form: *Access Ledger: Extend* moves the end, as far as `exceptions.maxDuration` allows, and the access is planned anew.',
			'',
			'**Set up (five minutes)**',
			'1. Put your policy into **Settings**, and there your n8n’s address into *formUrl*; its name into **HRIS Trigger**. Press *Execute workflow* once: that brings the policy into the ledger, by which events are read. Until then they are refused.',
			'2. Give **HRIS Trigger** a *Contract Webhook Secret*, and **Extend Access (Form)** a *Basic Auth* credential: whoever knows it may extend.',
			'3. Give each **Apply to …** node the SCIM credential of its application.',
			'4. Replace **Tell Person and Manager**, **Send Links** and the other messages by nodes of your own.',
			'5. Publish, and publish **Heartbeat** too: without it no overlap ends.',
			'',
			'To try it, press *Execute workflow*: Mira goes from Sales to Engineering today. The groups that the policy names have to exist in your applications.',
		].join('\n'),
		{ width: 1290 },
	);
	canvas.section('1 · Take in', 'An event of the HR system, the sample, or the form of somebody who needs longer.', takeIn);
	canvas.section('2 · Decide', 'The exact difference.', [evaluate]);
	canvas.section('3 · What stands in the way', 'Nobody gets anything by these branches. Somebody has to know.', blocked.names);
	canvas.section('4 · Approve', 'One link per approver. Not answered in time means no.', gate.names);
	canvas.section('5 · Apply, read back, verify', 'Each node serves one application and takes only its own actions.', apply.names);
	canvas.section('6 · What stays until when', 'The ends that overlap windows set, told to whom they concern.', stays.names);
}

module.exports = { draw: moverWithOverlap };
