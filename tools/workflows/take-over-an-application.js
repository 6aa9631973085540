'use strict';
const { employeesOfOld, workforcePolicy } = require('../../sandbox/src/demo-people.js');
const { Canvas } = require('./canvas.js');
const part = require('./parts.js');

const APPLICATION = 'slack';
const OWNER = 'it@meridian-freight.example';

/** Day 0 of an application that people have had accounts in for years, and every night after it. */
function takeOver() {
	const canvas = new Canvas({ id: 'cpTakeOver0001', name: 'Take Over an Application, and Watch It' });
	const night = canvas.node('Every Night', [0, 0], ['base.scheduleTrigger', 1.2], {
		rule: { interval: [{ field: 'days', triggerAtHour: 3 }] },
	});
	const manual = part.manual(canvas, [0, 1]);
	const settings = part.settings(canvas, [1, 0], { policy: recordedOnly(workforcePolicy()), owner: OWNER });
	const cases = { 'Day 0': '$json.timestamp === undefined' };
	const what = part.route(canvas, part.WHAT_CAME_IN, [2, 0], cases, 'Night');
	const dayZero = adoptWhatIsThere(canvas, [6, -1]);
	const nightly = correct(canvas, [4, 5]);
	canvas.wire(night, 0, settings);
	canvas.wire(manual, 0, settings);
	canvas.wire(settings, 0, what);
	canvas.wire(what, 0, ...dayZero.entries);
	canvas.wire(what, 1, nightly.entry);
	notes(canvas, { takeIn: [night, manual, settings, what], dayZero, nightly });
	return canvas;
}

/**
 * The first rung of the ladder: everything is worked out and nothing is written. It has a name of its own, so that
 * trying it out leaves alone what the other examples decide by.
 */
function recordedOnly(policy) {
	const connector = `  ${APPLICATION}:\n    connector: scim\n`;
	if (!policy.includes(connector)) throw new Error(`The policy has no application "${APPLICATION}".`);
	const named = policy.replace(/^policy: \S+$/m, 'policy: meridian-take-over');
	return named.replace(connector, `${connector}    enforcement: record # then approve, then enforce\n`);
}

/** People first, then what the application has, then whose it is. Three nodes high, the first one taller. */
function adoptWhatIsThere(canvas, [column, row]) {
	const people = part.samples(canvas, 'Sample: Who Works Here', [column, row], employeesOfOld());
	const known = part.evaluate(canvas, 'Sample: Make Them Known', [column + 2, row]);
	canvas.wire(people, 0, known);
	const how = { authentication: 'bearerToken', operation: 'importCatalogue', application: APPLICATION };
	const catalogue = canvas.node('Import Catalogue', [column, row + 1.5], ['scim', 1], { ...how, options: {} });
	const fragment = part.placeholder(
		canvas,
		'Into the Policy',
		[column + 2, row + 1.5],
		'The file on this item is the beginning of a policy: groups, roles and licences of the application as entitlements. Replace with a node that saves or sends it.',
	);
	const adopt = part.reconcile(canvas, 'Adopt', [column, row + 2.5], APPLICATION, 'adopt', {
		owner: `={{ $('${part.SETTINGS}').first().json.owner }}`,
		reviewBy: '',
	});
	const orphans = part.placeholder(
		canvas,
		'Whose Is It',
		[column + 2, row + 2.5],
		'Accounts that belong to nobody the ledger knows, and groups that the policy does not name. Replace with a message to {{ $(\'Settings\').first().json.owner }}. Nothing is taken from them.',
	);
	canvas.wire(catalogue, 1, fragment);
	canvas.wire(adopt, 0, orphans);
	const names = ['Sample: Who Works Here', people, known, catalogue, fragment, adopt, orphans];
	return { entries: ['Sample: Who Works Here', catalogue, adopt], names };
}

/** What is otherwise than the ledger has it goes back, by the same guards and approvals as anything. */
function correct(canvas, [column, row]) {
	const plan = part.reconcile(canvas, 'Plan Corrections', [column, row], APPLICATION, 'plan');
	const tell = part.placeholder(
		canvas,
		'Tell the Owner',
		[column + 2, row - 1],
		'One item for each difference, and for each correction that is only recorded: {{ $json.kind }} {{ $json.subject }}. Replace with one message that lists them.',
	);
	const figures = part.placeholder(
		canvas,
		'Keep the Figures',
		[column + 2, row],
		'One item: how many accounts, orphans, drifted, missing, unknown memberships. Replace with a row in your own table.',
	);
	const apply = part.apply(canvas, part.APPLY[0], [column + 6, row + 1], APPLICATION);
	const failed = part.placeholder(canvas, 'Alert Operations', [column + 7, row], 'Replace with a message to the owner.');
	const gate = part.gate(canvas, [column + 2, row + 3], [apply]);
	canvas.wire(plan, 0, tell);
	canvas.wire(plan, 1, figures);
	canvas.wire(plan, 2, apply);
	canvas.wire(plan, 3, gate.entry);
	canvas.wire(apply, 0, failed);
	return { entry: plan, gate, names: [plan, tell, figures], writing: [apply, failed] };
}

function notes(canvas, { takeIn, dayZero, nightly }) {
	canvas.overview(
		[
			'**How it works**',
			'1. *Day 0.* An application is full of accounts that nobody gave by a policy. **Import Catalogue** reads its groups, roles and licences into the beginning of a policy. **Adopt** finds the person behind each account and makes what they hold grants of the ledger, with an owner and a day by which somebody looks at them. What belongs to nobody is listed, not touched.',
			'2. *Every night* the application is read and compared with the ledger: accounts without an owner, access that somebody gave or took by hand, accounts that nobody uses. The policy says what follows (`enforcement`): `record` only tells, `approve` asks the owner for each correction, `enforce` corrects.',
			'3. A list that could not be read to its end takes nothing from anybody.',
			'',
			'**Set up (five minutes)**',
			'1. The ledger has to know your people first: let **HRIS Snapshot Trigger** or **HRIS Trigger** tell it. The sample knows three.',
			'2. Put your policy and the owner into **Settings**, and the name of the application into each SCIM node.',
			'3. Give each SCIM node the credential of the application.',
			'4. Press *Execute workflow* and read what **Whose Is It** lists.',
			'5. Replace the messages by nodes of your own, and publish. When the nights are quiet, change `record` to `approve`, then to `enforce`.',
		].join('\n'),
		{ width: 1290 },
	);
	canvas.section('1 · Take in', 'You, once; the night, always.', takeIn);
	canvas.section('2 · Day 0', 'Who works here, what there is, whose it is. Only reads the application.', dayZero.names);
	canvas.section('3 · Every night', 'What is otherwise than the ledger has it.', nightly.names);
	canvas.section('4 · Approve', 'One link per approver. Not answered in time means no.', nightly.gate.names);
	canvas.section('5 · Correct', 'Only what is planned, due and approved.', nightly.writing);
}

module.exports = { draw: takeOver };
