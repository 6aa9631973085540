'use strict';
const { contractEnded, contractThatEnds, workforcePolicy } = require('../../sandbox/src/demo-people.js');
const { Canvas } = require('./canvas.js');
const part = require('./parts.js');

const LOOK_AHEAD_HOURS = 32 * 24;

/** A contract ends: its owner hears of it in time, and access ends with it, on the day or sooner. */
function contractEnd() {
	const canvas = new Canvas({ id: 'cpContrEnd001', name: 'Contract end' });
	const trigger = canvas.node(
		'Contract Trigger',
		[0, 0],
		['contractTrigger', 1],
		{ path: 'contract-ends', scheme: 'hmac', options: {} },
		{ webhook: true },
	);
	const manual = part.manual(canvas, [0, 1]);
	const morning = canvas.node('Every Morning', [0, 2], ['base.scheduleTrigger', 1.2], {
		rule: { interval: [{ field: 'days', triggerAtHour: 7 }] },
	});
	const settings = part.settings(canvas, [1, 0], { policy: workforcePolicy(), noticeDays: '30, 7, 1' });
	const cases = { 'Look Ahead': '$json.timestamp !== undefined', 'Try It Out': '$json.eventId === undefined' };
	const what = part.route(canvas, part.WHAT_CAME_IN, [2, 0], cases, 'Event');
	const compare = part.compare(canvas, 'Compare Versions', [4, 0]);
	const evaluate = part.evaluate(canvas, part.EVALUATE, [5, 0]);
	const blocked = part.blocked(canvas, [7, -5]);
	const apply = part.applications(canvas, [12, -1]);
	const gate = part.gate(canvas, [7, 4], apply.targets);
	const scheduled = part.placeholder(
		canvas,
		'Ends Later',
		[7, 2],
		'Nothing to do: the workflow “Heartbeat” carries these out on the day.',
	);
	const notice = noticeToOwner(canvas, [7, 6]);
	const scene = sampleScene(canvas, [2, 9], notice.entry, compare);
	for (const start of [trigger, manual, morning]) canvas.wire(start, 0, settings);
	canvas.wire(settings, 0, what);
	canvas.wire(what, 0, notice.entry);
	canvas.wire(what, 1, scene.entry);
	canvas.wire(what, 2, compare);
	canvas.wire(compare, 0, evaluate);
	canvas.wire(evaluate, 0, blocked.entry);
	canvas.wire(evaluate, 1, ...apply.targets);
	canvas.wire(evaluate, 2, gate.entry);
	canvas.wire(evaluate, 3, scheduled);
	const takeIn = [trigger, manual, morning, settings, what];
	notes(canvas, { takeIn, decide: [compare, evaluate], blocked, gate, apply, notice, scene, scheduled });
	return canvas;
}

/** Looks ahead without touching anything, and tells what ends on one of the days before. */
function noticeToOwner(canvas, [column, row]) {
	const ahead = part.ledger(canvas, 'What Ends Soon', [column, row], 'getDue', {
		kinds: ['action'],
		limit: 5000,
		options: { aheadHours: LOOK_AHEAD_HOURS },
	});
	const days = 'Math.floor(DateTime.fromISO($json.dueAt).diff($now, "days").days)';
	const wanted = `$('${part.SETTINGS}').first().json.noticeDays.split(',').map(Number)`;
	const ends = "['disable_account', 'remove_from_group', 'remove_role'].includes($json.operation)";
	const ofContract = "$json.sources.some(({ kind }) => kind === 'contract')";
	const today = part.only(
		canvas,
		'Notice Today',
		[column + 1, row],
		`${ends} && ${ofContract} && ${wanted}.includes(${days})`,
	);
	const notice = part.fields(
		canvas,
		'Notice',
		[column + 2, row],
		{
			contract: "={{ $json.sources.find(({ kind }) => kind === 'contract').ref.split('/').slice(0, -1).join('/') }}",
			person: '={{ $json.subject }}',
			access: '={{ $json.entitlement }}',
			ends: '={{ $json.dueAt }}',
		},
		{ keep: false },
	);
	const list = canvas.node('One List', [column + 3, row], ['base.aggregate', 1], {
		aggregate: 'aggregateAllItemData',
		destinationFieldName: 'notices',
		options: {},
	});
	const send = part.placeholder(
		canvas,
		'Send Notice to the Owner',
		[column + 4, row],
		'Replace with a message to the contract’s owner: {{ $json.notices }} ends. Renew the contract in time, or let it end.',
	);
	canvas.wire(ahead, 0, today);
	canvas.wire(today, 0, notice);
	canvas.wire(notice, 0, list);
	canvas.wire(list, 0, send);
	return { entry: ahead, names: [ahead, today, notice, list, send] };
}

/** A contract that ends in thirty days gives access; then it is ended today. */
function sampleScene(canvas, [column, row], lookAhead, compare) {
	const end = "{{ $now.setZone('Europe/Berlin').plus({ days: 30 }).setLocale('en').toFormat('d MMMM yyyy') }}";
	const signed = part.sample(canvas, 'Sample: Signed', [column, row], contractThatEnds({ end }));
	const given = part.contractGivesAccess(canvas, signed, [column + 1, row]);
	const ended = part.sample(
		canvas,
		'Sample: Ended',
		[column + 5, row],
		contractEnded({ now: '{{ $now.toISO() }}' }),
		{ once: true },
	);
	canvas.wire(given.last, 1, lookAhead, ended);
	canvas.wire(ended, 0, compare);
	return { entry: signed, names: [signed, ...given.names, ended] };
}

function notes(canvas, { takeIn, decide, blocked, gate, apply, notice, scene, scheduled }) {
	canvas.overview(
		[
			'**How it works**',
			'1. The end of a contract is read from its text when it is signed. Every end of access is planned from then on: nobody has to remember it.',
			'2. Every morning *Access Ledger* looks a month ahead, without touching anything. What ends in 30, 7 or 1 days goes to the owner as one list.',
			'3. When the contract system says that a contract was ended or terminated, access ends then: whatever only this contract gave. What somebody also has by a rule or another contract stays.',
			'',
			'**Set up (five minutes)**',
			'1. Put your policy and the days of notice into **Settings**.',
			'2. Give **Contract Trigger** a *Contract Webhook Secret* and tell your contract system its URL. `contract.ended` needs no text.',
			'3. Give each **Apply to …** and **Sample: …** node the SCIM credential of its application.',
			'4. Replace **Send Notice to the Owner** and the other messages by nodes of your own.',
			'5. Publish, and publish **Heartbeat** too: it ends what ends on its day.',
			'',
			'To try it, press *Execute workflow*: a contract that ends in thirty days gives two people access, its owner gets notice, and it is ended today. The groups that the policy names have to exist in your applications. You may delete the lowest section afterwards.',
		].join('\n'),
		{ width: 1290 },
	);
	canvas.section('1 · Take in', 'An event of the contract system, the morning, or the sample.', takeIn);
	canvas.section('2 · Decide', 'What only this contract gave.', decide);
	canvas.section('3 · What stands in the way', 'Somebody has to know.', blocked.names);
	canvas.section('4 · Approve', 'Other people of the contract may get something new.', gate.names);
	canvas.section('5 · Apply, read back, verify', 'Each node serves one application and takes only its own actions.', apply.names);
	canvas.section('6 · Notice', 'Looking ahead leases nothing: it can be done as often as you like.', notice.names);
	canvas.section('Later', 'Due on a date.', [scheduled]);
	canvas.section('Only for trying it out', 'A contract gives access, and is ended.', scene.names);
}

module.exports = { draw: contractEnd };
