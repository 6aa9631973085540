'use strict';
// Applications that nobody can write to by SCIM: a person does the task, and says so.

const part = require('./parts.js');

const APPLICATION = 'erp';

/** Claims what people have to do in an application, and sends it to them. One row. */
function manualTasks(canvas, [column, row], { scope }) {
	const names = [];
	if (scope === 'items') {
		names.push(part.only(canvas, 'Tasks for People', [column, row], `$json.application === '${APPLICATION}'`));
	}
	// Whoever does it by hand has a day; then Get Due hands the task out again.
	const claim = part.ledger(canvas, 'Claim ERP Tasks', [column + names.length, row], 'claim', {
		application: APPLICATION,
		scope,
		options: { leaseSeconds: 86_400 },
	});
	const send = part.placeholder(
		canvas,
		'Send ERP Task',
		[column + names.length + 1, row],
		'Replace with a message or ticket to the ERP team: {{ $json.summary }} and the link to the form with Action={{ $json.actionId }} and Lease={{ $json.leaseId }}.',
	);
	if (scope === 'items') canvas.wire(names[0], 0, claim);
	canvas.wire(claim, 1, send);
	return { entry: names[0] ?? claim, names: [...names, claim, send] };
}

/** What somebody who has done a task says. One row. */
function reportOfTask(canvas, [column, row], { path }) {
	const form = part.form(canvas, 'Task Done (Form)', [column, row], {
		path,
		title: 'A task is done',
		description: 'Says what came of a task. It closes only what was handed to you.',
		labels: {
			Action: { placeholder: 'act_…' },
			Lease: { placeholder: 'lease_…' },
			Outcome: {
				fieldType: 'dropdown',
				fieldOptions: { values: ['verified', 'applied', 'failed'].map((option) => ({ option })) },
			},
			Note: { placeholder: 'What you found', requiredField: false },
		},
	});
	const record = part.ledger(canvas, 'Record Result', [column + 1, row], 'recordResult', {
		actionId: '={{ $json.Action }}',
		leaseId: '={{ $json.Lease }}',
		outcome: '={{ $json.Outcome }}',
		note: "={{ $json.Note ?? '' }}",
		options: {},
	});
	canvas.wire(form, 0, record);
	return { names: [form, record] };
}

module.exports = { APPLICATION, manualTasks, reportOfTask };
