'use strict';
const { amendmentReversed, contractAndAmendment, workforcePolicy } = require('../../sandbox/src/demo-people.js');
const { Canvas } = require('./canvas.js');
const part = require('./parts.js');

const FORM = 'Roll Back a Plan (Form)';

/** An amendment is taken back: by the contract system's word, or by undoing what its plan did. */
function amendmentReversedWorkflow() {
	const canvas = new Canvas({ id: 'cpReversed001', name: 'Amendment reversed' });
	const trigger = canvas.node(
		'Contract Trigger',
		[0, 0],
		['contractTrigger', 1],
		{ path: 'contract-reversals', scheme: 'hmac', options: {} },
		{ webhook: true },
	);
	const manual = part.manual(canvas, [0, 1]);
	const form = part.form(canvas, FORM, [0, 2], {
		path: 'roll-back',
		title: 'Roll back a plan',
		description: 'Takes back what one plan did, last things first. Nothing that somebody else changed since is touched.',
		labels: { Plan: { placeholder: 'pln_…' } },
	});
	const settings = part.settings(canvas, [1, 0], { policy: workforcePolicy() });
	const cases = { 'Roll Back': '$json.Plan !== undefined', 'Try It Out': '$json.eventId === undefined' };
	const what = part.route(canvas, part.WHAT_CAME_IN, [2, 0], cases, 'Event');
	const compare = part.compare(canvas, 'Compare Versions', [4, 0]);
	const evaluate = part.evaluate(canvas, part.EVALUATE, [5, 0]);
	const rollback = part.ledger(canvas, 'Plan Rollback', [5, 2], 'planRollback', {
		rollbackOf: 'plan',
		planId: '={{ $json.Plan }}',
		policyName: part.POLICY_NAME,
		options: {},
	});
	const blocked = part.blocked(canvas, [7, -5]);
	const apply = part.applications(canvas, [12, -1]);
	const gate = part.gate(canvas, [7, 4], apply.targets);
	const scheduled = part.placeholder(
		canvas,
		'Ends Later',
		[7, 2],
		'Nothing to do: the workflow “Heartbeat” carries these out on the day.',
	);
	const scene = sampleScene(canvas, [2, 6], compare);
	for (const start of [trigger, manual, form]) canvas.wire(start, 0, settings);
	canvas.wire(settings, 0, what);
	canvas.wire(what, 0, rollback);
	canvas.wire(what, 1, scene.entry);
	canvas.wire(what, 2, compare);
	canvas.wire(compare, 0, evaluate);
	canvas.wire(evaluate, 0, blocked.entry);
	canvas.wire(evaluate, 1, ...apply.targets);
	canvas.wire(evaluate, 2, gate.entry);
	canvas.wire(evaluate, 3, scheduled);
	canvas.wire(rollback, 0, blocked.entry);
	canvas.wire(rollback, 1, ...apply.targets);
	canvas.wire(rollback, 2, gate.entry);
	const takeIn = [trigger, manual, form, settings, what];
	notes(canvas, { takeIn, decide: [compare, evaluate, rollback], blocked, gate, apply, scene, scheduled });
	return canvas;
}

/** A contract is signed and amended, and the access is given; then the amendment is reversed. */
function sampleScene(canvas, [column, row], compare) {
	const each = part.samples(canvas, 'Sample: Amended', [column, row], contractAndAmendment());
	const given = part.contractGivesAccess(canvas, each, [column + 2, row]);
	const reversed = part.sample(
		canvas,
		'Sample: Reversed',
		[column + 6, row],
		amendmentReversed({ now: '{{ $now.toISO() }}' }),
		{ once: true },
	);
	canvas.wire(given.last, 1, reversed);
	canvas.wire(reversed, 0, compare);
	return { entry: 'Sample: Amended', names: ['Sample: Amended', each, ...given.names, reversed] };
}

function notes(canvas, { takeIn, decide, blocked, gate, apply, scene, scheduled }) {
	canvas.overview(
		[
			'**How it works**',
			'1. The contract system says `contract.reversed` with the amendment’s id: it never held. The version before holds again.',
			'2. *Access Policy* takes away what **only** the amendment gave. What somebody has by a rule, a request or another contract as well stays; what the amendment took away comes back.',
			'3. The other way is the form: *Access Ledger: Plan Rollback* undoes what one plan really did, last things first, by the state before each write. What somebody else changed since is a conflict, never overwritten.',
			'4. Both are plans like any other: guards, gate, SCIM.',
			'',
			'**Which one?** The reversal, wherever the contract system can say it: the ledger then knows that the amendment does not hold. A rollback undoes *doing*: the policy still wants what it wanted, so use it for a wrong rule or a wrong import, and mend the cause too.',
			'',
			'**Set up (five minutes)**',
			'1. Put your policy into **Settings**.',
			'2. Give **Contract Trigger** a *Contract Webhook Secret*, and **Roll Back a Plan (Form)** a *Basic Auth* credential.',
			'3. Give each **Apply to …** and **Sample: …** node the SCIM credential of its application.',
			'4. Replace **Send Links** and the messages by nodes of your own, and publish.',
			'',
			'To try it, press *Execute workflow*: an amendment gives two people more, and is reversed. The groups that the policy names have to exist in your applications. You may delete the lowest section afterwards.',
		].join('\n'),
		{ width: 1290 },
	);
	canvas.section('1 · Take in', 'An event of the contract system, the sample, or somebody’s order to undo a plan.', takeIn);
	canvas.section('2 · Decide', 'What only the amendment gave; or what one plan did.', decide);
	canvas.section('3 · What stands in the way', 'Conflicts of a rollback arrive here, too.', blocked.names);
	canvas.section('4 · Approve', 'Privileged access that comes back is asked for again.', gate.names);
	canvas.section('5 · Apply, read back, verify', 'Each node serves one application and takes only its own actions.', apply.names);
	canvas.section('Later', 'Due on a date.', [scheduled]);
	canvas.section('Only for trying it out', 'A contract is amended, access is given, the amendment is reversed.', scene.names);
}

module.exports = { draw: amendmentReversedWorkflow };
